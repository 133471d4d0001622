package credentials

import (
	"cmp"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
)

// HTTPOptions change how a provider reaches its service. The zero value is
// right for most programs.
type HTTPOptions struct {
	// Proxy is the URL of a proxy. The default is the one that net/http takes from
	// the environment.
	Proxy string
	// ConnectTimeout limits connecting. The default is 5 seconds, and 1 second for
	// the metadata service.
	ConnectTimeout time.Duration
	// ReadTimeout limits a request from its start to the last byte of its response, with
	// connecting. The default is 10 seconds, and 1 second for the metadata service.
	ReadTimeout time.Duration
}

// maxResponse bounds what a service or a program may say. Credentials take up a
// few KiB.
const maxResponse = 64 << 10

// check returns the options with these defaults. Connecting is a part of the request, and
// so not longer.
func (o HTTPOptions) check(connect, read time.Duration) (HTTPOptions, error) {
	if o.Proxy != "" {
		if u, err := url.Parse(o.Proxy); err != nil || u.Host == "" {
			return o, errors.New("option HTTP.Proxy is not a URL with a host")
		}
	}
	if o.ConnectTimeout < 0 || o.ReadTimeout < 0 {
		return o, errors.New("option HTTP has a negative timeout")
	}
	o.ReadTimeout = cmp.Or(o.ReadTimeout, read)
	o.ConnectTimeout = min(cmp.Or(o.ConnectTimeout, connect), o.ReadTimeout)
	return o, nil
}

// Timeouts of services that may be far away.
const (
	connectTimeout = 5 * time.Second
	readTimeout    = 10 * time.Second
)

// forService returns the options for credentials-go.
func (o HTTPOptions) forService() (*providers.HttpOptions, error) {
	return o.convert(connectTimeout, readTimeout)
}

// convert returns the options for credentials-go, which limits a request to the sum of
// both timeouts. A timeout of zero would be the default there.
func (o HTTPOptions) convert(connect, read time.Duration) (*providers.HttpOptions, error) {
	o, err := o.check(connect, read)
	if err != nil {
		return nil, err
	}
	if _, ok := http.DefaultTransport.(*http.Transport); !ok { //nolint:forbidigo // credentials-go copies it for every request
		return nil, errors.New("http.DefaultTransport is not an *http.Transport any more, which credentials-go needs")
	}
	return &providers.HttpOptions{
		Proxy:          o.Proxy,
		ConnectTimeout: max(1, milliseconds(o.ConnectTimeout)),
		ReadTimeout:    max(1, milliseconds(o.ReadTimeout-o.ConnectTimeout)),
	}, nil
}

func milliseconds(d time.Duration) int { return int(d / time.Millisecond) }

// client returns the client for a fetch that is not one of credentials-go. It keeps no
// connection, as the next fetch is minutes away.
func (o HTTPOptions) client() (*http.Client, error) {
	o, err := o.check(connectTimeout, readTimeout)
	if err != nil {
		return nil, err
	}
	transport := new(http.Transport)
	if base, ok := http.DefaultTransport.(*http.Transport); ok { //nolint:forbidigo // programs set their CAs and proxies in it
		transport = base.Clone()
	}
	if o.Proxy != "" {
		proxy, _ := url.Parse(o.Proxy) // was checked
		transport.Proxy = http.ProxyURL(proxy)
	}
	transport.DisableKeepAlives = true
	transport.MaxResponseHeaderBytes = maxResponse
	transport.DialContext = (&net.Dialer{Timeout: o.ConnectTimeout}).DialContext
	return &http.Client{Transport: transport, Timeout: o.ReadTimeout}, nil
}

// send returns the body of the response. A status other than 200 is an error.
func send(client *http.Client, req *http.Request) ([]byte, error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse+1))
	switch {
	case err != nil:
		return nil, unreachable(err)
	case len(body) > maxResponse:
		return nil, errors.New("the response is larger than 64 KiB")
	case resp.StatusCode != http.StatusOK:
		return nil, refusal(resp.StatusCode, body)
	}
	return body, nil
}

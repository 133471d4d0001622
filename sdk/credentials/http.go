package credentials

import (
	"cmp"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// HTTPOptions change how a provider reaches its service. The zero value is
// right for most programs.
type HTTPOptions struct {
	// Proxy is the URL of a proxy. The default is the one that net/http takes from
	// the environment or a program has set in http.DefaultTransport. The metadata service is
	// asked without one where the environment names any for it, so that a proxy which a
	// program has set is passed over then: name it here.
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
		if u, err := url.Parse(o.Proxy); err != nil || u.Hostname() == "" {
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

// forService returns the options with the defaults for a service that may be far away.
func (o HTTPOptions) forService() (HTTPOptions, error) { return o.check(connectTimeout, readTimeout) }

// transport returns a transport for checked options.
func (o HTTPOptions) transport() *http.Transport {
	transport := new(http.Transport)
	if base, ok := http.DefaultTransport.(*http.Transport); ok { //nolint:forbidigo // programs set their CAs and proxies in it
		transport = base.Clone()
	}
	if proxy, _ := url.Parse(o.Proxy); o.Proxy != "" {
		transport.Proxy = http.ProxyURL(proxy)
	}
	transport.DisableKeepAlives = true // the next fetch is minutes away
	transport.MaxResponseHeaderBytes = maxResponse
	transport.DialContext = (&net.Dialer{Timeout: o.ConnectTimeout}).DialContext
	return transport
}

// transportTo returns a transport to a service.
func (o HTTPOptions) transportTo(service *url.URL) *http.Transport {
	transport := o.transport()
	if o.avoidsProxy(service) {
		transport.Proxy = nil
	}
	return transport
}

// avoidsProxy reports whether a proxy of the environment must be passed over. The metadata service is on
// the machine itself, and speaks in the clear: a proxy would see the keys, or give out its own.
func (o HTTPOptions) avoidsProxy(service *url.URL) bool {
	if o.Proxy != "" || service.Host != metadataHost {
		return false
	}
	named, err := http.ProxyFromEnvironment(&http.Request{URL: service})
	return named != nil || err != nil
}

// fetch returns the body of the response to a request of this package. A status other
// than 200 is an error.
func (o HTTPOptions) fetch(req *http.Request) ([]byte, error) {
	client := http.Client{
		Transport: o.transport(), Timeout: o.ReadTimeout,
		// Another address must not see the token in a URL or a body.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req) //nolint:gosec // the caller names the URI
	if err != nil {
		return nil, unreachable(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := readAll(resp.Body)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, err
	case err != nil:
		return nil, unreachable(err)
	case resp.StatusCode != http.StatusOK:
		return nil, refusal(resp.StatusCode, body)
	}
	return body, nil
}

var errTooLarge = errors.New("the response is larger than 64 KiB")

// readAll reads the body of a response.
func readAll(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxResponse+1))
	if len(body) > maxResponse {
		return nil, errTooLarge
	}
	return body, err
}

package credentials

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// HTTPOptions change how a provider reaches its service. The zero value is
// right for most programs. Redirects are not followed.
type HTTPOptions struct {
	// Proxy is the URL of a proxy. The default is the one that net/http takes from
	// the environment.
	Proxy string
	// ConnectTimeout limits connecting. The default is 5 seconds, and 1 second for
	// the metadata service.
	ConnectTimeout time.Duration
	// ReadTimeout limits what follows connecting: the TLS handshake, the request and
	// its response. The default is 10 seconds, and 1 second for the metadata service.
	ReadTimeout time.Duration
}

// maxResponse bounds what a service or a program may say. Credentials take up a
// few KiB.
const maxResponse = 64 << 10

// client returns the client for one fetch. The next fetch is minutes away, so no
// connection is kept.
func (o HTTPOptions) client(connect, read time.Duration) (*http.Client, error) {
	if o.ConnectTimeout < 0 || o.ReadTimeout < 0 {
		return nil, errors.New("option HTTP has a negative timeout")
	}
	transport := new(http.Transport)
	if base, ok := http.DefaultTransport.(*http.Transport); ok { //nolint:forbidigo // programs set their CAs and proxies in it
		transport = base.Clone()
	}
	if o.Proxy != "" {
		proxy, err := url.Parse(o.Proxy)
		if err != nil || proxy.Host == "" {
			return nil, errors.New("option HTTP.Proxy is not a URL with a host")
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	transport.DisableKeepAlives = true
	transport.MaxResponseHeaderBytes = maxResponse
	dialer := net.Dialer{Timeout: cmp.Or(o.ConnectTimeout, connect)}
	read = cmp.Or(o.ReadTimeout, read)
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		// A connection serves one request, so that its deadline is that of the request.
		return conn, conn.SetDeadline(time.Now().Add(read))
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// serviceClient returns the client for a service that may be far away.
func (o HTTPOptions) serviceClient() (*http.Client, error) {
	return o.client(5*time.Second, 10*time.Second)
}

// response is what a service responded with, and the time there.
type response struct {
	body []byte
	date time.Time
}

// send sends a request. A status other than 200 is an error.
func send(client *http.Client, req *http.Request) (*response, error) {
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
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		date = time.Now()
	}
	return &response{body, date}, nil
}

// refusal reads the code and the request id of a response. Its message is left out: that of a
// wrong signature holds the token.
func refusal(status int, body []byte) error {
	refused := &statusError{status: status}
	var said struct {
		Code, ErrorCode trimmed
		OAuth           trimmed `json:"error"`
		RequestID       trimmed `json:"RequestId"`
	}
	if decode(body, &said) != nil {
		return refused
	}
	if code := string(cmp.Or(said.Code, said.ErrorCode, said.OAuth)); codeText.MatchString(code) {
		refused.code = code
	}
	if idText.MatchString(string(said.RequestID)) {
		refused.requestID = string(said.RequestID)
	}
	return refused
}

// jsonBody writes a body.
func jsonBody(v any) []byte {
	data, _ := json.Marshal(v) // of texts, which cannot fail
	return data
}

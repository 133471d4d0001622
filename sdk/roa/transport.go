package roa

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"slices"
	"time"
)

// newHTTPClient returns a client that never follows a redirect: the signature
// is for one host and path, and another host must not see it. It also returns the
// transport without the layers around it.
func newHTTPClient(s *settings) (hc *http.Client, transport http.RoundTripper, err error) {
	hc = new(http.Client)
	if s.httpClient != nil {
		*hc = *s.httpClient
	}
	switch {
	case s.transport != nil:
		hc.Transport = s.transport
	case s.httpClient == nil:
		hc.Transport = newTransport(orDefault(s.connectTimeout, DefaultConnectTimeout))
	case hc.Transport == nil:
		hc.Transport = http.DefaultTransport //nolint:forbidigo // what the caller asks for by a client without a transport
	}
	if s.connectTimeout > 0 && (s.transport != nil || s.httpClient != nil) {
		return nil, nil, errors.New("connect timeout is for the client's own transport: set that of WithTransport or WithHTTPClient there")
	}
	transport = hc.Transport
	if known, ok := transport.(*http.Transport); ok {
		hc.Transport = watchedTransport{known}
	}
	for _, layer := range slices.Backward(s.middleware) {
		if layer == nil {
			return nil, nil, errors.New("middleware is nil")
		}
		if hc.Transport = layer(hc.Transport); hc.Transport == nil {
			return nil, nil, errors.New("middleware returned no transport")
		}
	}
	hc.Transport = lastResponse{hc.Transport}
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return hc, transport, nil
}

// maxResponseHeader is how much of a header is read. Those of the service have less than
// 2 KB. In memory, a header of many short fields takes 70 times its length.
const maxResponseHeader = 256 << 10

// newTransport returns a transport with limits on every phase but the response's
// body, which the context limits. The limit that is given is that of all phases until the
// connection is ready, what proxies do included; only a [watchedTransport] can say that.
func newTransport(connectLimit time.Duration) *http.Transport {
	const phase = 10 * time.Second
	dialer := &net.Dialer{Timeout: phase, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: checkProxy,
		DialContext:            limitConnecting(dialer.DialContext, connectLimit),
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        60 * time.Second,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12}, // whatever GODEBUG says
		TLSHandshakeTimeout:    phase,
		ResponseHeaderTimeout:  60 * time.Second,
		MaxResponseHeaderBytes: maxResponseHeader,
		ExpectContinueTimeout:  time.Second,
	}
}

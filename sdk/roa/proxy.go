package roa

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
)

// proxyAsks is what an error says about status 407, which no service sends.
const proxyAsks = " (a proxy asked for credentials)"

// proxyError is the response of a proxy that makes no connection to the service.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	text := "proxy refused to connect: " + strconv.Itoa(e.status) + " " + statusText(e.status)
	if e.status == http.StatusProxyAuthRequired {
		text += proxyAsks
	}
	return text
}

// proxyRefuses reports whether an error is that of a proxy that will say the same next
// time.
func proxyRefuses(err error) bool {
	e, ok := errors.AsType[*proxyError](err)
	return ok && e.status/100 == 4 && !transientStatuses[e.status] && e.status != http.StatusTooManyRequests
}

// checkProxy is called with what a proxy responds to CONNECT. The text that net/http
// would make of it has no status, and is the proxy's.
func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{resp.StatusCode}
}

// transientStatuses are those that may pass, of the service or of what is on the way
// to it.
var transientStatuses = map[int]bool{
	http.StatusRequestTimeout:      true,
	http.StatusTooEarly:            true,
	http.StatusInternalServerError: true,
	http.StatusBadGateway:          true,
	http.StatusServiceUnavailable:  true,
	http.StatusGatewayTimeout:      true,
}

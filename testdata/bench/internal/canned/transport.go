package canned

import (
	"io"
	"net/http"
	"strings"
)

// transport responds from memory.
type transport struct{ header http.Header }

// Transport responds to the requests for clusters as the handler does, without a
// network.
func Transport() http.RoundTripper {
	return &transport{http.Header{"Content-Type": {"application/json"}, "X-Acs-Request-Id": {requestID}}}
}

// RoundTrip returns the response to a request.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	status, body := http.StatusNotFound, Gone
	if req.URL.Path == "/clusters/"+Cluster {
		status, body = http.StatusOK, Detail
	}
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: t.header.Clone(),
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: req,
	}, nil
}

package credentials

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"time"
)

// gate is a proxy on the loopback interface for one fetch of credentials-go, which reads
// all that a service says and keeps the connection for 90 seconds. A proxy is the one
// thing of its HTTP that can be chosen. What passes is bounded, and ends with the fetch.
type gate struct {
	transport *http.Transport
	to        *url.URL // the service
	server    *http.Server
	address   string
	key       string // others on the machine do not have it
	forward   *httputil.ReverseProxy
	stop      context.CancelFunc

	mu  sync.Mutex
	err error
}

// gateUser is the user that the key belongs to.
const gateUser = "credentials"

// listen opens the port of a gate. It is a variable for tests of machines that have none to give.
var listen = new(net.ListenConfig).Listen

// openGate opens a gate to a URL. It returns nil where credentials-go goes without: where
// no port can be opened, and where TLS goes through a proxy already.
func openGate(ctx context.Context, to *url.URL, transport *http.Transport) *gate {
	if to.Scheme == "https" && transport.Proxy != nil {
		if proxy, err := transport.Proxy(&http.Request{URL: to}); proxy != nil || err != nil {
			return nil
		}
	}
	listener, err := listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil
	}
	silent := slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	ctx, stop := context.WithCancel(ctx)
	g := &gate{transport: transport, to: to, address: listener.Addr().String(), key: rand.Text(), stop: stop}
	g.forward = &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.Out.Header.Del("Accept-Encoding") }, // a few bytes can become many
		Transport:      transport,
		ModifyResponse: boundResponse,
		ErrorHandler:   g.refuse,
		ErrorLog:       silent,
	}
	g.server = &http.Server{
		Handler: g, ErrorLog: silent, ReadHeaderTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go func() { _ = g.server.Serve(listener) }()
	return g
}

// close ends all that passes through the gate.
func (g *gate) close() {
	g.stop()
	_ = g.server.Close()
}

// proxy returns the URL for those who may pass.
func (g *gate) proxy() string {
	return (&url.URL{Scheme: "http", Host: g.address, User: url.UserPassword(gateUser, g.key)}).String()
}

// failure returns why the last request did not pass, or nil.
func (g *gate) failure() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

func (g *gate) fail(err error) {
	if !errors.Is(err, errTooLarge) {
		err = unreachable(err)
	}
	g.keep(err)
}

func (g *gate) keep(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.err = err
}

// refuse keeps the reason, unless it is that the caller has left.
func (g *gate) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		g.fail(err)
	}
	w.WriteHeader(http.StatusBadGateway)
}

// ServeHTTP lets a request pass.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	allowed := "Basic " + base64.StdEncoding.EncodeToString([]byte(gateUser+":"+g.key))
	if subtle.ConstantTimeCompare([]byte(r.Header.Get("Proxy-Authorization")), []byte(allowed)) == 0 {
		w.WriteHeader(http.StatusProxyAuthRequired)
		return
	}
	if !g.leads(r) {
		g.keep(errElsewhere)
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	g.keep(nil) // a request that follows a failure tells more
	if r.Method == http.MethodConnect {
		g.tunnel(w, r)
		return
	}
	g.forward.ServeHTTP(w, r)
}

// errElsewhere is the error of a service that redirects.
var errElsewhere = errors.New("the service redirects to another address, which must not see what it was sent")

// leads reports whether a request is for the service, and not in the clear where that speaks TLS.
// credentials-go follows redirects, and sends tokens and signatures along.
func (g *gate) leads(r *http.Request) bool {
	isOpen := g.to.Scheme == "https" && r.Method != http.MethodConnect
	return !isOpen && strings.EqualFold(hostPort(r.URL), hostPort(g.to))
}

// hostPort returns the host of a URL and its port.
func hostPort(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case u.Scheme == "https":
		port = "443"
	default:
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// tunnel passes what it cannot read: TLS is between credentials-go and the service.
func (g *gate) tunnel(w http.ResponseWriter, r *http.Request) {
	service, err := g.transport.DialContext(r.Context(), "tcp", r.Host)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	defer func() { _ = service.Close() }()
	caller, sent, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = caller.Close() }()
	defer context.AfterFunc(r.Context(), func() { _, _ = service.Close(), caller.Close() })()
	go func() {
		_, _ = io.Copy(service, sent.Reader)
		_ = service.Close()
	}()
	if _, err = io.WriteString(caller, "HTTP/1.1 200 OK\r\n\r\n"); err != nil {
		return
	}
	if n, _ := io.Copy(caller, io.LimitReader(service, maxResponse+1)); n > maxResponse {
		g.fail(errTooLarge)
	}
}

// boundResponse reads a response that is not too large.
func boundResponse(resp *http.Response) error {
	defer func(b io.Closer) { _ = b.Close() }(resp.Body)
	body, err := readAll(resp.Body)
	if err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

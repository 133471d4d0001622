package roa

import (
	"context"
	"crypto/tls"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// DefaultConnectTimeout is how long a client tries to make a connection unless
// [WithConnectTimeout] says otherwise.
const DefaultConnectTimeout = 30 * time.Second

type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// limitConnecting makes connections that nothing can be read from after the limit,
// unless [connWatch] has seen by then that they are ready. net/http waits
// for a SOCKS proxy without a limit, and goes on when the call has ended.
func limitConnecting(dial dialFunc, limit time.Duration) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		if err := conn.SetReadDeadline(start.Add(limit)); err != nil {
			_ = conn.Close()
			return nil, err
		}
		return &newConn{conn}, nil
	}
}

// newConn is a connection that has a deadline until it is ready.
type newConn struct{ net.Conn }

// connReady takes the deadline away from a connection that limitConnecting made.
func connReady(conn net.Conn) {
	for conn != nil {
		if young, ok := conn.(*newConn); ok {
			_ = young.SetReadDeadline(time.Time{}) // fails when it is closed, and then nobody reads
			return
		}
		layer, ok := conn.(interface{ NetConn() net.Conn }) // TLS, twice with a proxy that speaks it
		if !ok {
			return
		}
		conn = layer.NetConn()
	}
}

// watchedTransport sees which connections each request gets, and unpacks responses.
type watchedTransport struct{ *http.Transport }

// RoundTrip implements [http.RoundTripper].
func (t watchedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	s, _ := req.Context().Value(sendingKey{}).(*sending)
	if s != nil && s.direct {
		return t.watch(req, &s.conns)
	}
	w := &connWatch{sending: s}
	req = req.WithContext(w.attach(req.Context()))
	req.Header = maps.Clone(req.Header) // that of middleware
	return t.watch(req, w)
}

// watch sends a request whose context has the trace of w, and which nobody else uses.
func (t watchedTransport) watch(req *http.Request, w *connWatch) (*http.Response, error) {
	packed := !t.DisableCompression && askPacked(req)
	resp, err := t.Transport.RoundTrip(req)
	switch {
	case err == nil && packed:
		unpack(resp)
	case err != nil && w.conns > 1:
		// All connections that are kept may be dead: the next attempt makes a new one.
		t.CloseIdleConnections()
	}
	return resp, err
}

// connWatch follows one request through net/http. Its hooks are called in the goroutine of
// the request.
type connWatch struct {
	trace   httptrace.ClientTrace
	sending *sending // nil: no attempt of a client
	conns   int      // that the request got by now
}

// maxSends is how often net/http may send the request of one attempt: again when a
// connection that was kept turns out to be dead. By itself it goes on for as long as an
// HTTP/2 server turns every connection away.
const maxSends = 2

// attach returns the context that net/http reports to.
func (w *connWatch) attach(ctx context.Context) context.Context {
	w.trace = httptrace.ClientTrace{GetConn: w.get, GotConn: w.got}
	if w.sending != nil && w.sending.out != nil {
		w.sending.out.watch(&w.trace, w.sending.direct && httptrace.ContextClientTrace(ctx) == nil)
	}
	return httptrace.WithClientTrace(ctx, &w.trace)
}

func (w *connWatch) get(host string) {
	if w.sending != nil && w.sending.out != nil {
		w.sending.out.begin(host)
	}
	if w.conns >= maxSends && w.sending != nil {
		w.sending.stop(errSentTwice)
	}
}

func (w *connWatch) got(info httptrace.GotConnInfo) {
	connReady(info.Conn)
	w.conns++
	switch {
	case w.sending == nil || w.conns == 1:
	case w.conns <= maxSends:
		w.sending.resent.Store(true)
	case info.WasIdle:
		// HTTP/1 would not look at the context before it has sent the request.
		_ = info.Conn.Close()
	}
}

// errSentTwice is the error of an attempt whose request had no luck on a second
// connection either.
var errSentTwice = errors.New("two connections ended before a response")

// sending is the context of the request of an attempt, and what that learns from below
// all middleware.
type sending struct {
	context.Context
	stop   context.CancelCauseFunc
	resent atomic.Bool // net/http sent the request again
	out    *sendTrace  // nil: nobody asks whether the request got out
	// direct tells that no middleware sees the request: conns watches its connections, and
	// the request needs no copy for that.
	direct bool
	conns  connWatch
}

type sendingKey struct{}

// Value implements [context.Context].
func (s *sending) Value(key any) any {
	if key == (sendingKey{}) {
		return s
	}
	return s.Context.Value(key)
}

// watchSending begins an attempt, which end ends.
func watchSending(ctx context.Context) *sending {
	s := new(sending)
	s.Context, s.stop = context.WithCancelCause(ctx)
	return s
}

// attach returns the context of the request, which tells out, unless nil, whether the
// request gets out. With middleware the context has a trace of its own for that, as a
// layer may send by another transport.
func (s *sending) attach(out *sendTrace, transport http.RoundTripper) context.Context {
	if isWatched(transport) {
		s.out, s.direct, s.conns.sending = out, true, s
		return s.conns.attach(s)
	}
	if out == nil {
		return s
	}
	trace := &httptrace.ClientTrace{GetConn: out.begin}
	out.watch(trace, false)
	return httptrace.WithClientTrace(s, trace)
}

// do sends the request of the attempt.
func (s *sending) do(client *http.Client, req *http.Request) (*http.Response, error) {
	resp, err := doOnce(client, req)
	if !errors.Is(context.Cause(req.Context()), errSentTwice) {
		return resp, err
	}
	if err == nil {
		_ = resp.Body.Close() // it came at the same moment, and its body cannot be read any more
	}
	return nil, errSentTwice
}

// doOnce sends a request once, as no redirect is followed. The rest of what
// [http.Client.Do] does is only wanted for cookies and a time limit of the caller's client;
// it copies the header of every request for the case of a redirect.
func doOnce(hc *http.Client, req *http.Request) (*http.Response, error) {
	if hc.Jar != nil || hc.Timeout != 0 {
		return hc.Do(req)
	}
	resp, err := hc.Transport.RoundTrip(req)
	switch {
	case err != nil:
		return nil, plainResponse(err)
	case resp == nil:
		return nil, errors.New("transport returned a nil *Response and no error")
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, nil
}

// lastResponse hides a Location that cannot be parsed. With it, net/http would
// give up on the response before it asks whether to follow.
type lastResponse struct{ base http.RoundTripper }

func (t lastResponse) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.base.RoundTrip(req)
	if err != nil || resp == nil || resp.StatusCode/100 != 3 {
		return resp, err
	}
	if _, err := req.URL.Parse(resp.Header.Get("Location")); err != nil {
		resp.Header.Del("Location")
	}
	return resp, nil
}

// plainResponse says what it means that a TLS handshake meets the begin of an HTTP
// response.
func plainResponse(err error) error {
	if record, ok := errors.AsType[tls.RecordHeaderError](err); ok && string(record.RecordHeader[:]) == "HTTP/" {
		return http.ErrSchemeMismatch
	}
	return err
}

func (s *sending) end() { s.stop(nil) }

// sendTrace watches whether a request gets out.
type sendTrace struct {
	traced atomic.Bool // the transport reports what it does
	wrote  atomic.Bool // a part of the header was written, at least to a buffer
}

// isWatched reports whether a client's transport is a [watchedTransport] without middleware.
func isWatched(transport http.RoundTripper) bool {
	last, _ := transport.(lastResponse)
	_, watched := last.base.(watchedTransport)
	return watched
}

func (t *sendTrace) begin(string) { t.traced.Store(true) }

// watch adds to a trace what tells that the request gets out. With once the trace is of
// one request and of nobody else: net/http makes a list of each field that it reports,
// and the first one says all.
func (t *sendTrace) watch(trace *httptrace.ClientTrace, once bool) {
	// HTTP/2 reports the end of the header after it is on the way, and from a
	// goroutine that a failure does not wait for.
	trace.WroteHeaderField = func(string, []string) {
		t.wrote.Store(true)
		if once {
			trace.WroteHeaderField = nil
		}
	}
	trace.WroteHeaders = func() { t.wrote.Store(true) }
}

// nothingSent reports whether it is certain that no server has the request: not
// even its header was begun. Of a transport that does not report, only the failure
// to connect is believed.
func (t *sendTrace) nothingSent(err error) bool {
	if t == nil || t.wrote.Load() {
		return false
	}
	if t.traced.Load() {
		return true
	}
	opErr, ok := errors.AsType[*net.OpError](err)
	return ok && opErr.Op == "dial"
}

package roa

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// send makes attempts until one succeeds or the error is to be returned.
func (c *Client) send(ctx context.Context, msg *message, out any, md *Metadata) error {
	var past history
	for n := 1; ; n++ {
		var start time.Time
		if c.watch != nil {
			start = time.Now()
		}
		t := c.attempt(ctx, msg, out, md)
		sent := n
		if t.local {
			sent--
		}
		if apiErr, ok := t.err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
			// Before anyone sees it: a hook may keep errors.
			apiErr.Attempts = sent
		}
		if c.watch != nil {
			t.took = time.Since(start)
		}
		var delay time.Duration
		again := false
		if t.err == nil {
			c.budget.succeeded(n)
		} else {
			delay, again = c.next(ctx, msg, n, &t, &past)
		}
		if c.dump != nil {
			c.dump.dump(c, msg.exchange, &t, n)
		}
		if c.watch != nil {
			c.watch.attempt(ctx, msg.op, &c.service, n, &t, delay, again)
		}
		switch {
		case t.err == nil:
			return nil
		case !again:
			return past.finish(t.err, sent)
		}
		past.add(t.err)
		if err := sleep(ctx, delay); err != nil {
			return past.finish(err, sent)
		}
	}
}

// next decides whether there is another attempt, and after which delay.
func (c *Client) next(ctx context.Context, msg *message, n int, t *try, past *history) (time.Duration, bool) {
	apiErr, _ := t.err.(*APIError) //nolint:errorlint // made by receive, which does not wrap it
	learned := apiErr != nil && apiErr.clock() && c.learnSkew(apiErr.Header, t.skew)
	if msg.retry == nil || t.local || ctx.Err() != nil {
		return 0, false
	}
	if learned && !past.skewed {
		// Nothing was done and the reason is gone: this attempt is for free.
		past.skewed = true
		return 0, true
	}
	a := RetryAttempt{
		Operation: msg.op.Name,
		Class:     msg.op.Retry,
		Attempt:   n,
		Err:       t.err,
		Safe:      msg.op.Retry != RetryUnsafe || t.nothingSent,
		Transient: t.transient(),
	}
	if past.skewed {
		a.Attempt--
	}
	if apiErr != nil {
		a.Throttled = errors.Is(apiErr, ErrThrottled)
		a.Safe = a.Safe || a.Throttled
		a.Wait = serverWait(apiErr.Header, a.Throttled, c.now())
	}
	delay, again := msg.retry.Delay(a)
	if !again || outlasts(ctx, delay) || !c.budget.take() {
		return 0, false
	}
	return max(delay, 0), true
}

// outlasts reports whether a wait would end after the context. It is not begun
// then: the error at hand says more than that of the context.
func outlasts(ctx context.Context, delay time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && time.Until(deadline) <= delay
}

// sleep waits, or returns the error of the context when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return contextError(ctx, context.Cause(ctx))
	}
}

// try is how an attempt went.
type try struct {
	err         error
	status      int
	requestID   string
	took        time.Duration // only measured when someone is told
	skew        time.Duration // the correction that the request was signed with
	local       bool          // the attempt failed before it reached the transport
	nothingSent bool          // the transport failed, and certainly before the request was out
}

// attempt signs and sends once. Credentials, time and nonce are new in each
// attempt.
func (c *Client) attempt(ctx context.Context, msg *message, out any, md *Metadata) (t try) {
	if msg.capture != nil {
		*msg.capture = nil
	}
	msg.exchange.begin(nil, Credentials{})
	cred, err := c.prepare(ctx)
	if err != nil {
		t.err, t.local = err, true
		return t
	}
	var trace *sendTrace
	sendCtx := ctx
	if msg.retry != nil && msg.op.Retry == RetryUnsafe {
		// All other operations can be sent again whatever happened.
		trace = new(sendTrace)
		sendCtx = trace.attach(ctx)
	}
	t.skew = time.Duration(c.skew.Load())
	hreq := c.httpRequest(sendCtx, msg, cred, c.now().Add(t.skew))
	msg.exchange.begin(hreq, cred)
	resp, err := c.http.Do(hreq)
	if err != nil {
		t.nothingSent = trace.nothingSent(err)
		t.err = &transportError{contextError(ctx, withoutURL(err))}
		return t
	}
	defer func() { _ = resp.Body.Close() }()
	msg.exchange.received(resp)
	t.status, t.requestID = resp.StatusCode, resp.Header.Get(keyRequestID)
	t.err = c.receive(ctx, msg, resp, cred, out, md)
	return t
}

// prepare waits for the turn of an attempt and gets its credentials.
func (c *Client) prepare(ctx context.Context) (Credentials, error) {
	if err := ctx.Err(); err != nil {
		return Credentials{}, err
	}
	if c.limiter != nil {
		if err := c.limiter.Wait(ctx); err != nil {
			return Credentials{}, limitError(ctx, err)
		}
	}
	cred, err := c.credentials.Credentials(ctx)
	if err == nil {
		err = cred.check()
	}
	if _, elsewhere := errors.AsType[*APIError](err); elsewhere {
		// Another service has refused the provider. What is not found there
		// is not gone here, so the class of that error is not ours.
		return Credentials{}, errors.New("get credentials: " + err.Error())
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("get credentials: %w", contextError(ctx, err))
	}
	return cred, nil
}

// transient reports whether another attempt may end otherwise.
func (t *try) transient() bool {
	switch err := t.err.(type) { //nolint:errorlint // made by attempt, which does not wrap them
	case *APIError:
		return err.transient()
	case *readError:
		return !errors.Is(err, ErrResponseTooLarge)
	case *transportError:
		return !lasting(err)
	default:
		return false
	}
}

// lasting reports whether an error of the transport stays until someone
// repairs a configuration.
func lasting(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch)
}

// sendTrace watches whether a request gets out.
type sendTrace struct {
	trace  httptrace.ClientTrace
	traced atomic.Bool // the transport reports what it does
	wrote  atomic.Bool // a part of the header was written, at least to a buffer
}

// attach returns the context that the transport reports to.
func (t *sendTrace) attach(ctx context.Context) context.Context {
	t.trace.GetConn = func(string) { t.traced.Store(true) }
	// HTTP/2 reports the end of the header after it is on the way, and from a
	// goroutine that a failure does not wait for.
	t.trace.WroteHeaderField = func(string, []string) { t.wrote.Store(true) }
	t.trace.WroteHeaders = func() { t.wrote.Store(true) }
	return httptrace.WithClientTrace(ctx, &t.trace)
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

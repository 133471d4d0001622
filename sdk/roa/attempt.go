package roa

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// attempt makes the attempt of number n, and measures it when someone is told.
func (c *Client) attempt(ctx context.Context, p *preparedRequest, n int, out any, md *Metadata) try {
	if len(c.watchers) == 0 {
		return c.sendOnce(ctx, p, n, out, md)
	}
	start := time.Now()
	t := c.sendOnce(ctx, p, n, out, md)
	t.took = time.Since(start)
	return t
}

// sendOnce signs and sends. Credentials, time and nonce are new in each attempt.
func (c *Client) sendOnce(ctx context.Context, p *preparedRequest, n int, out any, md *Metadata) (t try) {
	t.sent = n - 1
	if p.capture != nil {
		*p.capture = nil
	}
	p.exchange.begin(nil, Credentials{})
	cred, err := c.credentialsInTurn(ctx, p.op)
	if err != nil {
		t.err, t.local = p.secrets(cred).cleanError(err), true
		return t
	}
	t.sent = n
	s := watchSending(ctx)
	defer func() {
		if t.stream == nil {
			s.end()
		}
	}()
	var trace *sendTrace
	if p.retry != nil && p.op.Retry == RetryUnsafe {
		// All other operations can be sent again whatever happened.
		trace = new(sendTrace)
	}
	t.skew = time.Duration(c.skew.Load())
	hreq := c.httpRequest(s.attach(trace, c.http.Transport), p, cred, c.now().Add(t.skew))
	if err := p.attachBody(hreq); err != nil {
		t.err, t.local = err, true
		return t
	}
	p.exchange.begin(hreq, cred)
	resp, err := s.do(c.http, hreq)
	t.resent = s.resent.Load()
	if err != nil {
		t.nothingSent = trace.nothingSent(err)
		t.err = &transportError{contextError(ctx, p.secrets(cred).cleanError(withoutURL(err)))}
		return t
	}
	defer func() {
		if t.stream == nil {
			_ = resp.Body.Close()
		}
	}()
	p.exchange.received(resp)
	t.status, t.requestID = resp.StatusCode, resp.Header.Get(keyRequestID)
	if p.reply != nil && resp.StatusCode/100 == 2 {
		p.fillMetadata(md, resp, nil, cred)
		p.conceal(&t, md, cred)
		p.exchange.notRead()
		t.stream = c.keepOpen(ctx, p, resp, cred, s)
		return t
	}
	t.err = c.receive(ctx, p, resp, cred, out, md)
	if apiErr, ok := t.err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
		apiErr.Attempts = n
	}
	p.conceal(&t, md, cred)
	return t
}

// credentialsInTurn waits for the turn of an attempt and gets its credentials, which
// an anonymous operation has none of.
func (c *Client) credentialsInTurn(ctx context.Context, op *Operation) (Credentials, error) {
	if err := ctx.Err(); err != nil {
		return Credentials{}, err
	}
	if c.limiter != nil {
		if err := c.limiter.Wait(ctx); err != nil {
			return Credentials{}, limitError(ctx, err)
		}
	}
	if op.Anonymous {
		return Credentials{}, nil
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
	case *DecodeError:
		// Cut off where the length did not tell, or without a value at all.
		return err.nothing || errors.Is(err, io.ErrUnexpectedEOF)
	case *transportError:
		return !lasting(err) && !proxyRefuses(err)
	default:
		return false
	}
}

// httpRequest makes the signed request. Path and query are set in the very form
// that was signed.
func (c *Client) httpRequest(ctx context.Context, p *preparedRequest, cred Credentials, now time.Time) *http.Request {
	const baseFields = 14 // the most that a map has room for without growing to the next size
	fields := newHeaderFields(nil, baseFields+len(p.header))
	fields.set(keyAccept, p.op.Response.accept())
	fields.set(keyUserAgent, c.userAgent)
	fields.set(keyAcsAction, p.op.Name)
	fields.set(keyAcsVersion, c.service.Version)
	if c.route.region != "" {
		fields.set(keyAcsRegionID, c.route.region)
	}
	if p.hasBody {
		fields.set(keyContentType, p.contentType())
	}
	for _, h := range p.header {
		fields.set(h.name, h.value)
	}
	if !p.op.Anonymous {
		signRequest(c.signature, &SignInput{
			Method:      p.op.Method,
			EscapedPath: p.escapedPath,
			Host:        p.host,
			Body:        p.body,
			bodyHash:    p.hash,
			Time:        now,
			Nonce:       c.nonce(),
		}, p.query, p.rawQuery, cred, fields, nil)
	}
	hreq := c.template.WithContext(ctx)
	hreq.Method, hreq.Host = p.op.Method, p.host
	hreq.URL = &url.URL{Scheme: p.scheme, Host: p.host, Path: p.path, RawPath: p.escapedPath, RawQuery: p.rawQuery}
	hreq.Header = fields.header
	return hreq
}

// keepOpen makes the body of a response one that outlives the call.
func (c *Client) keepOpen(ctx context.Context, p *preparedRequest, resp *http.Response, cred Credentials, s *sending) *handedOn {
	id := resp.Header.Get(keyRequestID)
	explain := func(err error) error {
		m := p.secrets(cred)
		return c.opError(p.op, &readError{m.clean(id), m.cleanError(contextError(ctx, err))})
	}
	return &handedOn{body: resp.Body, explain: explain, ends: []func(){s.end}}
}

// withoutURL removes what net/http puts around an error: its text holds the URL,
// and with it the query.
func withoutURL(err error) error {
	for {
		wrapped, ok := err.(*url.Error) //nolint:errorlint // peels one layer at a time
		if !ok || wrapped.Err == nil {
			return err
		}
		err = wrapped.Err
	}
}

package roa

import (
	"context"
	"errors"
	"time"
)

// Do sends a request and stores the response in out, a pointer to the value that
// the operation's shape asks for; nil ignores the body. md, unless nil, receives
// the metadata of a successful response. Do sends nothing when the request has
// an error or the context has ended.
//
// For generated code: programs call methods of clients, or [Client.Call].
func (c *Client) Do(ctx context.Context, req *Request, out any, md *Metadata, opts []CallOption) error {
	if req == nil {
		return errors.New(c.service.Name + ": request is nil")
	}
	if err := c.do(ctx, req, out, md, opts); err != nil {
		return c.opError(req.op, err)
	}
	return nil
}

// do is one call from top to bottom. Once per call, in [Client.prepare]:
// validation, what was wrong with the request, the options, path and query. Then
// for each attempt, in [Client.attempt]: rate limit, credentials, signature,
// transport with its middleware, response. After each: whether to try again,
// who is told, and the wait.
func (c *Client) do(ctx context.Context, req *Request, out any, md *Metadata, opts []CallOption) error {
	if ctx == nil {
		return errors.New("context is nil")
	}
	c.tellSleep(ctx)
	p, err := c.prepare(req, out, opts)
	if err != nil {
		return err
	}
	ctx, cancel := p.limit(ctx)
	end := callEnd{cancel: cancel, source: p.source}
	defer end.now()
	if err := p.load(ctx); err != nil {
		return err
	}
	var past history
	for n := 1; ; n++ {
		t := c.attempt(ctx, &p, n, out, md)
		end.stream = t.stream
		delay, again := c.next(ctx, &p, n, &t, &past)
		c.tell(ctx, &p, n, &t, delay, again)
		if !again {
			end.handOn(p.reply)
			return past.finish(t.err, t.sent)
		}
		past.add(t.err)
		if err := c.pause(ctx, delay); err != nil {
			return past.finish(err, t.sent)
		}
	}
}

// next decides whether there is another attempt, and after which delay.
func (c *Client) next(ctx context.Context, p *preparedRequest, n int, t *try, past *history) (time.Duration, bool) {
	if t.resent {
		c.budget.take() // a retry, whoever made it
	}
	if t.err == nil {
		c.budget.succeeded(n)
		return 0, false
	}
	apiErr, _ := t.err.(*APIError) //nolint:errorlint // made by receive, which does not wrap it
	learned := apiErr != nil && apiErr.clock() && c.learnSkew(apiErr.Header, t.skew)
	if p.retry == nil || t.local || ctx.Err() != nil {
		return 0, false
	}
	if learned && !past.skewed {
		// Nothing was done and the reason is gone: this attempt is for free.
		past.skewed = true
		return 0, true
	}
	a := RetryAttempt{
		Operation: p.op.Name,
		Class:     p.op.Retry,
		Attempt:   n,
		Err:       t.err,
		Safe:      p.op.Retry != RetryUnsafe || t.nothingSent,
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
	delay, again := p.retry.Delay(a)
	if !again || c.outlasts(ctx, delay) || !c.budget.take() {
		return 0, false
	}
	return max(delay, 0), true
}

// tell tells everyone who wants to know about an attempt.
func (c *Client) tell(ctx context.Context, p *preparedRequest, n int, t *try, delay time.Duration, again bool) {
	if c.dump != nil {
		c.dump.dump(c.service.Name, p.exchange, *t, n)
	}
	if len(c.watchers) == 0 {
		return
	}
	a := newAttempt(ctx, c.service.Name, p.op.Name, n, t)
	a.Delay, a.Again = delay, again
	for _, watch := range c.watchers {
		watch(a)
	}
}

// outlasts reports whether a pause would end after the context. It is not begun
// then: the error at hand says more than that of the context.
func (c *Client) outlasts(ctx context.Context, delay time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && c.sleep == nil && time.Until(deadline) <= delay
}

// pause waits between attempts, or returns the error of the context when that ends first.
func (c *Client) pause(ctx context.Context, d time.Duration) error {
	switch {
	case d <= 0:
		return ctx.Err()
	case c.sleep == nil:
		return sleep(ctx, d)
	}
	if err := c.sleep(ctx, d); err != nil {
		return contextError(ctx, err)
	}
	return nil
}

// tellSleep tells the wait that a call belongs to, if there is one, how this client
// sleeps.
func (c *Client) tellSleep(ctx context.Context) {
	if c.sleep == nil {
		return
	}
	if clock, ok := ctx.Value(waitClockKey{}).(*waitClock); ok {
		clock.sleep = c.sleep
	}
}

// history is what a call remembers of its earlier attempts.
type history struct {
	response *APIError
	last     error
	skewed   bool // an attempt was made because the clock was corrected
}

func (h *history) add(err error) {
	h.last = err
	if apiErr, ok := err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
		h.response = apiErr
	}
}

// finish returns the error of a call after so many attempts, nil when the last one
// succeeded.
func (h *history) finish(err error, attempts int) error {
	if err == nil {
		return nil
	}
	if _, ok := err.(*APIError); ok || h.last == nil { //nolint:errorlint // made by receive, which does not wrap it
		return err
	}
	if h.response != nil {
		last := *h.response // a hook may have kept the response
		last.Attempts = attempts
		return &RetryError{Attempts: attempts, Err: err, Last: &last}
	}
	return &RetryError{Attempts: attempts, Err: err, Last: h.last}
}

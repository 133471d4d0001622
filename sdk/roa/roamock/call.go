package roamock

import (
	"context"
	"sync"
	"time"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Call is an expectation of calls of one method. Its methods return it, so
// that they can be chained.
type Call[In, Out any] struct {
	method string
	raw    *mock.Call

	mu      sync.Mutex
	run     func(ctx context.Context, in *In, opts []roa.CallOption)
	returns func(ctx context.Context, in *In, opts ...roa.CallOption) (*Out, error)
}

// On expects calls of a method. Each of ctx, in and opts is [mock.Anything], a
// result of [mock.MatchedBy], [mock.AnythingOfType] or [mock.IsType], or a value. A context
// matches when it is the same one, a request (or a pointer to one) when it
// is deeply equal, options when they are equal and in the same order; nil options
// mean that none may be given. Functions for MatchedBy take a context.Context, a
// *In or a []roa.CallOption. Generated mocks call On.
func On[In, Out any](m *Mock, method string, ctx, in, opts any) *Call[In, Out] {
	c := &Call[In, Out]{method: method}
	c.raw = m.On(method, ctx, in, opts)
	c.raw.Return(c)
	return c
}

// Raw returns the testify call behind c.
func (c *Call[In, Out]) Raw() *mock.Call { return c.raw }

// Return makes the calls return these values. Without an error, a nil response
// becomes an empty one, as clients never return neither.
func (c *Call[In, Out]) Return(out *Out, err error) *Call[In, Out] {
	return c.RunAndReturn(func(context.Context, *In, ...roa.CallOption) (*Out, error) { return out, err })
}

// RunAndReturn makes the calls return what fn returns for the arguments of the
// caller. It replaces an earlier Return.
func (c *Call[In, Out]) RunAndReturn(fn func(ctx context.Context, in *In, opts ...roa.CallOption) (*Out, error)) *Call[In, Out] {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.returns = fn
	return c
}

// Run makes the calls run fn, with the arguments of the caller, before they
// return.
func (c *Call[In, Out]) Run(fn func(ctx context.Context, in *In, opts []roa.CallOption)) *Call[In, Out] {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.run = fn
	return c
}

// Once expects one call.
func (c *Call[In, Out]) Once() *Call[In, Out] { return c.Times(1) }

// Twice expects two calls.
func (c *Call[In, Out]) Twice() *Call[In, Out] { return c.Times(2) }

// Times expects n calls. Without it, any number above zero is right.
func (c *Call[In, Out]) Times(n int) *Call[In, Out] {
	c.raw.Times(n)
	return c
}

// Maybe allows that there is no call.
func (c *Call[In, Out]) Maybe() *Call[In, Out] {
	c.raw.Maybe()
	return c
}

// After delays the response.
func (c *Call[In, Out]) After(d time.Duration) *Call[In, Out] {
	c.raw.After(d)
	return c
}

// WaitUntil delays the response until the channel is closed or receives.
func (c *Call[In, Out]) WaitUntil(ch <-chan time.Time) *Call[In, Out] {
	c.raw.WaitUntil(ch)
	return c
}

// Panic makes the calls panic.
func (c *Call[In, Out]) Panic(message string) *Call[In, Out] {
	c.raw.Panic(message)
	return c
}

// NotBefore demands that the other expectations were met before the first
// call.
func (c *Call[In, Out]) NotBefore(others ...interface{ Raw() *mock.Call }) *Call[In, Out] {
	for _, other := range others {
		c.raw.NotBefore(other.Raw())
	}
	return c
}

// Unset removes the expectation.
func (c *Call[In, Out]) Unset() { c.raw.Unset() }

// answer runs what the expectation was given. No lock is held meanwhile, so
// that functions may call the mock again.
func (c *Call[In, Out]) answer(ctx context.Context, m *Mock, in *In, opts []roa.CallOption) (*Out, error) {
	c.mu.Lock()
	run, returns := c.run, c.returns
	c.mu.Unlock()
	if run != nil {
		run(ctx, in, opts)
	}
	if returns == nil {
		m.fail("mock: the expectation of " + c.method + " returns nothing: add Return or RunAndReturn")
		return nil, errUnexpected
	}
	return result(returns(ctx, in, opts...))
}

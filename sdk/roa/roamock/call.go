package roamock

import (
	"context"
	"sync"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Call is an expectation of calls of an operation. In and Out are pointers to its
// request and its response: the code for all pointers is compiled once.
type Call[In, Out any] = Method[In, Out, roa.CallOption]

// Method is an expectation of calls of a method that takes a request and options
// and returns a response and an error.
type Method[In, Out, Opt any] struct {
	Expectation[*Method[In, Out, Opt]]

	mu      sync.Mutex
	run     func(ctx context.Context, in In, opts []Opt)
	returns func(ctx context.Context, in In, opts ...Opt) (Out, error)
}

// On expects calls of an operation. Each of ctx, in and opts is [mock.Anything], a
// result of [mock.MatchedBy], [mock.AnythingOfType] or [mock.IsType], or a value. A context
// matches when it is the same one; a request (or a pointer to one) when all its fields
// are equal, except that a time matches in any zone and that a stream, which is never read,
// matches itself and a reader of memory with the same content; options when they are equal and
// in the same order; nil options mean that none may be given. Functions for MatchedBy take a
// context.Context, an In or a []roa.CallOption. Generated mocks call On.
func On[In, Out any](m *Mock, method string, ctx, in, opts any) *Call[In, Out] {
	return onMethod[In, Out, roa.CallOption](m, method, ctx, in, opts)
}

func onMethod[In, Out, Opt any](m *Mock, method string, args ...any) *Method[In, Out, Opt] {
	c := new(Method[In, Out, Opt])
	c.expect(c, m, method, args)
	c.made.respond = c.respond
	return c
}

// Return makes the calls return these values. Without an error, a nil response
// becomes an empty one, as clients never return neither.
func (c *Method[In, Out, Opt]) Return(out Out, err error) *Method[In, Out, Opt] {
	return c.RunAndReturn(func(context.Context, In, ...Opt) (Out, error) { return out, err })
}

// ReturnEach expects as many calls as there are responses, and makes each call
// return the next one: the pages of a list, or the states that polls see.
func (c *Method[In, Out, Opt]) ReturnEach(outs ...Out) *Method[In, Out, Opt] {
	if len(outs) == 0 {
		c.mock.fail("mock: ReturnEach of " + c.made.method + " has no response: give one for each call")
	}
	var mu sync.Mutex
	n := 0
	return c.Times(len(outs)).RunAndReturn(func(context.Context, In, ...Opt) (Out, error) {
		mu.Lock()
		defer mu.Unlock()
		out := outs[n%len(outs)]
		n++
		return out, nil
	})
}

// RunAndReturn makes the calls return what fn returns for the arguments of the
// caller. It replaces an earlier Return.
func (c *Method[In, Out, Opt]) RunAndReturn(fn func(ctx context.Context, in In, opts ...Opt) (Out, error)) *Method[In, Out, Opt] {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.returns = fn
	return c
}

// Run makes the calls run fn, with the arguments of the caller, before they
// return.
func (c *Method[In, Out, Opt]) Run(fn func(ctx context.Context, in In, opts []Opt)) *Method[In, Out, Opt] {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.run = fn
	return c
}

// respond runs what the expectation was given. No lock is held meanwhile, so
// that functions may call the mock again.
func (c *Method[In, Out, Opt]) respond(ctx context.Context, request, options any) (any, error) {
	in, _ := request.(In)
	opts, _ := options.([]Opt)
	c.mu.Lock()
	run, returns := c.run, c.returns
	c.mu.Unlock()
	if run != nil {
		run(ctx, in, opts)
	}
	if returns == nil {
		return nil, errReturnsNothing
	}
	out, err := returns(ctx, in, opts...)
	return out, err
}

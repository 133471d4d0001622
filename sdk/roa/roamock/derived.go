package roamock

import (
	"context"
	"iter"
	"slices"
	"sync"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Wait is an expectation of calls of a method that waits: one that waits for a state,
// or calls an operation and waits for its task.
type Wait[In, Out any] = Method[In, Out, roa.WaitOption]

// OnWait expects calls of a method that waits. args are what [On] takes, and before
// the options the number of items where the method counts some. Wait options are
// functions, which cannot be compared: give nil, [mock.Anything] or a result of
// [mock.MatchedBy]. Generated mocks call it.
func OnWait[In, Out any](m *Mock, method string, args ...any) *Wait[In, Out] {
	return onMethod[In, Out, roa.WaitOption](m, method, args...)
}

// InvokeWait responds to a call of a method that waits, as its expectations say. While
// there was never one, it is wait that responds, which polls mocked operations. extra is
// the number of items where the method counts some. Generated mocks call it.
func InvokeWait[Out, In any](
	ctx context.Context, m *Mock, method string, in In, opts []roa.WaitOption, wait func() (Out, error), extra ...any,
) (Out, error) {
	if !m.expects(method) {
		return wait()
	}
	return invoke[Out](ctx, m, method, in, slices.Clone(opts), opts, extra...)
}

// Range is an expectation of ranges over the pages of a list or over their items.
// Each range counts as one call, whatever comes of it.
type Range[In, Item any] struct {
	Expectation[*Range[In, Item]]

	mu      sync.Mutex
	run     func(ctx context.Context, in In, opts []roa.CallOption)
	returns func(ctx context.Context, in In, opts ...roa.CallOption) iter.Seq2[Item, error]
}

// OnRange expects ranges over what a method returns. The arguments are those of
// [On]. Generated mocks call it.
func OnRange[In, Item any](m *Mock, method string, ctx, in, opts any) *Range[In, Item] {
	r := new(Range[In, Item])
	r.expect(r, m, method, []any{ctx, in, opts})
	r.made.respond = r.respond
	return r
}

// Return makes the ranges yield these items and then the error, unless it is nil.
func (r *Range[In, Item]) Return(items []Item, err error) *Range[In, Item] {
	return r.RunAndReturn(func(context.Context, In, ...roa.CallOption) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) {
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if err != nil {
				var none Item
				yield(none, err)
			}
		}
	})
}

// RunAndReturn makes the ranges yield what fn returns for the arguments of the
// caller. It replaces an earlier Return.
func (r *Range[In, Item]) RunAndReturn(fn func(ctx context.Context, in In, opts ...roa.CallOption) iter.Seq2[Item, error]) *Range[In, Item] {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.returns = fn
	return r
}

// Run makes the ranges run fn, with the arguments of the caller, before they yield.
func (r *Range[In, Item]) Run(fn func(ctx context.Context, in In, opts []roa.CallOption)) *Range[In, Item] {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.run = fn
	return r
}

// respond returns what a range yields.
func (r *Range[In, Item]) respond(ctx context.Context, request, options any) (any, error) {
	in, _ := request.(In)
	opts, _ := options.([]roa.CallOption)
	r.mu.Lock()
	run, returns := r.run, r.returns
	r.mu.Unlock()
	if run != nil {
		run(ctx, in, opts)
	}
	if returns == nil {
		return nil, errReturnsNothing
	}
	return returns(ctx, in, opts...), nil
}

// InvokeRange responds to a call of a method that returns pages or items, as its
// expectations say. While there was never one, it is pages that responds, which asks
// mocked operations. Like a client, it calls nothing before the range begins.
// Generated mocks call it.
func InvokeRange[Item, In any](
	ctx context.Context, m *Mock, method string, in In, opts []roa.CallOption, pages iter.Seq2[Item, error],
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if !m.expects(method) {
			pages(yield)
			return
		}
		items, err := invoke[iter.Seq2[Item, error]](ctx, m, method, in, slices.Clone(opts), opts)
		if err != nil {
			var none Item
			yield(none, err)
			return
		}
		if items != nil {
			items(yield)
		}
	}
}

package roamock

import (
	"context"
	"iter"
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

// InvokeWait answers a call of a method that waits, as its expectations say. While
// there was never one, it is wait that answers, which polls mocked operations. extra is
// the number of items where the method counts some. Generated mocks call it.
func InvokeWait[Out, In any](
	ctx context.Context, m *Mock, method string, in *In, opts []roa.WaitOption, wait func() (*Out, error), extra ...any,
) (*Out, error) {
	if !m.expects(method) {
		return wait()
	}
	return invokeMethod[Out](ctx, m, method, in, opts, extra...)
}

// Range is an expectation of ranges over the pages of a list or over their items.
// Each range counts as one call, whatever comes of it.
type Range[In, Item any] struct {
	Expectation[*Range[In, Item]]

	mu      sync.Mutex
	run     func(ctx context.Context, in *In, opts []roa.CallOption)
	returns func(ctx context.Context, in *In, opts ...roa.CallOption) iter.Seq2[Item, error]
}

// OnRange expects ranges over what a method returns. The arguments are those of
// [On]. Generated mocks call it.
func OnRange[In, Item any](m *Mock, method string, ctx, in, opts any) *Range[In, Item] {
	r := new(Range[In, Item])
	r.expect(r, m, method, []any{ctx, in, opts})
	return r
}

// Return makes the ranges yield these items and then the error, unless it is nil.
func (r *Range[In, Item]) Return(items []Item, err error) *Range[In, Item] {
	return r.RunAndReturn(func(context.Context, *In, ...roa.CallOption) iter.Seq2[Item, error] {
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
func (r *Range[In, Item]) RunAndReturn(fn func(ctx context.Context, in *In, opts ...roa.CallOption) iter.Seq2[Item, error]) *Range[In, Item] {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.returns = fn
	return r
}

// Run makes the ranges run fn, with the arguments of the caller, before they yield.
func (r *Range[In, Item]) Run(fn func(ctx context.Context, in *In, opts []roa.CallOption)) *Range[In, Item] {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.run = fn
	return r
}

// answer returns what a range yields, or reports false when that was not said.
func (r *Range[In, Item]) answer(ctx context.Context, in *In, opts []roa.CallOption) (iter.Seq2[Item, error], bool) {
	r.mu.Lock()
	run, returns := r.run, r.returns
	r.mu.Unlock()
	r.made.calls.Add(1)
	if run != nil {
		run(ctx, in, opts)
	}
	if returns == nil {
		r.returnsNothing()
		return nil, false
	}
	if items := returns(ctx, in, opts...); items != nil {
		return items, true
	}
	return func(func(Item, error) bool) {}, true
}

// InvokeRange answers a call of a method that returns pages or items, as its
// expectations say. While there was never one, it is pages that answers, which asks
// mocked operations. Like a client, it calls nothing before the range begins.
// Generated mocks call it.
func InvokeRange[Item, In any](
	ctx context.Context, m *Mock, method string, in *In, opts []roa.CallOption, pages iter.Seq2[Item, error],
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if !m.expects(method) {
			pages(yield)
			return
		}
		if items, ok := invokeRange[Item](ctx, m, method, in, opts); ok {
			items(yield)
			return
		}
		var none Item
		yield(none, errUnexpected)
	}
}

func invokeRange[Item, In any](ctx context.Context, m *Mock, method string, in *In, opts []roa.CallOption) (iter.Seq2[Item, error], bool) {
	c := newCall(ctx, method, in, opts)
	results, ok := m.invoke(c)
	if !ok {
		m.fail(m.explain(c))
		return nil, false
	}
	if len(results) == 1 {
		if typed, is := results[0].(*Range[In, Item]); is {
			return typed.answer(ctx, in, opts)
		}
	}
	m.fail("mock: " + method + " has an expectation without a type: make it with EXPECT()." + method + "(...)")
	return nil, false
}

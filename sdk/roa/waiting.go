package roa

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Waiter polls an operation until a state is reached. Either State or States
// must be set. Generated code has one value for each state that programs wait
// for; it is shared and must not be changed.
//
// States are compared without case. One that is in no list is unknown: it is
// reported by [WaitProgress] and does not end the wait.
type Waiter[In, Out any] struct {
	// Name is what is waited for, such as "ClusterRunning".
	Name string
	// State returns the state in a response, for [Waiter.Wait].
	State func(*Out) string
	// States returns the state of every item in a response, for
	// [Waiter.WaitCount].
	States func(*Out) []string
	// IDs returns what identifies every item in a response, in the order of
	// States, so that WaitCount counts an item once when pages overlap. Every
	// item with an empty id counts, and so does one beyond the end of IDs. It
	// is nil when items have no id.
	IDs func(*Out) []string
	// Pages ranges over the pages of the operation, as [Pager.Pages] does, so
	// that WaitCount counts the items of all pages. It is nil when there is
	// one page.
	Pages func(ctx context.Context, call OperationFunc[In, Out], in *In, opts ...CallOption) iter.Seq2[*Out, error]
	// TaskID returns the id of the task that a request asks for, for errors.
	// It is nil when nothing but tasks is waited for.
	TaskID func(*In) string
	// Success, Failure and Pending are the states that end the wait well,
	// that end it with a [TaskError], and that do not end it.
	Success, Failure, Pending []string
	// Result returns what tells how it went, once the state is one of
	// Success: one of FailedResults, compared without case as well, ends
	// [Waiter.Wait] with a [TaskError] all the same. It is nil when the state
	// itself tells. [Waiter.WaitCount] does not read it.
	Result        func(*Out) string
	FailedResults []string
	// Gone are the codes by which the service says that what is asked for no longer
	// exists, compared without case: an error with one of them ends the wait well.
	// No other error does, above all not a 404 of something on the way.
	Gone []Code
	// Delay is the time between the first two polls, and MaxDelay what it
	// grows to. Zero and less mean 10 seconds and one minute.
	Delay, MaxDelay time.Duration
	// Explain returns what a response in a failure state tells about it. It is
	// nil when it tells nothing.
	Explain func(*Out) TaskFailure
}

// Wait polls call at once, and then again and again, until the state is one of
// Success, and returns that response. When one of Gone ended the wait, it
// returns the response before, or an empty one. in is not changed.
//
// The error is a [*TaskError] when the state is one of Failure, or the result
// one of FailedResults. It is a [*WaitError] when the time of [WaitTimeout] or
// of the context is over, and when a poll fails for good: the service refused
// it, or it could not be sent. Throttling, failures of the service and of the
// network do not end the wait. Once a poll had a response, only a refusal does, as
// the request and the credentials are good then.
// Without a time limit, 60 such failures in a row end it. The last response, if
// there was one, is returned with the error.
//
// Nothing is kept between polls, so that a wait can be given up and taken up
// anywhere with an equal request.
func (w *Waiter[In, Out]) Wait(ctx context.Context, call OperationFunc[In, Out], in *In, opts ...WaitOption) (*Out, error) {
	if w.State == nil {
		return nil, fmt.Errorf("wait for %s: waiter counts items: use WaitCount", w.Name)
	}
	return w.run(ctx, in, opts, func(ctx context.Context, calls []CallOption) (*Out, waitView, error) {
		out, err := call(ctx, in, calls...)
		if err != nil {
			return nil, waitView{}, err
		}
		if out == nil {
			return nil, waitView{}, errNilResponse
		}
		view := w.view(w.State(out))
		if view.outcome == waitDone && w.Result != nil && hasFold(w.FailedResults, w.Result(out)) {
			view.outcome = waitFailed
		}
		return out, view, nil
	})
}

// WaitCount is like [Waiter.Wait] and waits until at least count items are in
// a state of Success. Items in a state of Failure end the wait when the other
// items are fewer than count. An item that stands in several pages of a poll counts
// once, in the state of the last one. When items come in several pages, the response
// is the page that completed the count, and the last page with an error.
func (w *Waiter[In, Out]) WaitCount(ctx context.Context, call OperationFunc[In, Out], in *In, count int, opts ...WaitOption) (*Out, error) {
	if w.States == nil {
		return nil, fmt.Errorf("wait for %s: waiter does not count items: use Wait", w.Name)
	}
	pages := w.Pages
	if pages == nil {
		pages = onlyPage[In, Out]
	}
	return w.run(ctx, in, opts, func(ctx context.Context, calls []CallOption) (*Out, waitView, error) {
		var last *Out
		tally := waitTally{want: count, places: map[string]int{}}
		for out, err := range pages(ctx, call, in, calls...) {
			if err != nil {
				return nil, waitView{}, err
			}
			if out == nil {
				return nil, waitView{}, errNilResponse
			}
			last = out
			w.tally(&tally, out)
			if tally.count(waitDone) >= count {
				break
			}
		}
		return last, tally.view(), nil
	})
}

// tally adds the items of a page.
func (w *Waiter[In, Out]) tally(to *waitTally, out *Out) {
	var ids []string
	if w.IDs != nil {
		ids = w.IDs(out)
	}
	for i, state := range w.States(out) {
		id := ""
		if i < len(ids) {
			id = ids[i]
		}
		to.add(id, w.view(state))
	}
}

// onlyPage is a list of one page.
func onlyPage[In, Out any](ctx context.Context, call OperationFunc[In, Out], in *In, opts ...CallOption) iter.Seq2[*Out, error] {
	return func(yield func(*Out, error) bool) { yield(call(ctx, in, opts...)) }
}

// run polls until the wait ends.
func (w *Waiter[In, Out]) run(ctx context.Context, in *In, opts []WaitOption, poll func(context.Context, []CallOption) (*Out, waitView, error)) (*Out, error) {
	if ctx == nil {
		return nil, fmt.Errorf("wait for %s: context is nil", w.Name)
	}
	loop := newWaitLoop(w.Name, opts, w.Delay, w.MaxDelay)
	if w.TaskID != nil && in != nil {
		loop.taskID = w.TaskID(in)
	}
	var last *Out
	err := loop.run(ctx, w.Gone, func(ctx context.Context) (waitPoll, error) {
		out, view, err := poll(ctx, loop.settings.calls)
		if err != nil {
			return waitPoll{}, err
		}
		last = out
		found := waitPoll{view: view, requestID: requestIDOf(out)}
		if w.Explain != nil {
			found.explain = func() TaskFailure { return w.Explain(out) }
		}
		return found, nil
	})
	if err == nil && last == nil { // gone before a poll found it, or no page to count
		last = new(Out)
	}
	return last, err
}

// view looks up a state.
func (w *Waiter[In, Out]) view(state string) waitView {
	switch {
	case hasFold(w.Success, state):
		return waitView{state: state, known: true, outcome: waitDone}
	case hasFold(w.Failure, state):
		return waitView{state: state, known: true, outcome: waitFailed}
	default:
		return waitView{state: state, known: hasFold(w.Pending, state)}
	}
}

package roa

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxWaitFailures is how many polls in a row may fail when nothing limits the
// time of the wait.
const maxWaitFailures = 60

// waitOutcome says what a state means.
type waitOutcome uint8

const (
	waitOn waitOutcome = iota
	waitDone
	waitFailed
)

// waitView is what a poll found.
type waitView struct {
	state       string
	known       bool
	outcome     waitOutcome
	ready, want int
}

// waitPoll is what a wait has to know of the response to a poll.
type waitPoll struct {
	view      waitView
	requestID string
	explain   func() TaskFailure // what a failure is; nil: nobody knows
}

func hasFold(list []string, value string) bool {
	for _, v := range list {
		if strings.EqualFold(v, value) {
			return true
		}
	}
	return false
}

// waitTally counts the items of one poll by state.
type waitTally struct {
	want   int
	items  []waitView     // in order of appearance
	places map[string]int // in items, by id
}

// add takes an item, in place of an earlier one with the same id: what comes later
// is younger.
func (t *waitTally) add(id string, item waitView) {
	if place, ok := t.places[id]; ok {
		t.items[place] = item
		return
	}
	if id != "" {
		t.places[id] = len(t.items)
	}
	t.items = append(t.items, item)
}

// count returns how many items have an outcome.
func (t *waitTally) count(outcome waitOutcome) int {
	n := 0
	for _, item := range t.items {
		if item.outcome == outcome {
			n++
		}
	}
	return n
}

// view returns what the items mean together. A failed item is of no concern as
// long as enough others are there.
func (t *waitTally) view() waitView {
	failed := t.count(waitFailed)
	v := waitView{state: t.text(), known: true, ready: t.count(waitDone), want: t.want}
	for _, item := range t.items {
		v.known = v.known && item.known
	}
	switch {
	case v.ready >= t.want:
		v.outcome = waitDone
	case failed > 0 && len(t.items)-failed < t.want:
		v.outcome = waitFailed
	}
	return v
}

// text lists the states in order of appearance, each with the number of its items.
func (t *waitTally) text() string {
	var states []string
	counts := map[string]int{} // by state in lower case
	for _, item := range t.items {
		folded := strings.ToLower(item.state)
		if counts[folded] == 0 {
			states = append(states, item.state)
		}
		counts[folded]++
	}
	for i, s := range states {
		states[i] = cmp.Or(s, "no state") + " " + strconv.Itoa(counts[strings.ToLower(s)])
	}
	return strings.Join(states, ", ")
}

// waitLoop is one wait. It knows no types, as a compiler would repeat it for those of each
// operation.
type waitLoop struct {
	name, taskID string
	settings     waitSettings
	delays       waitDelays
	start        time.Time
	attempts     int
	bounded      bool     // a deadline ends the wait
	seen         bool     // a poll had a response
	failures     int      // polls that failed since then
	view         waitView // of the last response
	requestID    string   // of the last response
	lastErr      error    // of the last poll
	clock        waitClock
}

func newWaitLoop(name string, opts []WaitOption, delay, maxDelay time.Duration) *waitLoop {
	l := &waitLoop{name: name, start: time.Now()}
	for _, opt := range opts {
		if opt != nil {
			opt(&l.settings)
		}
	}
	l.delays = newWaitDelays(&l.settings, delay, maxDelay)
	return l
}

// limit returns the context of the polls, which also ends when the time of the wait is
// over.
func (l *waitLoop) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	_, l.bounded = ctx.Deadline()
	ctx = withWaitClock(ctx, &l.clock)
	if l.settings.timeout <= 0 {
		return ctx, func() {}
	}
	l.bounded = true
	return context.WithTimeout(ctx, l.settings.timeout)
}

// run polls until the wait ends. The error is nil when the state is reached, or what is
// asked for is gone.
func (l *waitLoop) run(ctx context.Context, gone []Code, poll func(context.Context) (waitPoll, error)) error {
	limited, cancel := l.limit(ctx)
	defer cancel()
	for limited.Err() == nil {
		l.attempts++
		found, err := poll(limited)
		switch {
		case err == nil:
			l.answered(found.view, found.requestID)
			if found.view.outcome == waitDone {
				l.report(0, nil)
				return nil
			}
			if found.view.outcome == waitFailed {
				l.report(0, nil)
				return l.failed(found.explain)
			}
		case isGone(err, gone):
			l.view = waitView{known: true}
			l.report(0, nil)
			return nil
		case limited.Err() != nil:
			return l.ended(waitEnd(ctx))
		case !l.bears(err):
			l.report(0, err)
			return l.ended(err)
		}
		l.lastErr = err
		delay := l.delays.take()
		l.report(delay, err)
		if !l.sleep(limited, delay) {
			return l.ended(waitTimedOut{})
		}
	}
	return l.ended(waitEnd(ctx))
}

// isGone reports whether the service said that something is gone: with a code, in
// JSON. Errors that mocks return may have no body.
func isGone(err error, codes []Code) bool {
	apiErr, ok := errors.AsType[*APIError](err)
	return ok && apiErr.fromService() && slices.ContainsFunc(codes, func(code Code) bool { return apiErr.Is(code) })
}

func (l *waitLoop) elapsed() time.Duration { return time.Since(l.start) + l.clock.slept }

// sleep returns after the delay, or when the context ends. It reports whether the wait has
// time left by the clock that it sleeps by.
func (l *waitLoop) sleep(ctx context.Context, delay time.Duration) bool {
	timeout := l.settings.timeout
	if timeout <= 0 {
		l.clock.wait(ctx, delay)
		return true
	}
	l.clock.wait(ctx, min(delay, timeout-l.clock.slept))
	return l.clock.slept < timeout
}

func (l *waitLoop) answered(view waitView, requestID string) {
	l.seen, l.failures, l.view, l.requestID = true, 0, view, requestID
}

// bears reports whether the wait goes on after a poll that failed.
func (l *waitLoop) bears(err error) bool {
	l.failures++
	if l.failures >= maxWaitFailures && !l.bounded {
		return false
	}
	if errors.Is(err, ErrThrottled) || errors.Is(err, ErrServer) {
		return true
	}
	if apiErr, ok := errors.AsType[*APIError](err); ok && apiErr.bearable() {
		return true
	}
	switch ErrorClass(err) {
	case "connection", "timeout":
		return true
	case "tls", "decode", "too_large":
		return l.seen
	case "other": // also what mocks and requests that cannot be sent return
		return l.seen || isNetworkError(err)
	default: // the service refused, or someone canceled the call
		return false
	}
}

// isNetworkError reports whether an error that is not from a client of this
// package is about a connection.
func isNetworkError(err error) bool {
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

func (l *waitLoop) report(next time.Duration, err error) {
	if l.settings.progress == nil {
		return
	}
	l.settings.progress(Progress{
		Waiter: l.name, TaskID: l.taskID,
		State: l.view.state, Known: l.view.known, Ready: l.view.ready, Want: l.view.want,
		Attempt: l.attempts, Elapsed: l.elapsed(), Next: next, Err: err,
	})
}

// ended returns the error of a wait without an outcome.
func (l *waitLoop) ended(reason error) error {
	return &WaitError{
		Waiter: l.name, TaskID: l.taskID, State: l.view.state, Known: l.view.known,
		Attempts: l.attempts, Elapsed: l.elapsed(), RequestID: l.requestID,
		Err: reason, LastErr: l.errBefore(reason),
	}
}

// errBefore returns the error of the last poll unless a poll is what ended the
// wait.
func (l *waitLoop) errBefore(reason error) error {
	if errors.Is(reason, ErrWaitTimeout) || errors.Is(reason, context.Canceled) {
		return l.lastErr
	}
	return nil
}

// failed returns the error of a wait that ended in a failure state.
func (l *waitLoop) failed(explain func() TaskFailure) error {
	var why TaskFailure
	if explain != nil {
		why = explain()
	}
	if why.TaskID == "" {
		why.TaskID = l.taskID
	}
	return &TaskError{
		Waiter: l.name, TaskID: why.TaskID, State: l.view.state,
		Stage: why.Stage, Code: why.Code, Message: why.Message,
		Attempts: l.attempts, Elapsed: l.elapsed(), RequestID: l.requestID,
	}
}

package roa

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// ErrWaitTimeout is the cause of errors of waiters that ran out of time, be it
// that of [WaitTimeout] or that of the context.
var ErrWaitTimeout = errors.New("timed out")

// TaskFailure is what a response tells about a failure.
type TaskFailure struct {
	// TaskID is the id of the task. When it is empty, that of the request
	// counts.
	TaskID string
	// Stage is the step that failed.
	Stage string
	// Code is the error code.
	Code string
	// Message is the reason, for people.
	Message string
}

// TaskError reports that what was waited for has failed, as a task or by its
// state.
type TaskError struct {
	// Waiter is the name of the waiter, such as "Task" or "ClusterRunning".
	Waiter string
	// TaskID is the id of the task, if it is a task.
	TaskID string
	// State is the state of the last response, as the service writes it. It
	// means failure, or that it is over, where a result tells how it went.
	State string
	// Stage is the step that failed, as far as the service told.
	Stage string
	// Code is the error code, as far as the service told.
	Code string
	// Message is the reason, as far as the service told. It may have many
	// lines.
	Message string
	// Attempts is the number of polls.
	Attempts int
	// Elapsed is how long the wait took.
	Elapsed time.Duration
	// RequestID identifies the last poll in the service's logs.
	RequestID string
}

// Error returns one line with the state, the stage, the code and the message.
func (e *TaskError) Error() string {
	var b strings.Builder
	b.WriteString(waitPrefix(e.Waiter, e.TaskID))
	b.WriteString("failed with state " + strconv.Quote(oneline.Of(e.State, maxShownCode)))
	if e.Stage != "" {
		b.WriteString(" in stage " + oneline.Of(e.Stage, maxShownCode))
	}
	for _, part := range [...]string{oneline.Of(e.Code, maxShownCode), oneline.Of(e.Message, maxShownMessage)} {
		if part != "" {
			b.WriteString(": " + part)
		}
	}
	b.WriteString(requestSuffix(e.RequestID))
	return b.String()
}

// WaitError reports that a wait ended without an outcome: the time was over,
// the context was canceled, or a poll failed in a way that another one would,
// too. [errors.Is] finds [ErrWaitTimeout] and [context.DeadlineExceeded] in
// the first case, [context.Canceled] in the second, and the class of the
// [APIError] in the third.
type WaitError struct {
	// Waiter is the name of the waiter, such as "ClusterRunning".
	Waiter string
	// TaskID is the id of the task that was waited for, if it is a task. It
	// is enough to wait again.
	TaskID string
	// State is the last state that the service told, and empty when it never
	// did. A waiter that counts items has the number of items in each state.
	State string
	// Known reports whether the waiter knows the state.
	Known bool
	// Attempts is the number of polls.
	Attempts int
	// Elapsed is how long the wait took.
	Elapsed time.Duration
	// RequestID identifies, in the service's logs, the last poll that had a
	// response.
	RequestID string
	// Err says why the wait ended.
	Err error
	// LastErr is the error of the last poll that ended, when it failed and
	// was not what ended the wait. Else it is nil.
	LastErr error
}

// Error returns one line with the reason, the number of polls, and the last
// state.
func (e *WaitError) Error() string {
	var b strings.Builder
	b.WriteString(waitPrefix(e.Waiter, e.TaskID))
	fmt.Fprintf(&b, "%v after %v", e.Err, e.Elapsed.Round(time.Millisecond))
	switch e.Attempts {
	case 0:
		b.WriteString(" without a poll")
	case 1:
		b.WriteString(" and 1 poll")
	default:
		b.WriteString(" and " + strconv.Itoa(e.Attempts) + " polls")
	}
	if e.State != "" {
		b.WriteString(", last state " + strconv.Quote(oneline.Of(e.State, maxShownMessage)))
		if !e.Known {
			b.WriteString(", which is unknown")
		}
	}
	if e.LastErr != nil {
		fmt.Fprintf(&b, ", last error: %v", e.LastErr)
	}
	return b.String()
}

// Unwrap returns the reason, and the error of the last poll if there is one.
func (e *WaitError) Unwrap() []error {
	if e.LastErr == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.LastErr}
}

func waitPrefix(waiter, taskID string) string {
	if taskID == "" {
		return "wait for " + waiter + ": "
	}
	return "wait for " + waiter + " " + oneline.Of(taskID, maxShownID) + ": "
}

// waitTimedOut is the reason of waits that ran out of time.
type waitTimedOut struct{}

func (waitTimedOut) Error() string { return ErrWaitTimeout.Error() }

func (waitTimedOut) Is(target error) bool {
	return target == ErrWaitTimeout || target == context.DeadlineExceeded
}

// waitEnd returns why a wait ends that the context or its own timeout ended.
// The context is that of the caller.
func waitEnd(ctx context.Context) error {
	var reason error = waitTimedOut{}
	if errors.Is(ctx.Err(), context.Canceled) {
		reason = context.Canceled
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(ctx.Err(), cause) {
		return fmt.Errorf("%w: %w", reason, cause)
	}
	return reason
}

// requestIDOf returns the request id of a response, if it has metadata as
// generated ones do.
func requestIDOf(out any) string {
	v := reflect.Indirect(reflect.ValueOf(out))
	if v.Kind() != reflect.Struct {
		return ""
	}
	field := v.FieldByName("Metadata")
	if !field.IsValid() || !field.CanInterface() {
		return ""
	}
	md, _ := reflect.TypeAssert[Metadata](field)
	return md.RequestID
}

var errNilResponse = errors.New("response is nil")

package roa

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWaitTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := &jobServer{answers: []poll{"running", "rebooting"}}
		out, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{"T-1"}, WaitTimeout(5*time.Minute))
		require.ErrorIs(t, err, ErrWaitTimeout)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotErrorIs(t, err, context.Canceled)
		assert.Equal(t, "rebooting", out.State)
		got, ok := errors.AsType[*WaitError](err)
		require.True(t, ok)
		assert.Equal(t, 5*time.Minute, got.Elapsed)
		assert.Equal(t, srv.calls, got.Attempts)
		assert.Equal(t, []any{"Task", "T-1", "rebooting", false}, []any{got.Waiter, got.TaskID, got.State, got.Known})
		assert.Equal(t, fmt.Sprintf("R-%d", srv.calls), got.RequestID)
		assert.EqualError(t, err, fmt.Sprintf(`wait for Task T-1: timed out after 5m0s and %d polls, last state "rebooting", which is unknown`, srv.calls))
	})
}

func TestWaitEndsWithContext(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		context func(context.Context) (context.Context, context.CancelFunc)
		opts    []WaitOption
		is, not []error
		elapsed time.Duration
		text    string
	}{
		"deadline": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, time.Minute)
			}, []WaitOption{WaitTimeout(time.Hour)},
			[]error{ErrWaitTimeout, context.DeadlineExceeded}, []error{context.Canceled}, time.Minute, "timed out after 1m0s",
		},
		"own timeout is first": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, time.Hour)
			}, []WaitOption{WaitTimeout(time.Minute)},
			[]error{ErrWaitTimeout, context.DeadlineExceeded}, []error{context.Canceled}, time.Minute, "timed out after 1m0s",
		},
		"canceled": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(45*time.Second, cancel)
				return ctx, cancel
			}, []WaitOption{WaitTimeout(time.Hour)},
			[]error{context.Canceled}, []error{ErrWaitTimeout, context.DeadlineExceeded}, 45 * time.Second, "context canceled after 45s",
		},
		"canceled with a cause": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancelCause(ctx)
				time.AfterFunc(45*time.Second, func() { cancel(io.ErrClosedPipe) })
				return ctx, func() { cancel(nil) }
			}, nil,
			[]error{context.Canceled, io.ErrClosedPipe}, []error{ErrWaitTimeout}, 45 * time.Second, "context canceled: io: read/write on closed pipe after 45s",
		},
		"ended before": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				cancel()
				return ctx, cancel
			}, nil,
			[]error{context.Canceled}, []error{ErrWaitTimeout}, 0, "context canceled after 0s without a poll",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := tt.context(t.Context())
				defer cancel()
				start := time.Now()
				srv := &jobServer{answers: []poll{"running"}}
				_, err := taskWaiter.Wait(ctx, srv.Get, &jobIn{}, tt.opts...)
				assert.Equal(t, tt.elapsed, time.Since(start))
				for _, is := range tt.is {
					require.ErrorIs(t, err, is)
				}
				for _, not := range tt.not {
					require.NotErrorIs(t, err, not)
				}
				require.ErrorContains(t, err, "wait for Task: "+tt.text)
			})
		})
	}
}

// A poll that hangs ends with the wait.
func TestWaitInterruptsPoll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		calls := 0
		hangs := func(ctx context.Context, _ *jobIn, _ ...CallOption) (*jobOut, error) {
			if calls++; calls == 1 {
				return nil, apiError(503, "")
			}
			<-ctx.Done()
			return nil, fmt.Errorf("ack: %w", ctx.Err())
		}
		_, err := taskWaiter.Wait(t.Context(), hangs, &jobIn{}, WaitTimeout(time.Minute))
		require.ErrorIs(t, err, ErrWaitTimeout)
		require.ErrorIs(t, err, ErrServer, "the error of the poll before is kept")
		require.ErrorContains(t, err, "and 2 polls, last error: ack: DescribeJob: 503")
		assert.Equal(t, time.Minute, time.Since(start))
	})
}

// TestWaitReleasesItsTimer looks at the context of the polls behind the wait.
func TestWaitReleasesItsTimer(t *testing.T) {
	t.Parallel()
	var polls context.Context
	_, err := taskWaiter.Wait(t.Context(), func(ctx context.Context, _ *jobIn, _ ...CallOption) (*jobOut, error) {
		polls = ctx
		return &jobOut{State: "success"}, nil
	}, &jobIn{}, WaitTimeout(time.Hour))
	require.NoError(t, err)
	assert.ErrorIs(t, polls.Err(), context.Canceled)
}

func TestWaitBearsErrorsUntilTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := &jobServer{answers: []poll{"running", apiError(429, "Throttling")}}
		_, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{}, WaitTimeout(5*time.Hour))
		require.ErrorIs(t, err, ErrWaitTimeout)
		require.ErrorIs(t, err, ErrThrottled)
		got, ok := errors.AsType[*WaitError](err)
		require.True(t, ok)
		assert.Equal(t, "running", got.State)
		assert.Greater(t, got.Attempts, 2*maxWaitFailures)
	})
}

func TestWaitGivesUpWithoutTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answers := make([]poll, 0, 100)
		for range maxWaitFailures - 1 {
			answers = append(answers, apiError(500, ""))
		}
		answers = append(answers, "running", apiError(500, ""))
		srv := &jobServer{answers: answers}
		_, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{})
		require.ErrorIs(t, err, ErrServer)
		require.NotErrorIs(t, err, ErrWaitTimeout)
		assert.Equal(t, 2*maxWaitFailures, srv.calls, "a response starts the count again")
	})
}

func TestWaitRequestIDs(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "R-1", requestIDOf(&jobOut{Metadata: Metadata{RequestID: "R-1"}}))
	for _, out := range []any{(*jobOut)(nil), new([]string), new(jobIn), &struct{ Metadata string }{"R-1"}} {
		assert.Empty(t, requestIDOf(out), "%T", out)
	}
}

// TestWaitReportsBeforeItExplains has a failure that takes time to explain.
func TestWaitReportsBeforeItExplains(t *testing.T) {
	t.Parallel()
	var order []string
	w := taskWaiter
	w.Explain = func(*jobOut) TaskFailure {
		order = append(order, "explained")
		return TaskFailure{}
	}
	srv := &jobServer{answers: []poll{"failed"}}
	_, err := w.Wait(t.Context(), srv.Get, &jobIn{"T-1"}, WaitProgress(func(Progress) { order = append(order, "reported") }))
	require.Error(t, err)
	assert.Equal(t, []string{"reported", "explained"}, order)
}

package roa

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWaitCount(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answers []poll
		count   int
		polls   int
		failed  string // the state of the error
	}{
		"enough":                        {[]poll{[]string{"running", "Running", "failed"}}, 2, 1, ""},
		"more than enough":              {[]poll{[]string{"running", "running", "running"}}, 2, 1, ""},
		"none wanted":                   {[]poll{[]string{}}, 0, 1, ""},
		"none listed yet":               {[]poll{[]string{}, []string{"initial"}, []string{"running"}}, 1, 3, ""},
		"unknown states":                {[]poll{[]string{"odd", ""}, []string{"running", "running"}}, 2, 2, ""},
		"server error":                  {[]poll{[]string{"pending"}, apiError(500, ""), []string{"running"}}, 1, 3, ""},
		"old failure is of no concern":  {[]poll{[]string{"failed", "pending", "odd"}, []string{"failed", "running", "running"}}, 2, 2, ""},
		"failure makes it unreachable":  {[]poll{[]string{"pending", "initial"}, []string{"running", "failed"}}, 2, 2, "running 1, failed 1"},
		"failure without any other one": {[]poll{[]string{"failed", "FAILED"}}, 1, 1, "failed 2"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := &jobServer{answers: tt.answers}
				out, err := nodesWaiter.WaitCount(t.Context(), srv.Get, &jobIn{}, tt.count)
				assert.Equal(t, tt.polls, srv.calls)
				assert.NotNil(t, out)
				if tt.failed == "" {
					require.NoError(t, err)
					return
				}
				got, ok := errors.AsType[*TaskError](err)
				require.True(t, ok)
				assert.Equal(t, tt.failed, got.State)
			})
		})
	}
}

func TestWaitCountReports(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := &jobServer{answers: []poll{[]string{"running", "pending", "RUNNING", ""}}}
		var last Progress
		_, err := nodesWaiter.WaitCount(t.Context(), srv.Get, &jobIn{}, 3, WaitTimeout(time.Minute), WaitProgress(func(p Progress) { last = p }))
		require.ErrorIs(t, err, ErrWaitTimeout)
		require.ErrorContains(t, err, `last state "running 2, pending 1, no state 1", which is unknown`)
		assert.Equal(t, []any{2, 3, false}, []any{last.Ready, last.Want, last.Known})
		assert.Positive(t, last.Next)
	})
}

var nodesPager = Pager[jobIn, jobOut, jobNode]{
	Items: func(out *jobOut) []jobNode { return out.Nodes },
	Token: func(*jobIn) **string { return new(*string) },
	Next:  func(out *jobOut) string { return out.Next },
}

// Items of all pages count, and no page is asked for behind the one that
// completes the count.
func TestWaitCountPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		page := func(next string, states ...string) *jobOut {
			out := &jobOut{Next: next}
			for _, s := range states {
				out.Nodes = append(out.Nodes, jobNode{State: s})
			}
			return out
		}
		w := nodesWaiter
		w.Pages = nodesPager.Pages
		srv := &jobServer{answers: []poll{
			page("t2", "running", "running", "failed"), page("", "pending"),
			page("t2", "running", "running", "failed"), apiError(503, ""),
			page("t2", "running", "running", "failed"), page("t3", "running"),
		}}
		out, err := w.WaitCount(t.Context(), srv.Get, &jobIn{}, 3, WaitCallOptions(CallTimeout(time.Second)))
		require.NoError(t, err)
		assert.Equal(t, "t3", out.Next)
		assert.Equal(t, 6, srv.calls)
		for _, opts := range srv.opts {
			assert.Equal(t, []CallOption{CallTimeout(time.Second)}, opts)
		}
	})
}

// Items can move from page to page while they are listed.
func TestWaitCountOverlappingPages(t *testing.T) {
	t.Parallel()
	ids := func(out *jobOut) []string { return TextsOf(out.Nodes, func(n *jobNode) string { return n.ID }) }
	running := func(id string) jobNode { return jobNode{"running", id} }
	initial := func(id string) jobNode { return jobNode{"initial", id} }
	failed := func(id string) jobNode { return jobNode{"failed", id} }
	tests := map[string]struct {
		ids    func(*jobOut) []string
		polls  [][][]jobNode // pages of nodes
		count  int
		calls  int
		states []string // of all polls, as reported
		failed bool
	}{
		"the same node on two pages": {ids,
			[][][]jobNode{{{running("i1")}, {running("i1"), initial("i2")}}, {{running("i1")}, {running("i1"), running("i2")}}},
			2, 4, []string{"running 1, initial 1", "running 2"}, false},
		"the same node on one page": {ids,
			[][][]jobNode{{{running("i1"), running("i1")}}, {{running("i2"), running("i1")}}}, 2, 2, []string{"running 1", "running 2"}, false},
		"a node is counted anew by every poll": {ids,
			[][][]jobNode{{{running("i1")}}, {{running("i2")}}, {{running("i2"), running("i1")}}}, 2, 3, []string{"running 1", "running 1", "running 2"}, false},
		"a node gets ready between pages": {ids,
			[][][]jobNode{{{initial("i1"), running("i2")}, {running("i1")}}}, 2, 2, []string{"running 2"}, false},
		"a node stops running between pages": {ids,
			[][][]jobNode{{{running("i1")}, {{"odd", "i1"}, running("i2")}}, {{running("i1"), running("i2")}}},
			2, 3, []string{"odd 1, running 1", "running 2"}, false},
		"a state that is new passes between pages": {ids,
			[][][]jobNode{{{{"odd", "i1"}, running("i2")}, {initial("i1")}}, {{running("i1"), running("i2")}}},
			2, 3, []string{"initial 1, running 1", "running 2"}, false},
		"a node fails between pages": {ids,
			[][][]jobNode{{{initial("i1"), initial("i2")}, {failed("i1")}}}, 2, 2, []string{"failed 1, initial 1"}, true},
		"a failed node gets ready between pages": {ids,
			[][][]jobNode{{{failed("i1"), running("i2")}, {running("i1")}}}, 2, 2, []string{"running 2"}, false},
		"a pending node on two pages hides no failure": {ids,
			[][][]jobNode{{{initial("i1"), failed("i2")}, {initial("i1")}}}, 2, 2, []string{"initial 1, failed 1"}, true},
		"ids have a case": {ids,
			[][][]jobNode{{{running("i1"), running("I1")}}}, 2, 1, []string{"running 2"}, false},
		"nodes with an empty id": {ids,
			[][][]jobNode{{{running(""), running("i1")}, {running(""), running("i1"), initial("")}}, {{running(""), running("")}, {running("i1"), running("")}}},
			4, 4, []string{"running 3, initial 1", "running 4"}, false},
		"fewer ids than nodes": {func(out *jobOut) []string { return ids(out)[:1] },
			[][][]jobNode{{{running("i1"), running("i2")}, {running("i1"), running("i2"), initial("i3")}}}, 3, 2, []string{"running 3, initial 1"}, false},
		"nodes have no id": {nil,
			[][][]jobNode{{{running("i1")}, {running("i1"), initial("i2")}}}, 2, 2, []string{"running 2, initial 1"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := new(jobServer)
				for _, pages := range tt.polls {
					for i, nodes := range pages {
						next := ""
						if i < len(pages)-1 {
							next = fmt.Sprintf("t%d", i)
						}
						srv.answers = append(srv.answers, &jobOut{Nodes: nodes, Next: next})
					}
				}
				w := nodesWaiter
				w.Pages, w.IDs = nodesPager.Pages, tt.ids
				var states []string
				_, err := w.WaitCount(t.Context(), srv.Get, &jobIn{}, tt.count, WaitTimeout(time.Hour), WaitProgress(func(p Progress) {
					states = append(states, p.State)
					assert.Equal(t, !strings.Contains(p.State, "odd"), p.Known, p.State)
				}))
				_, failed := errors.AsType[*TaskError](err)
				assert.Equal(t, tt.failed, failed)
				assert.Equal(t, tt.failed, err != nil)
				assert.Equal(t, tt.calls, srv.calls)
				assert.Equal(t, tt.states, states)
			})
		})
	}
}

func TestWaitMistakes(t *testing.T) {
	t.Parallel()
	srv := &jobServer{answers: []poll{"success"}}
	_, err := nodesWaiter.Wait(t.Context(), srv.Get, &jobIn{})
	require.EqualError(t, err, "wait for NodesRunning: waiter counts items: use WaitCount")
	_, err = taskWaiter.WaitCount(t.Context(), srv.Get, &jobIn{}, 1)
	require.EqualError(t, err, "wait for Task: waiter does not count items: use Wait")
	_, err = taskWaiter.Wait(nil, srv.Get, &jobIn{}) //nolint:staticcheck // a mistake that must not panic
	require.EqualError(t, err, "wait for Task: context is nil")
	assert.Zero(t, srv.calls)

	_, err = nodesWaiter.WaitCount(t.Context(), (&jobServer{answers: []poll{(*jobOut)(nil)}}).Get, &jobIn{}, 1)
	require.ErrorIs(t, err, errNilResponse)
	refuses := func(_ context.Context, in *jobIn, _ ...CallOption) (*jobOut, error) {
		if in == nil {
			return nil, errors.New("ack: DescribeJob: request is nil")
		}
		return new(jobOut), nil
	}
	_, err = taskWaiter.Wait(t.Context(), refuses, nil)
	require.ErrorContains(t, err, "wait for Task: ack: DescribeJob: request is nil")
}

// Waiters are shared by all waits, also under the race detector.
func TestWaitIsConcurrent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		done := make(chan error)
		for i := range 8 {
			srv := &jobServer{answers: append(make([]poll, i), "success")}
			go func() {
				_, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{}, WaitTimeout(time.Hour))
				done <- err
			}()
		}
		for range 8 {
			require.NoError(t, <-done)
		}
	})
}

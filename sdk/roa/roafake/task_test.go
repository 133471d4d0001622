package roafake_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

func TestTaskGoesThroughItsStates(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(makeTask.Of(&makeResponse{Name: "thing"}, "running", "running", "success"))
	one, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	assert.Equal(t, "thing", one.Name)
	require.NotEmpty(t, one.TaskID)
	two, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	require.NotEqual(t, one.TaskID, two.TaskID, "each call starts a task of its own")

	for i, want := range []state{"running", "running", "success", "success", "success"} {
		out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: one.TaskID})
		require.NoError(t, err)
		assert.Equal(t, pollResponse{State: want, TaskID: one.TaskID}, out, i)
	}
	out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: two.TaskID})
	require.NoError(t, err)
	assert.Equal(t, state("running"), out.State)
	_, err = ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: "of somebody else"})
	require.ErrorIs(t, err, roafake.Pass)
	assert.Empty(t, r.Unused())
}

func TestTaskWithAnID(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(makeTask.Of(&makeResponse{TaskID: "T-1"}, "running", "success"))
	_, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: "T-1"})
	require.ErrorIs(t, err, roafake.Pass, "nothing has started it yet")
	for range 2 {
		started, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
		require.NoError(t, err)
		assert.Equal(t, "T-1", started.TaskID)
		for _, want := range []state{"running", "success"} {
			out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: "T-1"})
			require.NoError(t, err)
			assert.Equal(t, want, out.State)
		}
	}
}

func TestTaskThatFails(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(makeTask.Of(nil, "running", "fail").Edit(func(out *pollResponse) {
		if out.State == "fail" {
			out.Why = "no stock for " + out.TaskID
		}
	}))
	started, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Empty(t, out.Why)
	out, err = ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Equal(t, "no stock for "+started.TaskID, out.Why)
}

func TestTaskWithoutStates(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(makeTask.Of(nil))
	started, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	_, err = ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: started.TaskID})
	require.ErrorIs(t, err, roafake.Pass)
	assert.Empty(t, r.Unused())
}

// TestTasksNobodyWaitsFor reports both functions of a task that nobody started, and the
// second one of a task that nobody asked for.
func TestTasksNobodyWaitsFor(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(makeTask.Of(nil, "success"))
	assert.Len(t, r.Unused(), 2)
	started, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	assert.Len(t, r.Unused(), 1)
	_, err = ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Empty(t, r.Unused())
}

// TestTasksAtOnce starts tasks of several overrides and polls them in parallel.
func TestTasksAtOnce(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	var group sync.WaitGroup
	r.Add(makeTask.Of(&makeResponse{Name: "shared"}, "1", "2", "3"))
	for i := range 16 {
		r.Add(makeTask.Of(&makeResponse{TaskID: "T-" + strconv.Itoa(i)}, "a", "b", "c").Edit(func(out *pollResponse) { out.Why = strconv.Itoa(i) }))
	}
	started, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.NoError(t, err)
	assert.Equal(t, "T-15", started.TaskID, "the latest goes first")
	for range 16 {
		group.Go(func() {
			for range 4 {
				out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: "T-15"})
				assert.NoError(t, err)
				assert.Equal(t, "15", out.Why)
			}
		})
	}
	group.Wait()
	out, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{TaskID: "T-15"})
	require.NoError(t, err)
	assert.Equal(t, state("c"), out.State)
}

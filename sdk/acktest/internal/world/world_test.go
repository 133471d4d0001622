package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

var caller = world.Caller{Account: "1"}

func do(t *testing.T, s *world.State, operation string, f func(*world.World) error) {
	t.Helper()
	require.NoError(t, s.Do(world.Call{Caller: caller, Operation: operation}, f))
}

func create(t *testing.T, s *world.State) (id, task string) {
	t.Helper()
	do(t, s, "CreateCluster", func(w *world.World) error {
		started := w.CreateCluster(&world.Cluster{})
		id, task = started.ClusterID, started.ID
		return nil
	})
	return id, task
}

func stateOf(t *testing.T, s *world.State, id string) (state ack.ClusterState) {
	t.Helper()
	do(t, s, "DescribeClusterDetail", func(w *world.World) error {
		if c := w.Clusters.Get(id); c != nil {
			state = c.State
		}
		return nil
	})
	return state
}

func TestCluster(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	id, _ := create(t, s)
	assert.Equal(t, ack.ClusterStateInitial, stateOf(t, s, id))
	s.Advance(8*time.Minute - 1)
	assert.Equal(t, ack.ClusterStateInitial, stateOf(t, s, id))
	s.Advance(1)
	assert.Equal(t, ack.ClusterStateRunning, stateOf(t, s, id))
	do(t, s, "DeleteCluster", func(w *world.World) error {
		w.DeleteCluster(w.Clusters.Get(id), func(*ack.ClusterResource) bool { return false })
		return nil
	})
	assert.Equal(t, ack.ClusterStateDeleting, stateOf(t, s, id))
	s.Advance(5 * time.Minute)
	assert.Empty(t, stateOf(t, s, id))
}

func TestFailNext(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	s.FailNext("CreateCluster", world.Failure{Code: "NoStock", Message: "sold out", Stage: "create_control_plane"})
	s.FailNext("DeleteCluster", world.Failure{})
	assert.Equal(t, []string{"CreateCluster", "DeleteCluster"}, s.Failures())
	id, task := create(t, s)
	assert.Equal(t, []string{"DeleteCluster"}, s.Failures())
	require.NoError(t, s.Sleep(t.Context(), 6*time.Minute))
	assert.Equal(t, ack.ClusterStateFailed, stateOf(t, s, id))
	do(t, s, "DescribeTaskInfo", func(w *world.World) error {
		got := w.Tasks.Get(task).Describe()
		assert.Equal(t, ack.TaskStateFail, got.State)
		assert.Equal(t, ack.TaskError{Code: "NoStock", Message: "sold out"}, got.Error)
		assert.Equal(t, "create_control_plane", got.CurrentStage)
		assert.Equal(t, s.Now(), got.Updated)
		return nil
	})
	id, _ = create(t, s)
	s.Advance(time.Hour)
	assert.Equal(t, ack.ClusterStateRunning, stateOf(t, s, id))
}

// TestTasksAreBounded holds that a server that runs for long forgets old tasks, and none that is under way.
func TestTasksAreBounded(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	id, _ := create(t, s)
	s.Advance(time.Hour)
	var paused string
	do(t, s, "UpgradeCluster", func(w *world.World) error {
		upgrade := w.UpgradeCluster(w.Clusters.Get(id), w.Clusters.Get(id).CurrentVersion, false)
		paused = upgrade.ID
		return w.Pause(upgrade)
	})
	for range 10_000 {
		create(t, s)
	}
	do(t, s, "", func(w *world.World) error {
		assert.GreaterOrEqual(t, w.Tasks.Len(), 10_001, "all are under way, but the first")
		return nil
	})
	s.Advance(time.Hour)
	_, young := create(t, s)
	do(t, s, "", func(w *world.World) error {
		assert.LessOrEqual(t, w.Tasks.Len(), 5_001)
		assert.GreaterOrEqual(t, w.Tasks.Len(), 5_000)
		assert.NotNil(t, w.Tasks.Get(young))
		assert.NotNil(t, w.Tasks.Get(paused), "it is the oldest, and has not ended")
		return nil
	})
}

// TestCanceledIsNoFailure holds that a task that was to fail and is canceled before has not failed.
func TestCanceledIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newState()
	id, _ := create(t, s)
	s.Advance(time.Hour)
	s.FailNext("UpgradeCluster", world.Failure{Code: "Failed", Message: "sold out"})
	var upgrade *world.Task
	do(t, s, "UpgradeCluster", func(w *world.World) error {
		upgrade = w.UpgradeCluster(w.Clusters.Get(id), w.Clusters.Get(id).CurrentVersion, false)
		return w.CancelTask(upgrade)
	})
	require.NotNil(t, upgrade.Failure)
	s.Advance(time.Hour)
	assert.Equal(t, world.TaskCanceled, upgrade.State)
	assert.Zero(t, upgrade.Describe().Error)
	assert.Nil(t, upgrade.Failure)
}

// TestOrder holds that what is due at the same time happens in the order in which it was begun.
func TestOrder(t *testing.T) {
	t.Parallel()
	s := newState()
	var want, got []string
	for range 20 {
		id, _ := create(t, s)
		want = append(want, id)
	}
	s.Advance(time.Hour)
	do(t, s, "", func(w *world.World) error {
		for _, e := range w.Events {
			if e.Data.Reason == "Succeeded" {
				got = append(got, e.ClusterID)
			}
		}
		return nil
	})
	assert.Equal(t, want, got)
}

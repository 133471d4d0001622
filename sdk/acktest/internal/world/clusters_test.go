package world

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestChangesAreSaved holds that changes under way go on after the state was restored: one that waits for its window, one that is
// pausing, and those that hold what they change a cluster to.
func TestChangesAreSaved(t *testing.T) {
	t.Parallel()
	first := New(NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	var ids [2]string
	in := func(s *State, operation string, f func(w *World) error) {
		require.NoError(t, s.Do(Call{Caller: Caller{Account: "1"}, Operation: operation}, f))
	}
	in(first, "CreateCluster", func(w *World) error {
		for i := range ids {
			c := &Cluster{}
			c.CurrentVersion, c.ClusterSpec = "1.33.1-aliyun.1", ack.ClusterSpecACKProSmall
			c.Installed = []ack.ClusterAddon{{Name: "flannel", Config: new(roa.Secret("{}"))}}
			c.MaintenanceWindow.Enable = new(true)
			c.OperationPolicy.ClusterAutoUpgrade = &ack.ClusterAutoUpgrade{Enabled: new(i == 0)}
			w.CreateCluster(c)
			ids[i] = c.ClusterID
		}
		return nil
	})
	first.Advance(time.Hour)
	in(first, "Change", func(w *World) error {
		w.SetControlPlaneLog(w.Clusters.Get(ids[0]), ControlPlaneLog{Days: "7"})
		w.Clusters.Get(ids[0]).Addons.Put("kube-apiserver", &Addon{AddonInstance: ack.AddonInstance{Name: "kube-apiserver"}})
		w.Configure(w.Clusters.Get(ids[0]), []ack.ControlPlaneComponentConfig{{
			Name: new("kube-apiserver"), Configs: []ack.ControlPlaneParameter{{Key: new("a"), Value: new(roa.Secret("b"))}},
		}})
		w.ModifyCluster(w.Clusters.Get(ids[0]), &ack.ModifyClusterRequest{VSwitchIDs: []string{"vsw-1"}})
		return w.Pause(w.UpgradeCluster(w.Clusters.Get(ids[1]), "1.34.1-aliyun.1", false))
	})

	saved, err := first.Save()
	require.NoError(t, err)
	second := New(NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 2)
	require.NoError(t, second.Load(saved))
	again, err := second.Save()
	require.NoError(t, err)
	require.True(t, bytes.Equal(saved, again), "what is restored is what was saved; a failure must not print secrets")
	for _, s := range []*State{first, second} {
		s.Advance(8 * 24 * time.Hour)
		in(s, "Look", func(w *World) error {
			c := w.Clusters.Get(ids[0])
			assert.Equal(t, "1.33.3-aliyun.1", c.CurrentVersion)
			assert.Equal(t, "7", c.ControlPlaneLog.Days)
			assert.Equal(t, []string{"vsw-1"}, c.VSwitchIDs)
			assert.JSONEq(t, `{"a":"b"}`, c.Addons.Get("kube-apiserver").Config.Reveal())
			c = w.Clusters.Get(ids[1])
			assert.Equal(t, ack.ClusterStateUpgrading, c.State)
			assert.Equal(t, TaskPaused, w.LatestUpgrade(c).State)
			return w.Resume(w.LatestUpgrade(c))
		})
		s.Advance(time.Hour)
		in(s, "Look", func(w *World) error {
			assert.Equal(t, "1.34.1-aliyun.1", w.Clusters.Get(ids[1]).CurrentVersion)
			return nil
		})
	}
}

func TestFailuresAreForOperations(t *testing.T) {
	t.Parallel()
	s := New(NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	s.FailNext("CreateCluster", Failure{Message: "first", Stage: "no such stage"})
	s.FailNext("CreateCluster", Failure{Message: "second"})
	var tasks []*Task
	create := func(w *World) error {
		c := &Cluster{}
		c.CurrentVersion = "1.33.1-aliyun.1"
		c.MaintenanceWindow.Enable = new(true)
		c.OperationPolicy.ClusterAutoUpgrade = &ack.ClusterAutoUpgrade{Enabled: new(true)}
		tasks = append(tasks, w.CreateCluster(c))
		return nil
	}
	for range 3 {
		require.NoError(t, s.Do(Call{Operation: "CreateCluster"}, create))
		s.Advance(time.Hour) // which makes a plan of those that run
	}
	assert.Equal(t, []ack.TaskState{TaskFailed, TaskFailed, TaskSuccess}, []ack.TaskState{tasks[0].State, tasks[1].State, tasks[2].State})
	assert.Equal(t, "second", tasks[1].Failure.Message)
}

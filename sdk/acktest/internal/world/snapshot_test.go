package world_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

func TestSnapshot(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	id, task := create(t, s)
	do(t, s, "", func(w *world.World) error {
		w.Clusters.Get(id).MetaData = "secret"
		return nil
	})
	s.Advance(2 * time.Minute)
	saved, err := s.Save()
	require.NoError(t, err)
	again, err := s.Save()
	require.NoError(t, err)
	assert.True(t, string(saved) == string(again), "two snapshots of one state differ")

	other := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 7)
	create(t, other)
	require.NoError(t, other.Load(saved))
	assert.Equal(t, s.Now(), other.Now())
	again, err = other.Save()
	require.NoError(t, err)
	assert.True(t, string(saved) == string(again), "a snapshot differs from what it was restored from")
	for _, state := range []*world.State{s, other} {
		state.Advance(6*time.Minute - 1)
		assert.Equal(t, ack.ClusterStateInitial, stateOf(t, state, id))
		state.Advance(1)
		assert.Equal(t, ack.ClusterStateRunning, stateOf(t, state, id))
		do(t, state, "", func(w *world.World) error {
			assert.True(t, w.Clusters.Get(id).MetaData.Reveal() == "secret")
			assert.Equal(t, ack.TaskStateSuccess, w.Tasks.Get(task).State)
			return nil
		})
	}
	next, _ := create(t, s)
	same, _ := create(t, other)
	assert.Equal(t, next, same, "ids go on")
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	id, _ := create(t, s)
	saved, err := s.Save()
	require.NoError(t, err)
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":      {"", "not JSON"},
		"cut off":      {string(saved[:len(saved)/2]), "not JSON"},
		"wrong type":   {strings.Replace(string(saved), `"version": 1`, `"version": "geheim"`, 1), "/version does not fit int"},
		"newer":        {strings.Replace(string(saved), `"version": 1`, `"version": 2`, 1), "its version is 2, and this program reads 1"},
		"unknown kind": {strings.Replace(string(saved), "create_cluster", "build_cluster", 1), "is of no known kind"},
		"null row":     {strings.Replace(string(saved), `"row": {`, `"row": null, "more": {`, 1), "does not fit"},
		"other id":     {strings.Replace(string(saved), `"ID": "`, `"ID": "0`, 1), "has another id"},
		"no cluster":   {strings.ReplaceAll(string(saved), `"ClusterID": "`, `"ClusterID": "0`), "is for a cluster that is missing"},
		"no ids":       {strings.Replace(string(saved), `"ids": "`, `"ids": "AAAA`, 1), "ids: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := s.Load([]byte(tt.text))
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, err.Error(), "geheim")
			assert.NotEmpty(t, stateOf(t, s, id))
		})
	}
}

// TestLoadRefusesStrangers refuses things that are kept by another id than they have, and nodes whose node pool is not there.
func TestLoadRefusesStrangers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(*world.World, *world.Cluster, *world.NodePool, *world.Node)
		want  string
	}{
		"account": {func(w *world.World, _ *world.Cluster, _ *world.NodePool, _ *world.Node) { w.ID = "x" }, "account 1 has another id"},
		"cluster": {func(_ *world.World, c *world.Cluster, _ *world.NodePool, _ *world.Node) { c.ClusterID = "x" }, "has another id"},
		"node pool": {func(_ *world.World, _ *world.Cluster, p *world.NodePool, _ *world.Node) {
			p.NodePoolInfo.NodePoolID = "x"
		}, "has another id"},
		"node": {func(_ *world.World, _ *world.Cluster, _ *world.NodePool, n *world.Node) { n.InstanceID = "x" }, "has another id"},
		"node of no such pool": {
			func(_ *world.World, _ *world.Cluster, _ *world.NodePool, n *world.Node) { n.NodePoolID = "x" }, "is of a node pool that is missing",
		},
		"node of a pool that is gone": {func(_ *world.World, c *world.Cluster, p *world.NodePool, _ *world.Node) {
			c.NodePools.Delete(p.NodePoolInfo.NodePoolID)
		}, "is of a node pool that is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newState()
			id, _ := create(t, s)
			do(t, s, "CreateClusterNodePool", func(w *world.World) error {
				c := w.Clusters.Get(id)
				p, _ := w.CreateNodePool(c, &ack.CreateClusterNodePoolRequest{Count: new(int64(1))})
				n := c.Nodes.Find(func(n *world.Node) bool { return n.NodePoolID == p.NodePoolInfo.NodePoolID })
				require.NotNil(t, n)
				tt.spoil(w, c, p, n)
				return nil
			})
			saved, err := s.Save()
			require.NoError(t, err)
			require.ErrorContains(t, newState().Load(saved), tt.want)
		})
	}
}

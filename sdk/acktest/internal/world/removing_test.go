package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

// TestRemovalFails holds that the nodes of a removal that fails are again what they were, and what their node pool says of new ones.
func TestRemovalFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		node          Node
		state         ack.NodeState
		unschedulable bool
	}{
		"it works":              {Node{Node: ack.Node{NodePoolID: "open"}, Joined: true}, ack.NodeStateRunning, false},
		"it never joined":       {Node{Node: ack.Node{NodePoolID: "open"}}, ack.NodeStateFailed, false},
		"it had failed":         {Node{Node: ack.Node{NodePoolID: "open", ErrorMessage: "sold out"}, Joined: true}, ack.NodeStateFailed, false},
		"of a pool kept closed": {Node{Node: ack.Node{NodePoolID: "closed"}, Joined: true}, ack.NodeStateRunning, true},
		"of no pool":            {Node{Joined: true}, ack.NodeStateRunning, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := New(NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
			s.FailNext("RemoveClusterNodes", Failure{Message: "in use"})
			n := &test.node
			n.InstanceID = "i-1"
			var removal *Task
			require.NoError(t, s.Do(Call{Operation: "RemoveClusterNodes"}, func(w *World) error {
				c := &Cluster{}
				c.ClusterID = "c1"
				w.Clusters.Put(c.ClusterID, c)
				for id, closed := range map[string]bool{"open": false, "closed": true} {
					p := &NodePool{}
					p.NodePoolInfo.NodePoolID, p.KubernetesConfig.Unschedulable = id, &closed
					c.NodePools.Put(id, p)
				}
				c.Nodes.Put(n.InstanceID, n)
				removal = w.RemoveNodes(c, []*Node{n}, Removal{})
				return nil
			}))
			assert.Equal(t, NodeStateRemoving, n.State)
			assert.True(t, n.Unschedulable)
			s.Advance(time.Hour)
			assert.Equal(t, TaskFailed, removal.State)
			assert.Equal(t, test.state, n.State)
			assert.Equal(t, test.unschedulable, n.Unschedulable)
			assert.Equal(t, []ack.TaskResult{{Data: n.InstanceID, Status: ack.TaskResultStatusFailed}}, removal.Results)
		})
	}
}

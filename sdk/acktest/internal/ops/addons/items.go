package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// taken holds the names and the slots that a request has named.
type taken map[string]bool

// take notes a name and a slot, and refuses those that were named before.
func (t taken) take(name, slot string) error {
	switch {
	case t[name]:
		return world.Invalid("The add-on %s is named twice.", name)
	case slot != "" && t["slot "+slot]:
		return world.Invalid("The add-on %s does not go with another one of the request.", name)
	}
	t[name], t["slot "+slot] = true, true
	return nil
}

// settled returns an add-on of a cluster that nothing is being done to.
func settled(c *world.Cluster, name string) (*world.Addon, error) {
	a, err := c.Addon(name)
	if err != nil {
		return nil, err
	}
	switch a.State {
	case ack.AddonStateActive, ack.AddonStateFailed, ack.AddonStateUnhealthy:
		return a, nil
	}
	return nil, world.Conflict("The add-on %s is %s.", name, a.State)
}

func reference(t *world.Task) ack.TaskReference {
	return ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}
}

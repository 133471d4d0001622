package autorepair

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// find returns a repair policy and its cluster.
func find(w *world.World, clusterID, id string) (*world.Cluster, *ack.RepairPolicy, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, nil, err
	}
	if p := c.RepairPolicies.Get(id); p != nil {
		return c, p, nil
	}
	return nil, nil, world.NotFound("repair policy", id)
}

// describe returns a policy with the node pools that follow it.
func describe(c *world.Cluster, p *ack.RepairPolicy) ack.RepairPolicy {
	out := *p
	out.ResourceIDs = c.NodePoolsFollowing(p.ID)
	return out
}

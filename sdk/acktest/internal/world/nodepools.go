package world

import "github.com/ackgen/ackgen/sdk/ack"

// A NodePool is a node pool. Its nodes are in the table of the cluster.
type NodePool struct {
	ack.NodePool
}

// NodePool returns the node pool of an id, or the fault that there is none.
func (c *Cluster) NodePool(id string) (*NodePool, error) {
	if p := c.NodePools.Get(id); p != nil {
		return p, nil
	}
	return nil, NodePoolNotFound(id)
}

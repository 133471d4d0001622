package world

import (
	"iter"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Node is a machine of a cluster, and what Kubernetes knows of it.
type Node struct {
	ack.Node

	Labels        map[string]string
	Taints        []ack.Taint
	Unschedulable bool
}

// NodesOf goes through the nodes of a node pool, the oldest first.
func (c *Cluster) NodesOf(nodePoolID string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, n := range c.Nodes.All() {
			if n.NodePoolID == nodePoolID && !yield(n) {
				return
			}
		}
	}
}

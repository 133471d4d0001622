package world

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Text is what people read, in the languages of the service.
type Text struct{ EN, ZH string }

// In returns the text in a language such as en_US or zh_CN. English is the language where none is asked for: no source tells
// which one the service chooses.
func (t Text) In(language string) string {
	if strings.HasPrefix(language, "zh") {
		return t.ZH
	}
	return t.EN
}

// A probe looks at things of a cluster. It returns the names of all and of those that are not as they should be.
type probe func(w *World, c *Cluster) (all, bad []string)

// probeNodes returns a probe of nodes.
func probeNodes(isBad func(*Node) bool) probe {
	return func(_ *World, c *Cluster) (all, bad []string) {
		for _, n := range c.Nodes.All() {
			all = append(all, n.NodeName)
			if isBad(n) {
				bad = append(bad, n.NodeName)
			}
		}
		return all, bad
	}
}

// probePools returns a probe of node pools.
func probePools(isBad func(*NodePool) bool) probe {
	return func(_ *World, c *Cluster) (all, bad []string) {
		for id, p := range c.NodePools.All() {
			all = append(all, id)
			if isBad(p) {
				bad = append(bad, id)
			}
		}
		return all, bad
	}
}

// probeCluster returns a probe of the cluster itself.
func probeCluster(isBad func(*World, *Cluster) bool) probe {
	return func(w *World, c *Cluster) (all, bad []string) {
		if isBad(w, c) {
			bad = []string{c.ClusterID}
		}
		return []string{c.ClusterID}, bad
	}
}

func isUnready(n *Node) bool { return n.NodeStatus != ack.NodeStatusReady }

func isUnschedulable(n *Node) bool { return n.Unschedulable }

// kept is how many checks, diagnoses and reports of a cluster are kept each. No source tells how long the service keeps them.
const kept = 200

// dropOld drops the oldest rows of a table that has more than the number that is kept.
func dropOld[T any](t *Table[T]) {
	for id := range t.All() {
		if t.Len() <= kept {
			return
		}
		t.Delete(id)
	}
}

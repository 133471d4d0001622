// Package operationplans is what the operations on plans for maintenance do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package operationplans

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CancelOperationPlan":         behavior.Of(CancelOperationPlan),
		"ListOperationPlans":          behavior.Of(ListOperationPlans),
		"ListOperationPlansForRegion": behavior.Of(ListOperationPlansForRegion),
	}
}

// list returns the plans that suit, the latest first; an empty id stands for all clusters.
func list(w *world.World, clusterID string, suits func(*world.Cluster, *ack.OperationPlan) bool) []ack.OperationPlan {
	out := []ack.OperationPlan{}
	for _, c := range w.Clusters.All() {
		for _, p := range c.Plans.All() {
			if (clusterID == "" || c.ClusterID == clusterID) && suits(c, p) {
				out = append(out, *p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ack.OperationPlan) int { return b.Created.Compare(a.Created) })
	return out
}

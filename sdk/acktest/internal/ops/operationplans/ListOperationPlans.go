package operationplans

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListOperationPlans lists the plans for clusters of the account. It has a word of its own for upgrades, and tells no reasons.
func ListOperationPlans(w *world.World, in *ack.ListOperationPlansRequest) (*ack.ListOperationPlansResponse, error) {
	kind := behavior.Value(in.Type)
	plans := list(w, behavior.Value(in.ClusterID), func(c *world.Cluster, p *ack.OperationPlan) bool {
		return kind == "" || p.Type == kind || olderType(p.Type) == kind
	})
	for i := range plans {
		plans[i].Type, plans[i].StateReason = olderType(plans[i].Type), ack.OperationPlanStateReason{}
	}
	return &ack.ListOperationPlansResponse{OperationPlanList: ack.OperationPlanList{Plans: plans}}, nil
}

func olderType(kind ack.OperationPlanType) ack.OperationPlanType {
	if kind == ack.OperationPlanTypeClusterUpgradeMaster {
		return ack.OperationPlanTypeClusterUpgrade
	}
	return kind
}

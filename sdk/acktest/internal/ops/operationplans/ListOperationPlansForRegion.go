package operationplans

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// latest is how many plans of a region are listed.
const latest = 100

// ListOperationPlansForRegion lists the latest plans for clusters of a region.
func ListOperationPlansForRegion(w *world.World, in *ack.ListOperationPlansForRegionRequest) (*ack.ListOperationPlansForRegionResponse, error) {
	plans := list(w, behavior.Value(in.ClusterID), func(c *world.Cluster, p *ack.OperationPlan) bool {
		return c.RegionID == in.RegionID && behavior.ValueOr(in.Type, p.Type) == p.Type && behavior.ValueOr(in.State, p.State) == p.State
	})
	plans = plans[:min(len(plans), latest)]
	return &ack.ListOperationPlansForRegionResponse{OperationPlanList: ack.OperationPlanList{Plans: plans}}, nil
}

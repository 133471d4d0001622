package operationplans

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CancelOperationPlan cancels a plan whose time has not come.
func CancelOperationPlan(w *world.World, in *ack.CancelOperationPlanRequest) (*ack.CancelOperationPlanResponse, error) {
	for _, c := range w.Clusters.All() {
		if p := c.Plans.Get(in.PlanID); p != nil {
			return &ack.CancelOperationPlanResponse{}, w.CancelPlan(p)
		}
	}
	return nil, world.NotFound("operation plan", in.PlanID)
}

package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Before a quiet week nothing that is planned for the cluster may begin. A plan that is being executed is left alone.
func ExampleClient_ListOperationPlansForRegion() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	list, err := client.ListOperationPlansForRegion(ctx, &ack.ListOperationPlansForRegionRequest{RegionID: "cn-beijing"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, plan := range list.Plans {
		fmt.Println(plan.Type, plan.TargetID, plan.State, plan.StateReason.Code)
		if plan.State != ack.OperationPlanStateScheduled {
			continue
		}
		if _, err := client.CancelOperationPlan(ctx, &ack.CancelOperationPlanRequest{PlanID: plan.PlanID}); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// CLUSTER_UPGRADE_MASTER c82e6987e2961451182edacd74faf1234 Canceled CanceledByUser
	// CVE_FIX np31da1b38983f4511b490fc62108a615 Executing
}

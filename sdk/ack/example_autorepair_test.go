package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// From now on no step of any repair begins before somebody approves it.
func ExampleClient_ModifyAutoRepairPolicy() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	list, err := client.ListAutoRepairPolicies(ctx, &ack.ListAutoRepairPoliciesRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, policy := range list.Items {
		change := policy.ToModifyAutoRepairPolicyRequest()
		change.ClusterID, change.PolicyID = "c1", policy.ID
		for _, rule := range change.Rules {
			for i := range rule.RepairProcedure {
				step := &rule.RepairProcedure[i]
				step.Intervention = &ack.RepairIntervention{Enable: new(true), Type: new("label")}
				fmt.Println(policy.Name, *step.Name)
			}
		}
		if _, err := client.ModifyAutoRepairPolicy(ctx, change); err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// gpu-repair Drain
}

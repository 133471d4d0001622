package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The id of the cluster is sent twice. The token is a secret: it prints as a mask.
func ExampleClient_CreateTrigger() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	if _, err := client.CreateTrigger(ctx, &ack.CreateTriggerRequest{
		ClusterID:     "c1",
		BodyClusterID: "c1",
		ProjectID:     "default/test-app",
		Action:        ack.TriggerActionRedeploy,
	}); err != nil {
		fmt.Println(err)
		return
	}
	triggers, err := client.DescribeTrigger(ctx, &ack.DescribeTriggerRequest{ClusterID: "c1", Namespace: "default", Name: "test-app"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, trigger := range triggers.Items {
		fmt.Println(trigger.ProjectID, trigger.Action, trigger.Token)
	}
	// Output:
	// default/test-app redeploy [REDACTED]
}

package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Keeps a set of alert rules silent while something is done that would trigger them.
func ExampleClient_StopAlert() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	group := new("pod-exceptions") // no rule is named, so this is about the whole set
	stopped, err := client.StopAlert(ctx, &ack.StopAlertRequest{ClusterID: "c1", AlertRuleGroupName: group})
	if err != nil {
		fmt.Println(err)
		return
	}
	if !stopped.Status { // the request arrived, but the rules are as before
		fmt.Println(stopped.Msg)
		return
	}
	started, err := client.StartAlert(ctx, &ack.StartAlertRequest{ClusterID: "c1", AlertRuleGroupName: group})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(started.Status, started.Msg)
	// Output:
	// true success
}

package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A check ahead of an upgrade shows in time what would stop it.
func ExampleClient_RunClusterCheck() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	started, err := client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{
		ClusterID: "c1",
		Type:      ack.ClusterCheckTypeClusterUpgrade,
		Options:   map[string]string{"next_version": "1.32.1-aliyun.1"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	check, err := client.WaitClusterCheckSucceeded(ctx, &ack.GetClusterCheckRequest{ClusterID: "c1", CheckID: started.CheckID})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, items := range check.CheckItems {
		for _, item := range items {
			fmt.Println(item["Group"])
		}
	}
	// Output:
	// ClusterResource
}

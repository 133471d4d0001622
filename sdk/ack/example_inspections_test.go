package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The inspection runs to its end. Then the report tells what to mend, and how.
func ExampleClient_GetClusterInspectReportDetailAll() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()

	run, err := client.RunClusterInspectAndWait(ctx, &ack.RunClusterInspectRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	request := &ack.GetClusterInspectReportDetailRequest{
		ClusterID: "c1",
		ReportID:  run.ReportID,
		Language:  new(ack.GetClusterInspectReportDetailLanguageEnUs),
	}
	for result, err := range client.GetClusterInspectReportDetailAll(ctx, request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if result.Fix != "" {
			fmt.Printf("%s: %s: %s\n", result.Level, result.Name, result.Fix)
		}
	}
	// Output:
	// warning: Automatic repair of nodes: Enable automatic repair in the settings of the node pool.
}

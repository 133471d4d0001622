package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Fields that are not set keep the default of the service; a pointer to false is sent as false.
func ExampleClient_CreateAutoscalingConfigAndWait() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.CreateAutoscalingConfigAndWait(context.Background(), &ack.CreateAutoscalingConfigRequest{
		ClusterID:            "c1",
		Expander:             new(ack.AutoscalingExpanderLeastWaste),
		ScaleDownEnabled:     new(false),
		UtilizationThreshold: new("0.5"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("configured by", out.TaskID)
	fmt.Println(srv.Requests()[0].Body)
	// Output:
	// configured by T-5a54309c80282e39ea00002f
	// map[expander:least-waste scale_down_enabled:false utilization_threshold:0.5]
}

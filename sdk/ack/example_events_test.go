package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The loop looks for errors among the newest hundred events. It can stop at any item: no page is fetched that nobody reads.
func ExampleClient_DescribeEventsAll() {
	srv, client := fake()
	defer srv.Close()
	request := &ack.DescribeEventsRequest{ClusterID: new("c1"), PageSize: new(int64(50))}
	seen := 0
	for event, err := range client.DescribeEventsAll(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if event.Data.Level == ack.EventDataLevelError {
			fmt.Println(event.Type, event.Subject, event.Data.Message)
		}
		if seen++; seen == 100 {
			break
		}
	}
	// Output:
	// cluster_addon_install metrics-server install metrics-server: image pull timed out
}

package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The kubelet of a node pool is moved to another version, one node at a time.
func ExampleClient_UpdateNodePoolComponentInstanceAndWait() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	const version = "1.34.1-aliyun.1"
	request := &ack.ListNodePoolComponentInstancesRequest{ClusterID: "c1", NodePoolID: "np1"}
	for component, err := range client.ListNodePoolComponentInstancesAll(ctx, request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if component.Name != "kubelet" || component.Version == version {
			continue
		}
		_, err = client.UpdateNodePoolComponentInstanceAndWait(ctx, &ack.UpdateNodePoolComponentInstanceRequest{
			ClusterID:     "c1",
			NodePoolID:    "np1",
			Name:          component.Name,
			Version:       new(version),
			RollingPolicy: &ack.NodeComponentRollout{MaxParallelism: new(int64(1))},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(component.Name, component.Version, "->", version)
	}
	// Output:
	// kubelet 1.33.3-aliyun.1 -> 1.34.1-aliyun.1
}

package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The copy holds all settings of the pool that can be changed. The program adds one node and sends it back.
func ExampleNodePool_ToModifyClusterNodePoolRequest() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()

	pool, err := client.DescribeClusterNodePoolDetail(ctx, &ack.DescribeClusterNodePoolDetailRequest{ClusterID: "c1", NodePoolID: "np1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	size := pool.ScalingGroup.DesiredSize
	if size == nil {
		fmt.Println("the pool scales by itself")
		return
	}
	change := pool.ToModifyClusterNodePoolRequest()
	change.ClusterID, change.NodePoolID = "c1", "np1"
	change.ScalingGroup.DesiredSize = new(*size + 1)
	if _, err := client.ModifyClusterNodePoolAndWait(ctx, change); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pool.NodePoolInfo.Name, *size, "->", *change.ScalingGroup.DesiredSize)
	// Output:
	// default-nodepool 3 -> 4
}

// A copy of the settings of a pool makes a second one in another cluster. Secrets such as passwords are never copied.
func ExampleNodePool_ToCreateClusterNodePoolRequest() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()

	pools, err := client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: "c1"})
	if err != nil || len(pools.NodePools) == 0 {
		fmt.Println("no pool to copy:", err)
		return
	}
	create := pools.NodePools[0].ToCreateClusterNodePoolRequest()
	create.ClusterID = "c2"
	create.NodePoolInfo.Name = "copy"
	out, err := client.CreateClusterNodePoolAndWait(ctx, create)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("created", out.NodePoolID, "of", create.ScalingGroup.InstanceTypes)
	// Output:
	// created np31da1b38983f4511b490fc62108a615 of [ecs.g7.xlarge]
}

// Fields that are nil when the service does not report them, such as the desired size of a pool that scales by itself, are pointers.
func ExampleClient_DescribeClusterNodePools() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.DescribeClusterNodePools(context.Background(), &ack.DescribeClusterNodePoolsRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, pool := range out.NodePools {
		name, status := pool.NodePoolInfo.Name, pool.Status
		fmt.Printf("%s is %s: %d of %d nodes are healthy\n", name, status.State, status.HealthyNodes, status.TotalNodes)
		if size := pool.ScalingGroup.DesiredSize; size != nil {
			fmt.Println("desired size:", *size)
		}
	}
	// Output:
	// default-nodepool is active: 3 of 3 nodes are healthy
	// desired size: 3
}

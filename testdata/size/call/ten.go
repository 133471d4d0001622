//go:build ten

package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// With this file the program calls ten operations.
func init() {
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials(os.Args[2], os.Args[3], "")),
	)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx, cluster, pool := context.Background(), os.Args[1], os.Args[4]
	fmt.Println(client.DescribeClustersV1(ctx, &ack.DescribeClustersV1Request{}))
	fmt.Println(client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: cluster}))
	fmt.Println(client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: cluster}))
	fmt.Println(client.DescribeClusterNodePoolDetail(ctx, &ack.DescribeClusterNodePoolDetailRequest{ClusterID: cluster, NodePoolID: pool}))
	fmt.Println(client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{ClusterID: cluster}))
	fmt.Println(client.ScaleClusterNodePool(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: cluster, NodePoolID: pool}))
	fmt.Println(client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: os.Args[5]}))
	fmt.Println(client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster}))
	fmt.Println(client.DescribeAddons(ctx, &ack.DescribeAddonsRequest{}))
}

//go:build ten

package main

import (
	"context"
	"fmt"
	"os"

	cs "example.com/bench/ogen"
)

func init() {
	ctx, cluster, pool := context.Background(), os.Args[1], os.Args[4]
	fmt.Println(client.DescribeClustersV1(ctx, cs.DescribeClustersV1Params{}))
	fmt.Println(client.DescribeClusterNodes(ctx, cs.DescribeClusterNodesParams{ClusterId: cluster}))
	fmt.Println(client.DescribeClusterNodePools(ctx, cs.DescribeClusterNodePoolsParams{ClusterId: cluster}))
	fmt.Println(client.DescribeClusterNodePoolDetail(ctx, cs.DescribeClusterNodePoolDetailParams{ClusterId: cluster, NodepoolId: pool}))
	fmt.Println(client.CreateClusterNodePool(ctx, &cs.CreateClusterNodePoolBody{}, cs.CreateClusterNodePoolParams{ClusterId: cluster}))
	fmt.Println(client.ScaleClusterNodePool(ctx, &cs.ScaleClusterNodePoolBody{}, cs.ScaleClusterNodePoolParams{ClusterId: cluster, NodepoolId: pool}))
	fmt.Println(client.DescribeTaskInfo(ctx, cs.DescribeTaskInfoParams{TaskId: os.Args[5]}))
	fmt.Println(client.DescribeClusterUserKubeconfig(ctx, cs.DescribeClusterUserKubeconfigParams{ClusterId: cluster}))
	fmt.Println(client.DescribeAddons(ctx, cs.DescribeAddonsParams{}))
}

//go:build ten

package main

import (
	"context"
	"fmt"
	"os"

	cs "example.com/bench/oapi"
)

func init() {
	ctx, cluster, pool := context.Background(), os.Args[1], os.Args[4]
	fmt.Println(client.DescribeClustersV1WithResponse(ctx, &cs.DescribeClustersV1Params{}))
	fmt.Println(client.DescribeClusterNodesWithResponse(ctx, cluster, &cs.DescribeClusterNodesParams{}))
	fmt.Println(client.DescribeClusterNodePoolsWithResponse(ctx, cluster, &cs.DescribeClusterNodePoolsParams{}))
	fmt.Println(client.DescribeClusterNodePoolDetailWithResponse(ctx, cluster, pool))
	fmt.Println(client.CreateClusterNodePoolWithResponse(ctx, cluster, cs.CreateClusterNodePoolJSONRequestBody{}))
	fmt.Println(client.ScaleClusterNodePoolWithResponse(ctx, cluster, pool, cs.ScaleClusterNodePoolJSONRequestBody{}))
	fmt.Println(client.DescribeTaskInfoWithResponse(ctx, os.Args[5]))
	fmt.Println(client.DescribeClusterUserKubeconfigWithResponse(ctx, cluster, &cs.DescribeClusterUserKubeconfigParams{}))
	fmt.Println(client.DescribeAddonsWithResponse(ctx, &cs.DescribeAddonsParams{}))
}

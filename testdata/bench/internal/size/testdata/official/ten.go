//go:build ten

package main

import (
	"fmt"
	"os"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
)

func init() {
	cluster, pool := &os.Args[1], &os.Args[4]
	fmt.Println(client.DescribeClustersV1(&cs.DescribeClustersV1Request{}))
	fmt.Println(client.DescribeClusterNodes(cluster, &cs.DescribeClusterNodesRequest{}))
	fmt.Println(client.DescribeClusterNodePools(cluster, &cs.DescribeClusterNodePoolsRequest{}))
	fmt.Println(client.DescribeClusterNodePoolDetail(cluster, pool))
	fmt.Println(client.CreateClusterNodePool(cluster, &cs.CreateClusterNodePoolRequest{}))
	fmt.Println(client.ScaleClusterNodePool(cluster, pool, &cs.ScaleClusterNodePoolRequest{}))
	fmt.Println(client.DescribeTaskInfo(&os.Args[5]))
	fmt.Println(client.DescribeClusterUserKubeconfig(cluster, &cs.DescribeClusterUserKubeconfigRequest{}))
	fmt.Println(client.DescribeAddons(&cs.DescribeAddonsRequest{}))
}

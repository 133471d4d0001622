package main

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/roa"

	"example.com/fleet/internal/ack"
)

// grow adds nodes to a pool that has fewer than count, waits until as many are ready,
// and returns the names of all nodes of the pool. A client or a mock does the calls.
func grow(ctx context.Context, api ack.API, cluster, pool string, count int, opts ...roa.WaitOption) ([]string, error) {
	detail, err := api.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: cluster})
	if err != nil {
		return nil, err
	}
	if detail.State != ack.ClusterStateRunning {
		return nil, fmt.Errorf("cluster %s is %s, not running", detail.Name, detail.State)
	}
	nodes := &ack.DescribeClusterNodesRequest{ClusterID: cluster, NodePoolID: &pool}
	names, err := namesOf(ctx, api, nodes)
	if err != nil || len(names) >= count {
		return names, err
	}
	missing := int64(count - len(names))
	if _, err := api.ScaleClusterNodePool(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: cluster, NodePoolID: pool, Count: &missing}); err != nil {
		return nil, err
	}
	if _, err := ack.NodesReadyWaiter.WaitCount(ctx, api.DescribeClusterNodes, nodes, count, opts...); err != nil {
		return nil, err
	}
	return namesOf(ctx, api, nodes)
}

// namesOf returns the names of all nodes that match, on whatever page they are.
func namesOf(ctx context.Context, api ack.NodesAPI, in *ack.DescribeClusterNodesRequest) ([]string, error) {
	var names []string
	for node, err := range ack.DescribeClusterNodesPager.All(ctx, api.DescribeClusterNodes, in) {
		if err != nil {
			return nil, err
		}
		names = append(names, node.NodeName)
	}
	return names, nil
}

// Command overrides adds nodes to a node pool and tells how the nodes are. Its tests
// say what the service responds, by functions of package ackfake.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	cluster := flag.String("cluster", "", "id of the cluster")
	pool := flag.String("pool", "", "id of the node pool")
	count := flag.Int64("count", 1, "how many nodes to add")
	flag.Parse()
	options, err := credentials.FromEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	client, err := ack.New(options...)
	if err != nil {
		log.Fatal(err)
	}
	if err := scale(context.Background(), os.Stdout, client, *cluster, *pool, *count); err != nil {
		log.Fatal(err)
	}
}

// scale adds nodes to a pool, waits for them, and writes how many nodes of the pool run.
func scale(ctx context.Context, w io.Writer, api ack.API, cluster, pool string, count int64) error {
	_, err := api.ScaleClusterNodePoolAndWait(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: cluster, NodePoolID: pool, Count: &count})
	if taskErr, ok := errors.AsType[*roa.TaskError](err); ok {
		return fmt.Errorf("nodes were not added: %s", taskErr.Message)
	}
	if err != nil {
		return fmt.Errorf("add nodes: %w", err)
	}
	all, running := 0, 0
	for node, err := range api.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: cluster, NodePoolID: &pool}) {
		if err != nil {
			return fmt.Errorf("list nodes: %w", err)
		}
		all++
		if node.State == ack.NodeStateRunning {
			running++
		}
	}
	_, err = fmt.Fprintf(w, "%d of %d nodes run\n", running, all)
	return err
}

// Command mocks replaces the failed nodes of a cluster. Its functions take interfaces, and its tests give them mocks of every kind.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: mocks CLUSTER_ID")
	}
	options, err := credentials.FromEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	client, err := ack.New(options...)
	if err != nil {
		log.Fatal(err)
	}
	if err := replaceFailed(context.Background(), os.Stdout, client, os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// name returns the name of a cluster. It takes the one operation that it needs.
func name(ctx context.Context, api ack.DescribeClusterDetailCaller, clusterID string) (string, error) {
	out, err := api.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: clusterID})
	if err != nil {
		return "", err
	}
	return out.Name, nil
}

// clustersAndNodes is what replaceFailed needs of a client.
type clustersAndNodes interface {
	ack.DescribeClusterDetailCaller
	ack.NodesAPI
}

// replaceFailed removes the nodes that have failed, and waits until as many run as
// before. The cluster is expected to bring up nodes by itself.
func replaceFailed(ctx context.Context, w io.Writer, api clustersAndNodes, clusterID string) error {
	cluster, err := name(ctx, api, clusterID)
	if err != nil {
		return err
	}
	in := &ack.DescribeClusterNodesRequest{ClusterID: clusterID, PageSize: new("100")}
	var failed []string
	count := 0
	for node, err := range api.DescribeClusterNodesAll(ctx, in) {
		if err != nil {
			return err
		}
		count++
		if node.State == ack.NodeStateFailed {
			failed = append(failed, node.NodeName)
		}
	}
	if len(failed) == 0 {
		return nil
	}
	remove := &ack.DeleteClusterNodesRequest{ClusterID: clusterID, Nodes: failed, ReleaseNode: new(true)}
	if _, err := api.DeleteClusterNodesAndWait(ctx, remove, roa.WaitTimeout(20*time.Minute)); err != nil {
		return err
	}
	if _, err := api.WaitNodesRunning(ctx, in, count, roa.WaitTimeout(20*time.Minute)); err != nil {
		return err
	}
	fmt.Fprintln(w, cluster, "replaced", failed)
	return nil
}

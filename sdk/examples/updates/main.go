// Command updates tells what has changed between two looks at the nodes of a cluster. It is written so that updates
// of the SDK do not break it.
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
)

func main() {
	if len(os.Args) < 2 {
		log.Fatal("usage: updates CLUSTER_ID")
	}
	options, err := credentials.FromEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	client, err := ack.New(options...)
	if err != nil {
		log.Fatal(err)
	}
	if err := watch(context.Background(), os.Stdout, client, os.Args[1], time.Minute); err != nil {
		log.Fatal(err)
	}
}

// watch looks at the nodes twice and prints those that have changed.
func watch(ctx context.Context, w io.Writer, api ack.NodesAPI, clusterID string, pause time.Duration) error {
	before, err := look(ctx, api, clusterID)
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
	}
	now, err := look(ctx, api, clusterID)
	if err != nil {
		return err
	}
	for name, node := range now {
		if old, ok := before[name]; ok && !same(old, node) {
			fmt.Fprintf(w, "%s was %s and is %s\n", name, doing(old), doing(node))
		}
	}
	return nil
}

// look returns the nodes by name. The fields of the request have their names, as there may be more of them.
func look(ctx context.Context, api ack.NodesAPI, clusterID string) (map[string]ack.Node, error) {
	nodes := map[string]ack.Node{}
	for node, err := range api.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: clusterID}) {
		if err != nil {
			return nil, err
		}
		nodes[node.NodeName] = node
	}
	return nodes, nil
}

// same reports whether a node does what it did. It compares the fields that matter and not the structs, which may come
// to have fields that cannot be compared.
func same(a, b ack.Node) bool {
	return a.State == b.State && a.InstanceID == b.InstanceID
}

// doing tells what a node does. Services come to know states that programs have not heard of.
func doing(node ack.Node) string {
	switch node.State {
	case ack.NodeStateRunning:
		return "at work"
	case ack.NodeStateInitial, ack.NodeStatePending, ack.NodeStateStarting:
		return "on its way"
	case ack.NodeStateFailed:
		return "broken"
	default:
		return "in state " + string(node.State)
	}
}

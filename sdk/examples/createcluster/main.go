// Command createcluster creates a cluster, waits until it is ready and lists its
// nodes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	key, secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials(key, secret, "")))
	if err != nil {
		log.Fatal(err)
	}
	request := &ack.CreateClusterRequest{
		Name:        "test",
		RegionID:    "cn-beijing",
		ClusterType: new(ack.ClusterTypeManagedKubernetes),
		ClusterSpec: new(ack.ClusterSpecACKProSmall),
	}
	if err := create(context.Background(), client, request, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// create creates a cluster, waits for its task and its state, and prints its
// nodes.
func create(ctx context.Context, client *ack.Client, request *ack.CreateClusterRequest, w io.Writer) error {
	created, err := client.CreateClusterAndWait(ctx, request, roa.WaitTimeout(time.Hour))
	if failed, ok := errors.AsType[*roa.TaskError](err); ok {
		return fmt.Errorf("creating stopped at %s with %s: %w", failed.Stage, failed.Code, err)
	}
	if err != nil {
		return err
	}
	id := created.ClusterID
	progress := roa.WaitProgress(func(p roa.Progress) { fmt.Fprintln(w, "the cluster is", p.State) })
	if _, err := client.WaitClusterRunning(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id}, progress); err != nil {
		return err
	}
	for node, err := range client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id}) {
		if err != nil {
			return err
		}
		fmt.Fprintln(w, node.NodeName, node.State)
	}
	return nil
}

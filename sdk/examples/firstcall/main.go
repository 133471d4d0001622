// Command firstcall creates a cluster at a fake ACK and lists the clusters.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run starts a fake ACK inside of this program, and calls it.
func run(ctx context.Context, w io.Writer) error {
	fake, err := acktest.Start()
	if err != nil {
		return err
	}
	defer fake.Close()
	client, err := ack.New(fake.Options()...)
	if err != nil {
		return err
	}
	return first(ctx, w, client)
}

// first creates a cluster, waits until it is there, and lists all clusters.
func first(ctx context.Context, w io.Writer, client *ack.Client) error {
	region := client.Region()
	if _, err := client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{Name: "first", RegionID: region}); err != nil {
		return err
	}
	for cluster, err := range client.DescribeClustersForRegionAll(ctx, &ack.DescribeClustersForRegionRequest{RegionID: region}) {
		if err != nil {
			return err
		}
		fmt.Fprintln(w, cluster.ClusterID, cluster.Name, cluster.State)
	}
	return nil
}

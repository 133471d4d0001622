// Command testing deletes the clusters of a region that are older than a day, as a team does with those that its tests have made. Its tests show what
// the fake server can do for a test.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	age := flag.Duration("age", 24*time.Hour, "how old a cluster may get")
	flag.Parse()
	if err := start(context.Background(), *age); err != nil {
		fmt.Fprintln(os.Stderr, "testing:", err)
		os.Exit(1)
	}
}

func start(ctx context.Context, age time.Duration) error {
	options, err := credentials.FromEnvironment()
	if err != nil {
		return err
	}
	client, err := ack.New(options...)
	if err != nil {
		return err
	}
	deleted, err := cleanUp(ctx, client, time.Now().Add(-age))
	fmt.Println("deleted:", deleted)
	return err
}

// cleanUp deletes the clusters that were created before a time and may be deleted, and returns the names of those that are gone.
func cleanUp(ctx context.Context, client *ack.Client, before time.Time) (deleted []string, err error) {
	var old []ack.Cluster
	for c, err := range client.DescribeClustersForRegionAll(ctx, &ack.DescribeClustersForRegionRequest{RegionID: client.Region()}) {
		if err != nil {
			return nil, err
		}
		if c.Created.Before(before) && !c.DeletionProtection {
			old = append(old, c)
		}
	}
	for _, c := range old {
		if _, err := client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: c.ClusterID, RetainAllResources: new(false)}); err != nil {
			return deleted, fmt.Errorf("delete %s: %w", c.Name, err)
		}
		_, err := client.WaitClusterDeleted(ctx, &ack.DescribeClusterDetailRequest{ClusterID: c.ClusterID}, roa.WaitTimeout(time.Hour))
		if err != nil {
			return deleted, fmt.Errorf("delete %s: %w", c.Name, err)
		}
		deleted = append(deleted, c.Name)
	}
	return deleted, nil
}

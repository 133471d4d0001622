// Command listclusters prints the clusters of an account in one region.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
)

func main() {
	options, err := credentials.FromEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	client, err := ack.New(options...)
	if err != nil {
		log.Fatal(err)
	}
	if err := list(context.Background(), os.Stdout, client); err != nil {
		log.Fatal(err)
	}
}

// list prints every cluster, page by page.
func list(ctx context.Context, w io.Writer, client *ack.Client) error {
	for cluster, err := range client.DescribeClustersForRegionAll(ctx, &ack.DescribeClustersForRegionRequest{RegionID: client.Region()}) {
		if err != nil {
			return err
		}
		fmt.Fprintln(w, cluster.ClusterID, cluster.Name, cluster.State)
	}
	return nil
}

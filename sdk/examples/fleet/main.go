// Command fleet counts the clusters of an account in every region that the spec
// lists, through one client.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
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
	report(os.Stdout, countClusters(context.Background(), client, ack.Regions()))
}

// count is how many clusters a region has, or why nobody knows.
type count struct {
	region   string
	clusters int
	err      error
}

// countClusters asks all regions, a few at a time, and then releases the
// connections, of which each region has its own.
func countClusters(ctx context.Context, client *ack.Client, regions []string) []count {
	defer client.CloseIdleConnections()
	const atOnce = 8
	slots := make(chan struct{}, atOnce)
	counts := make([]count, len(regions))
	var wg sync.WaitGroup
	for i, region := range regions {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			n, err := countIn(ctx, client, region)
			counts[i] = count{region, n, err}
		})
	}
	wg.Wait()
	return counts
}

// countIn counts the clusters of one region. A region that does not respond must
// not hold up the others for long.
func countIn(ctx context.Context, client *ack.Client, region string) (int, error) {
	regional, err := client.InRegion(region)
	if err != nil {
		return 0, err
	}
	n := 0
	in := &ack.DescribeClustersForRegionRequest{RegionID: region}
	for _, err := range regional.DescribeClustersForRegionAll(ctx, in, roa.CallTimeout(20*time.Second)) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// report prints one line for each region that has clusters or failed.
func report(w io.Writer, counts []count) {
	total, failed := 0, 0
	for _, c := range counts {
		switch {
		case c.err != nil:
			failed++
			fmt.Fprintf(w, "%s: %v\n", c.region, c.err)
		case c.clusters > 0:
			total += c.clusters
			fmt.Fprintf(w, "%s: %d\n", c.region, c.clusters)
		}
	}
	fmt.Fprintf(w, "%d clusters in %d regions; failed: %d\n", total, len(counts)-failed, failed)
}

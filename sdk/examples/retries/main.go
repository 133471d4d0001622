// Command retries prints the state of a cluster, and shows how a program decides what is sent again.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: retries CLUSTER")
	}
	options, err := credentials.FromEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	client, err := patient(options...)
	if err != nil {
		log.Fatal(err)
	}
	state, err := quick(context.Background(), client, os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(os.Stdout, state)
}

// patient returns a client for jobs that have time: it tries six times in all, with longer pauses.
func patient(options ...roa.Option) (*ack.Client, error) {
	return ack.New(append(options, roa.WithRetry(roa.DefaultRetryPolicy{MaxAttempts: 6, BaseDelay: time.Second}))...)
}

// quick returns the state of a cluster. Somebody waits for it: one attempt of five seconds must do.
func quick(ctx context.Context, client ack.DescribeClusterDetailCaller, id string) (ack.ClusterState, error) {
	in := &ack.DescribeClusterDetailRequest{ClusterID: id}
	out, err := client.DescribeClusterDetail(ctx, in, roa.CallWithoutRetry(), roa.CallTimeout(5*time.Second))
	if err != nil {
		return "", err
	}
	return out.State, nil
}

// Command describecluster tells in which state a cluster is.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: describecluster CLUSTER_ID")
	}
	key, secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials(key, secret, "")))
	if err != nil {
		log.Fatal(err)
	}
	text, err := describe(context.Background(), client, os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(text)
}

// describe returns the state of a cluster in words.
func describe(ctx context.Context, client ack.ClustersAPI, id string) (string, error) {
	out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	if errors.Is(err, roa.ErrNotFound) {
		return "there is no such cluster", nil
	}
	if apiErr, ok := errors.AsType[*roa.APIError](err); ok {
		return "", fmt.Errorf("the service refused with %s, request %s: %w", apiErr.Code, apiErr.RequestID, err)
	}
	if err != nil {
		return "", err // the network, a canceled context, or a response that is not JSON
	}
	return fmt.Sprintf("%s is %s", out.Name, out.State), nil
}

// Command listclusters prints the clusters of an account in one region.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	key, secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials(key, secret, "")))
	if err != nil {
		log.Fatal(err)
	}
	out, err := client.DescribeClustersV1(context.Background(), &ack.DescribeClustersV1Request{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range out.Clusters {
		fmt.Println(c.ClusterID, c.Name, c.State)
	}
}

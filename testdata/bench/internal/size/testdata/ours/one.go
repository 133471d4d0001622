package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

var client, openError = ack.New(
	roa.WithRegion("cn-beijing"),
	roa.WithCredentials(roa.StaticCredentials(os.Args[2], os.Args[3], "")),
)

func init() {
	fmt.Println(openError)
	fmt.Println(client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: os.Args[1]}))
}

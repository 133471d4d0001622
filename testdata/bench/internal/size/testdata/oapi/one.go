package main

import (
	"context"
	"fmt"
	"os"

	cs "example.com/bench/oapi"
)

var client, openError = cs.NewClientWithResponses("https://cs.cn-beijing.aliyuncs.com")

func init() {
	fmt.Println(openError)
	fmt.Println(client.DescribeClusterDetailWithResponse(context.Background(), os.Args[1]))
}

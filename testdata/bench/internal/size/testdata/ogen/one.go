package main

import (
	"context"
	"fmt"
	"os"

	cs "example.com/bench/ogen"
)

type key struct{}

func (key) AccessKey(context.Context, cs.OperationName) (cs.AccessKey, error) {
	return cs.AccessKey{APIKey: os.Args[2]}, nil
}

var client, openError = cs.NewClient("https://cs.cn-beijing.aliyuncs.com", key{})

func init() {
	fmt.Println(openError)
	fmt.Println(client.DescribeClusterDetail(context.Background(), cs.DescribeClusterDetailParams{ClusterId: os.Args[1]}))
}

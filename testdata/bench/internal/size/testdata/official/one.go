package main

import (
	"fmt"
	"os"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
)

var region = "cn-beijing"

var client, openError = cs.NewClient(&openapi.Config{AccessKeyId: &os.Args[2], AccessKeySecret: &os.Args[3], RegionId: &region})

func init() {
	fmt.Println(openError)
	fmt.Println(client.DescribeClusterDetail(&os.Args[1]))
}

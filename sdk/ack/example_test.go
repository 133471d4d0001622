package ack_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// fake returns a fake of the service and a client of it. Programs take the options of the client from the package credentials instead:
//
//	options, err := credentials.FromEnvironment()
//	...
//	client, err := ack.New(options...)
func fake() (*acktest.Server, *ack.Client) {
	srv, err := acktest.Start(acktest.WithExamples())
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	client, err := ack.New(srv.Options()...)
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	return srv, client
}

// A client is made once and shared by all goroutines. Here a static AccessKey is read by the program itself; the package credentials
// finds one where the tools of Alibaba Cloud look.
func ExampleNew() {
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials("my-access-key-id", "my-access-key-secret", "")),
		roa.WithMaxAttempts(5),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)

	_, err = ack.New()
	fmt.Println(err)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com)
	// ack: create client: region is missing: use WithRegion, or WithEndpoint for a fixed host; credentials are missing: use WithCredentials
}

// One client for each region costs nothing: they share connections, credentials and limits.
func ExampleClient_InRegion() {
	srv, client := fake()
	defer srv.Close()
	for _, region := range []string{"cn-beijing", "eu-central-1"} {
		regional, err := client.InRegion(region)
		if err != nil {
			fmt.Println(err)
			return
		}
		out, err := regional.DescribeClustersForRegion(context.Background(), &ack.DescribeClustersForRegionRequest{RegionID: region})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(region, len(out.Clusters))
	}
	// Output:
	// cn-beijing 1
	// eu-central-1 1
}

// An operation that has no method yet is called by its name, method and path.
func ExampleClient_Call() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.Call(context.Background(), roa.RawRequest{
		Operation:  "DescribeTaskInfo",
		Method:     "GET",
		Path:       "/tasks/{taskId}",
		PathParams: map[string]string{"taskId": "T-1"},
	})
	if errors.Is(err, roa.ErrNotFound) {
		fmt.Println("no such task")
		return
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.StatusCode, len(out.Body) > 0)
	// Output:
	// 200 true
}

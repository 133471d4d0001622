package ack_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// The pages are fetched one by one while the loop goes on.
func ExampleClient_DescribeClusterNodesAll() {
	srv, client := fake()
	defer srv.Close()
	const page = `{"nodes":[{"node_name":%q,"state":"running"}],"page":{"page_number":%d,"page_size":1,"total_count":2}}`
	srv.Respond("DescribeClusterNodes", acktest.Response{Body: fmt.Sprintf(page, "cn-beijing.192.168.0.36", 1)})
	srv.Respond("DescribeClusterNodes", acktest.Response{Body: fmt.Sprintf(page, "cn-beijing.192.168.0.37", 2)})

	request := &ack.DescribeClusterNodesRequest{ClusterID: "c1", PageSize: new("1")}
	for node, err := range client.DescribeClusterNodesAll(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(node.NodeName, node.State)
	}
	fmt.Println(len(srv.Requests()), "requests")
	// Output:
	// cn-beijing.192.168.0.36 running
	// cn-beijing.192.168.0.37 running
	// 2 requests
}

// The wait ends once so many nodes of the pool run, whatever the others do.
func ExampleClient_WaitNodesRunning() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterNodes", acktest.Response{Body: `{"nodes":[{"state":"running"},{"state":"initial"}],"page":{"total_count":2}}`})
	srv.Respond("DescribeClusterNodes", acktest.Response{Body: `{"nodes":[{"state":"running"},{"state":"running"}],"page":{"total_count":2}}`})

	request := &ack.DescribeClusterNodesRequest{ClusterID: "c1", NodePoolID: new("np1")}
	_, err := client.WaitNodesRunning(
		context.Background(), request, 2,
		roa.WaitDelay(time.Millisecond, time.Millisecond), // the default suits real nodes
		roa.WaitProgress(func(p roa.Progress) { fmt.Println(p.Ready, "of", p.Want) }),
	)
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 of 2
	// 2 of 2
}

// A text that may hold a token is a [roa.Secret]: it prints as [REDACTED], and Reveal gives it to the program that needs it.
func ExampleClient_DescribeClusterAttachScripts() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.DescribeClusterAttachScripts(context.Background(), &ack.DescribeClusterAttachScriptsRequest{
		ClusterID:  "c1",
		NodePoolID: new("np1"),
		Arch:       new(ack.NodeArchAMD64),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	script := out.Text.Reveal() // to be run on the node that joins
	fmt.Println(out.Text, len(script) > 0)
	// Output:
	// [REDACTED] true
}

package acktest_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A program starts a server, makes a client of it, and gets the examples of the spec until it scripts another answer.
func ExampleStart() {
	srv, err := acktest.Start()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	client, err := ack.New(srv.Options()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	request := &ack.DescribeClusterDetailRequest{ClusterID: "c1"}
	out, err := client.DescribeClusterDetail(context.Background(), request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.ClusterID, out.State)

	srv.Respond("DescribeClusterDetail", acktest.Response{Status: 404, Body: `{"code":"ErrorClusterNotFound"}`})
	_, err = client.DescribeClusterDetail(context.Background(), request)
	fmt.Println(errors.Is(err, roa.ErrNotFound))
	for _, r := range srv.Requests() {
		fmt.Println(r.Operation, r.Path, r.Status)
	}
	// Output:
	// c82e6987e2961451182edacd74faf1234 running
	// true
	// DescribeClusterDetail /clusters/c1 200
	// DescribeClusterDetail /clusters/c1 404
}

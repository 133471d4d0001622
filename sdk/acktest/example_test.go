package acktest_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A program starts a server, makes a client of it, and gets the examples of the spec until it scripts another response.
func ExampleStart() {
	srv, err := acktest.Start(acktest.WithExamples())
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

// fake does what [ExampleStart] does first.
func fake(opts ...acktest.Option) (*acktest.Server, *ack.Client) {
	srv, err := acktest.Start(append(opts, acktest.WithExamples())...)
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	client, err := ack.New(srv.Options()...)
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	return srv, client
}

// A script makes the service busy once. The client tries again, and gets the example of the spec then.
func ExampleServer_Respond() {
	srv, err := acktest.Start(acktest.WithExamples())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer srv.Close()
	client, err := ack.New(append(srv.Options(), roa.WithRetry(roa.DefaultRetryPolicy{ThrottledDelay: time.Millisecond}))...)
	if err != nil {
		fmt.Println(err)
		return
	}
	srv.Respond("DescribeClusterDetail", acktest.Response{Status: 429, Body: `{"code":"Throttling.User"}`})

	out, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Name, "after", len(srv.Requests()), "requests")
	// Output:
	// cluster-demo after 2 requests
}

// The server remembers what was sent, for a test to check. Secrets are hidden in it.
func ExampleServer_Requests() {
	srv, client := fake()
	defer srv.Close()
	_, err := client.AttachInstancesToNodePool(context.Background(), &ack.AttachInstancesToNodePoolRequest{
		ClusterID:  "c1",
		NodePoolID: "np1",
		Instances:  []string{"i-1"},
		Password:   new(roa.Secret("My-password-1")),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range srv.Requests() {
		fmt.Println(r.Method, r.Path, r.Body)
	}
	// Output:
	// POST /clusters/c1/nodepools/np1/attach map[instances:[i-1] password:[REDACTED]]
}

// The server refuses what the service would refuse: here a request that lacks what the spec requires.
func Example_refusedRequest() {
	srv, client := fake()
	defer srv.Close()
	_, err := client.CreateCluster(context.Background(), &ack.CreateClusterRequest{RegionID: "cn-beijing"})
	if refused, ok := errors.AsType[*roa.APIError](err); ok {
		fmt.Println(refused.StatusCode, refused.Code, refused.Message)
	}
	// Output:
	// 400 MissingParameter request body at /name: property "name" is missing
}

// With a clock of its own, the server tells what happens to a program whose clock is wrong.
func ExampleWithDateClock() {
	srv, client := fake(acktest.WithDateClock(func() time.Time { return time.Now().Add(time.Hour) }))
	defer srv.Close()
	_, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	fmt.Println(errors.Is(err, roa.CodeInvalidTimeStampExpired), srv.Requests()[0].Status)
	// Output:
	// true 400
}

// The connection breaks after a cluster was created. The client does not know that, and does not create another one.
func ExampleServer_Inject() {
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
	srv.Inject(acktest.Fault{Operation: "CreateCluster", Reset: true, After: true, Count: 1})
	_, err = client.CreateCluster(context.Background(), &ack.CreateClusterRequest{Name: "web", RegionID: "cn-hangzhou"})
	fmt.Println(roa.ErrorClass(err))
	created := srv.RequestsFor("CreateCluster")
	var in ack.CreateClusterRequest
	if err := created[0].Into(&in); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(created), in.Name, created[0].Region)
	// Output:
	// connection
	// 1 web cn-hangzhou
}

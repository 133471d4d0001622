package roa_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// This client tries five times, with short waits. The hook shows why an attempt was followed by another.
func ExampleWithRetry() {
	srv, client := fake(
		roa.WithRetry(roa.DefaultRetryPolicy{MaxAttempts: 5, BaseDelay: time.Millisecond, ThrottledDelay: time.Millisecond}),
		roa.WithAttemptHook(func(a roa.Attempt) {
			fmt.Printf("attempt %d: %d %q again=%t\n", a.Attempt, a.StatusCode, a.Class, a.Again)
		}),
	)
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{Status: 503})
	srv.Respond("DescribeClusterDetail", acktest.Response{Status: 429, Body: `{"code": "Throttling.User"}`})
	_, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// attempt 1: 503 "server" again=true
	// attempt 2: 429 "throttled" again=true
	// attempt 3: 200 "" again=false
}

// The hook tells what a newer version of the service sends that this SDK does not know. The program goes on.
func ExampleWithDriftHook() {
	srv, client := fake(roa.WithDriftHook(func(d roa.Drift) { fmt.Println(d.Operation, d.Path, d.Kind, d.Got) }))
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{Drift: true, Body: `{"state": "running", "brand_new": true, "size": "5"}`})
	out, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.State, out.Size)
	// Output:
	// DescribeClusterDetail /brand_new unknown field boolean
	// DescribeClusterDetail /size type mismatch string
	// running 5
}

// The body as it came has the fields that this version does not know. Secrets in it are not hidden.
func ExampleCallCaptureBody() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{Drift: true, Body: `{"state": "running", "brand_new": true}`})
	var body []byte
	request := &ack.DescribeClusterDetailRequest{ClusterID: "c1"}
	if _, err := client.DescribeClusterDetail(context.Background(), request, roa.CallCaptureBody(&body)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", body)
	// Output:
	// {"state": "running", "brand_new": true}
}

// Value reads an optional field for a program to which absent and zero are the same.
func ExampleValue() {
	group := ack.ScalingGroup{DesiredSize: new(int64(3))}
	fmt.Println(roa.Value(group.DesiredSize), roa.Value(group.OnDemandBaseCapacity))
	// Output:
	// 3 0
}

package roa_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// fake returns a fake server and a client of it. The examples would do the same
// with the real service.
func fake(opts ...roa.Option) (*acktest.Server, *ack.Client) {
	srv, err := acktest.Start(acktest.WithExamples())
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	client, err := ack.New(append(srv.Options(), opts...)...)
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	return srv, client
}

// A client needs a region and credentials. What is wrong with its options is told
// at once.
func ExampleOption() {
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials("my-id", "my-secret", "")),
		roa.WithMaxAttempts(5),
		roa.WithUserAgent("my-program/1.2"),
	)
	fmt.Println(client, err)

	_, err = ack.New(roa.WithRegion("Beijing"))
	fmt.Println(err)
	// Output:
	// roa.Client(ack at https://cs.cn-beijing.aliyuncs.com) <nil>
	// ack: create client: region "Beijing" is malformed: want something like cn-beijing; credentials are missing: use WithCredentials
}

// One client leads to all regions, over the same connections.
func ExampleClient_InRegion() {
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials("my-id", "my-secret", "")))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.CloseIdleConnections()
	for _, region := range []string{"cn-hangzhou", "eu-central-1"} {
		regional, err := client.InRegion(region)
		fmt.Println(regional, err)
	}
	// Output:
	// roa.Client(ack at https://cs.cn-hangzhou.aliyuncs.com) <nil>
	// roa.Client(ack at https://cs.eu-central-1.aliyuncs.com) <nil>
}

// A secret prints masked. Its mask is never sent in its place.
func ExampleSecret() {
	srv, client := fake()
	defer srv.Close()
	group := ack.ScalingGroupSpec{LoginPassword: new(roa.Secret("Real-1234"))}
	fmt.Println(group.LoginPassword, len(group.LoginPassword.Reveal()), "bytes")

	stored, err := json.Marshal(group)
	fmt.Println(string(stored), err)
	var loaded ack.ScalingGroupSpec
	if err := json.Unmarshal(stored, &loaded); err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.CreateClusterNodePool(context.Background(), &ack.CreateClusterNodePoolRequest{ClusterID: "c1", ScalingGroup: &loaded})
	fmt.Println(err)
	// Output:
	// [REDACTED] 9 bytes
	// {"login_password":"[REDACTED]"} <nil>
	// ack: CreateClusterNodePool: encode body: secret at /scaling_group/login_password holds a mask, not a secret: set the real value or leave it out
}

// Errors are told apart by class, by code, and by what they hold.
func ExampleAPIError() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{
		Status: 404, Body: `{"code":"ErrorClusterNotFound","message":"cluster c1 not found"}`,
	})
	_, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})

	fmt.Println(errors.Is(err, roa.ErrNotFound), errors.Is(err, ack.CodeErrorClusterNotFound), errors.Is(err, roa.CodeForbiddenRAM))
	if apiErr, ok := errors.AsType[*roa.APIError](err); ok {
		fmt.Println(apiErr.StatusCode, apiErr.Code, apiErr.Message, apiErr.Attempts)
	}
	// Output:
	// true true false
	// 404 ErrorClusterNotFound cluster c1 not found 1
}

// Validation finds what is wrong before anything is sent.
func ExampleWithValidation() {
	srv, client := fake(roa.WithValidation())
	defer srv.Close()
	_, err := client.DescribeClustersForRegion(context.Background(), &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing", PageNumber: new(int64(0))})
	if invalid, ok := errors.AsType[*roa.ValidationError](err); ok {
		for _, v := range invalid.Violations {
			fmt.Println(v.Path, v.Problem)
		}
	}
	fmt.Println(errors.Is(err, roa.ErrInvalid), len(srv.Requests()))
	// Output:
	// query parameter page_number must be at least 1
	// true 0
}

// A hook sees every attempt. [roa.ErrorClass] has few words, for metrics.
func ExampleWithAttemptHook() {
	srv, client := fake(roa.WithAttemptHook(func(a roa.Attempt) {
		fmt.Printf("%s %d status=%d class=%q\n", a.Operation, a.Attempt, a.StatusCode, a.Class)
	}))
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Status: 403, Body: `{"code":"Forbidden.RAM"}`})
	_, err := client.DescribeTaskInfo(context.Background(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	fmt.Println(roa.ErrorClass(err))
	// Output:
	// DescribeTaskInfo 1 status=403 class="forbidden"
	// forbidden
}

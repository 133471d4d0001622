package roa_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Pagers fetch the next page when it is needed. The loop can end at any item.
func ExamplePager_All() {
	srv, client := fake()
	defer srv.Close()
	for _, page := range []string{
		`{"clusters":[{"name":"a"},{"name":"b"}],"page_info":{"page_number":1,"page_size":2,"total_count":3}}`,
		`{"clusters":[{"name":"c"}],"page_info":{"page_number":2,"page_size":2,"total_count":3}}`,
	} {
		srv.Respond("DescribeClustersForRegion", acktest.Response{Body: page})
	}
	for cluster, err := range client.DescribeClustersForRegionAll(context.Background(), &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing", PageSize: new(int64(2))}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(cluster.Name)
	}
	fmt.Println(len(srv.Requests()), "requests")
	// Output:
	// a
	// b
	// c
	// 2 requests
}

// A wait has a limit of its own and tells about each poll.
func ExampleWaiter_Wait() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{"task_id":"T-1","state":"success"}`})
	out, err := client.WaitTask(context.Background(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"},
		roa.WaitTimeout(10*time.Minute),
		roa.WaitProgress(func(p roa.Progress) { fmt.Println("poll", p.Attempt, p.State) }),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.State)
	// Output:
	// poll 1 success
	// success
}

// A task that failed says why.
func ExampleTaskError() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{
		Body: `{"task_id":"T-1","state":"fail","error":{"code":"QuotaExceeded","message":"no quota for nodes"}}`,
	})
	_, err := client.WaitTask(context.Background(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	if failed, ok := errors.AsType[*roa.TaskError](err); ok {
		fmt.Println(failed.Code, failed.Message)
	}
	// Output:
	// QuotaExceeded no quota for nodes
}

// A wait that ended without an outcome tells the last state, and the id by which another wait can go on.
func ExampleWaitError() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{"task_id":"T-1","state":"running"}`})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: "T-1"},
		roa.WaitProgress(func(roa.Progress) { cancel() }), // somebody stops the program after the first poll
	)
	if stopped, ok := errors.AsType[*roa.WaitError](err); ok {
		fmt.Println(stopped.TaskID, "is still", stopped.State)
	}
	fmt.Println(errors.Is(err, roa.ErrWaitTimeout), errors.Is(err, context.Canceled))
	// Output:
	// T-1 is still running
	// false true
}

// The function is called after every poll, so that people see that something happens.
func ExampleWaitProgress() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{Body: `{"state":"initial"}`})
	srv.Respond("DescribeClusterDetail", acktest.Response{Body: `{"state":"running"}`})
	_, err := client.WaitClusterRunning(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"},
		roa.WaitDelay(time.Millisecond, time.Millisecond), // the default suits a real cluster
		roa.WaitProgress(func(p roa.Progress) { fmt.Printf("%s: poll %d: %s\n", p.Waiter, p.Attempt, p.State) }),
	)
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// ClusterRunning: poll 1: initial
	// ClusterRunning: poll 2: running
}

// Code that takes the interfaces of its groups, and can be tested with mocks, waits for a task this way.
func ExampleTask_CallAndWait() {
	srv, client := fake()
	defer srv.Close()
	var pools ack.NodePoolsAPI = client
	var tasks ack.TasksAPI = client
	request := &ack.ScaleClusterNodePoolRequest{ClusterID: "c1", NodePoolID: "np1", Count: new(int64(2))}
	out, err := ack.ScaleClusterNodePoolTask.CallAndWait(context.Background(), pools.ScaleClusterNodePool, tasks.DescribeTaskInfo, request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("added", *request.Count, "nodes in task", out.TaskID)
	// Output:
	// added 2 nodes in task T-5a54309c80282e39ea00002f
}

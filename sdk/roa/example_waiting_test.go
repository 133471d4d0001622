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
		srv.Respond("DescribeClustersV1", acktest.Response{Body: page})
	}
	for cluster, err := range client.DescribeClustersV1All(context.Background(), &ack.DescribeClustersV1Request{PageSize: new(int64(2))}) {
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

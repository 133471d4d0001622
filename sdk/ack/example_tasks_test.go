package ack_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// The tasks of a cluster tell what failed, and why.
func ExampleClient_DescribeClusterTasksAll() {
	srv, client := fake()
	defer srv.Close()
	request := &ack.DescribeClusterTasksRequest{ClusterID: "c1"}
	for task, err := range client.DescribeClusterTasksAll(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if task.Error.Message != "" {
			fmt.Println(task.TaskType, task.State+":", task.Error.Message)
		}
	}
	// Output:
	// nodepool_upgrade fail: drain node cn-beijing.192.168.0.10: timed out after 30m
}

// A program that was restarted waits on with nothing but the id of the task. A task that failed is a [roa.TaskError].
func ExampleClient_WaitTask() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{
		"task_id": "T-1", "state": "fail", "current_stage": "CreateInstances",
		"error": {"code": "QuotaExceeded.Instance", "message": "no more instances of ecs.g7.xlarge"}}`})

	_, err := client.WaitTask(context.Background(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	if failed, ok := errors.AsType[*roa.TaskError](err); ok {
		fmt.Println(failed.Stage, "failed:", failed.Message)
		return
	}
	if err != nil {
		fmt.Println(err) // the wait was given up; the task goes on
		return
	}
	fmt.Println("done")
	// Output:
	// CreateInstances failed: no more instances of ecs.g7.xlarge
}

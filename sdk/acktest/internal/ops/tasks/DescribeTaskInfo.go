package tasks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeTaskInfo tells how far a task has got.
func DescribeTaskInfo(w *world.World, in *ack.DescribeTaskInfoRequest) (*ack.DescribeTaskInfoResponse, error) {
	t, err := w.Task(in.TaskID)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeTaskInfoResponse{Task: t.Describe()}, nil
}

package tasks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeTaskInfo returns one task.
func DescribeTaskInfo(w *world.World, in *ack.DescribeTaskInfoRequest) (*ack.DescribeTaskInfoResponse, error) {
	t := w.Tasks.Get(in.TaskID)
	if t == nil || t.Hidden {
		return nil, world.NotFound("task", in.TaskID)
	}
	return &ack.DescribeTaskInfoResponse{Task: t.Describe()}, nil
}

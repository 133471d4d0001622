package tasks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CancelTask cancels a task.
func CancelTask(w *world.World, in *ack.CancelTaskRequest) (*ack.CancelTaskResponse, error) {
	t, err := w.Task(in.TaskID)
	if err != nil {
		return nil, err
	}
	return &ack.CancelTaskResponse{}, w.CancelTask(t)
}

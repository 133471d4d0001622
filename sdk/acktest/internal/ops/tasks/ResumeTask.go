package tasks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ResumeTask continues a task that was paused.
func ResumeTask(w *world.World, in *ack.ResumeTaskRequest) (*ack.ResumeTaskResponse, error) {
	t, err := w.Task(in.TaskID)
	if err != nil {
		return nil, err
	}
	return &ack.ResumeTaskResponse{}, w.Resume(t)
}

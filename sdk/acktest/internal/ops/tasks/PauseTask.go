package tasks

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// PauseTask pauses a task.
func PauseTask(w *world.World, in *ack.PauseTaskRequest) (*ack.PauseTaskResponse, error) {
	t, err := w.Task(in.TaskID)
	if err != nil {
		return nil, err
	}
	return &ack.PauseTaskResponse{}, w.Pause(t)
}

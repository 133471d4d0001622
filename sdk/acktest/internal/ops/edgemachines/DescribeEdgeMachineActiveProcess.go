package edgemachines

import (
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeEdgeMachineActiveProcess tells how far the activation of a machine has come.
func DescribeEdgeMachineActiveProcess(w *world.World, in *ack.DescribeEdgeMachineActiveProcessRequest) (*ack.DescribeEdgeMachineActiveProcessResponse, error) {
	m, err := w.EdgeMachine(in.EdgeMachineID)
	if err != nil {
		return nil, err
	}
	logs, err := json.Marshal(m.Log)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeEdgeMachineActiveProcessResponse{State: m.Activation, Step: m.Step, Progress: m.Progress, Logs: string(logs)}, nil
}

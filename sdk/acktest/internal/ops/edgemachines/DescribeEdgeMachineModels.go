package edgemachines

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeEdgeMachineModels lists the models of edge machines.
func DescribeEdgeMachineModels(_ *world.World, _ *ack.DescribeEdgeMachineModelsRequest) (*ack.DescribeEdgeMachineModelsResponse, error) {
	return &ack.DescribeEdgeMachineModelsResponse{Models: models()}, nil
}

// models returns the models that the samples of the service name.
func models() []ack.EdgeMachineModel {
	created := time.Date(2021, time.July, 7, 12, 44, 0, 0, time.UTC)
	return []ack.EdgeMachineModel{
		{
			ManageRuntime: 1, CPUArch: "x86_64", CPU: 6, Memory: 8, ModelID: "c34cc753-8908-4739-bd10-ebd922a41234", Created: created,
			Description: "B010", Model: "ACK-V-B010",
		},
		{
			ManageRuntime: 1, CPUArch: "arm64", CPU: 4, Memory: 4, ModelID: "0b8b5f0e-61a5-4c0b-9d41-2f1b6d3c5678", Created: created,
			Description: "S001", Model: "ACK-A-S001",
		},
	}
}

func isModel(name string) bool {
	for _, m := range models() {
		if m.Model == name {
			return true
		}
	}
	return false
}

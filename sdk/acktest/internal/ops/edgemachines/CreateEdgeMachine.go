package edgemachines

import (
	"net/http"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateEdgeMachine registers a machine and starts to activate it.
func CreateEdgeMachine(w *world.World, in *ack.CreateEdgeMachineRequest) (*ack.CreateEdgeMachineResponse, error) {
	if !isModel(in.Model) {
		return nil, world.Invalid("There is no model of the name that the parameter model says.")
	}
	if w.EdgeMachines.Find(func(m *world.EdgeMachine) bool { return m.SN == in.SN }) != nil {
		return nil, fault.New(http.StatusBadRequest, "400", "EdgeMachine %s/%s has exist", in.Model, in.SN)
	}
	m := &world.EdgeMachine{EdgeMachine: ack.EdgeMachine{Hostname: in.Hostname, SN: in.SN, Model: in.Model}}
	w.ActivateEdgeMachine(m)
	return &ack.CreateEdgeMachineResponse{EdgeMachineReference: ack.EdgeMachineReference{EdgeMachineID: m.EdgeMachineID, RequestID: w.RequestID}}, nil
}

package edgemachines

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeEdgeMachines lists the machines of the account.
func DescribeEdgeMachines(w *world.World, in *ack.DescribeEdgeMachinesRequest) (*ack.DescribeEdgeMachinesResponse, error) {
	var machines []ack.EdgeMachine
	for _, m := range w.EdgeMachines.All() {
		if !suits(in, m) {
			continue
		}
		listed := m.EdgeMachine
		if listed.ActiveTime.IsZero() {
			listed.ActiveTime = never()
		}
		machines = append(machines, listed)
	}
	page, info := behavior.Numbered(machines, in.PageNumber, in.PageSize, 10, 100)
	return &ack.DescribeEdgeMachinesResponse{EdgeMachines: page, PageInfo: info}, nil
}

// suits reports whether a machine is what the filters of a request ask for.
func suits(in *ack.DescribeEdgeMachinesRequest, m *world.EdgeMachine) bool {
	return (in.Hostname == nil || *in.Hostname == m.Hostname) && (in.Model == nil || *in.Model == m.Model) &&
		(in.OnlineState == nil || *in.OnlineState == m.OnlineState) && (in.LifeState == nil || *in.LifeState == m.LifeState)
}

// never is the time in the year 1 that the service sends for a machine that was not activated yet. It has a zone, so that it is
// not taken for an absent time.
func never() time.Time { return time.Time{}.In(time.FixedZone("UTC", 0)) }

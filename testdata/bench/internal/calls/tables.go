package calls

import (
	"fmt"
	"math"

	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// The columns that others name: the aims of the page are about them.
const (
	CPU         = "CPU"
	OfByHand    = "of hand-written"
	OfBare      = "of bare"
	Allocations = "allocations"
	Bytes       = "bytes"
	PerNode     = "allocations per node"
	Throughput  = "calls per second"
	HalfEnd     = "p50"
	Most        = "p99"
)

// sections are the tables: one for each operation, and one for many calls at once.
func (r *runs) sections() []report.Section {
	var all []report.Section
	for _, operation := range peers.Operations {
		all = append(all, r.operation(operation))
	}
	for _, operation := range peers.Operations {
		if operation.Crowd {
			all = append(all, r.crowd(operation))
		}
	}
	return all
}

// operation is the table of what a call costs.
func (r *runs) operation(operation peers.Operation) report.Section {
	section := report.Section{
		Name: operation.Name, Title: operation.Title, Head: "client",
		Columns: []string{CPU, OfByHand, OfBare, Allocations, Bytes},
	}
	if operation.Nodes > 0 {
		section.Columns = append(section.Columns, PerNode)
	}
	cpu := func(peer string) []float64 { return r.values(peer, operation.Name, 1, cpuOf) }
	for _, peer := range r.peers {
		allocations := r.values(peer.Name, operation.Name, 1, func(c peers.Cost) float64 { return math.Round(c.Allocations) })
		cells := []report.Figure{
			report.Median("µs", cpu(peer.Name)...),
			report.Median("", report.Ratios(cpu(peer.Name), cpu(peers.ByHand))...),
			report.Median("", report.Ratios(cpu(peer.Name), cpu(peers.Bare))...),
			report.Median("", allocations...),
			report.Median("", r.values(peer.Name, operation.Name, 1, func(c peers.Cost) float64 { return math.Round(c.Bytes) })...),
		}
		if operation.Nodes > 0 {
			for i := range allocations {
				allocations[i] /= float64(operation.Nodes)
			}
			cells = append(cells, report.Median("", allocations...))
		}
		section.Rows = append(section.Rows, report.Row{Name: peer.Name, Cells: cells})
	}
	return section
}

func cpuOf(c peers.Cost) float64 { return c.CPU }

// crowd is the table of many calls at once.
func (r *runs) crowd(operation peers.Operation) report.Section {
	section := report.Section{
		Name: operation.Name + "-parallel", Title: fmt.Sprintf("%s, %d at once", operation.Title, crowd), Head: "client",
		Columns: []string{Throughput, HalfEnd, Most, CPU},
	}
	for _, peer := range r.peers {
		if peer.Option {
			continue
		}
		value := func(of func(peers.Cost) float64) []float64 { return r.values(peer.Name, operation.Name, crowd, of) }
		section.Rows = append(section.Rows, report.Row{Name: peer.Name, Cells: []report.Figure{
			report.Median("", value(func(c peers.Cost) float64 { return c.PerSecond })...),
			report.Median("ms", value(func(c peers.Cost) float64 { return c.P50 / 1000 })...),
			report.Median("ms", value(func(c peers.Cost) float64 { return c.P99 / 1000 })...),
			report.Median("µs", value(cpuOf)...),
		}})
	}
	return section
}

func (r *runs) values(peer, operation string, parallel int, of func(peers.Cost) float64) []float64 {
	var values []float64
	for _, cost := range r.costs[key{peer, operation, parallel}] {
		values = append(values, of(cost))
	}
	return values
}

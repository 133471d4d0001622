package main

import (
	"github.com/ackgen/ackgen/testdata/bench/internal/calls"
	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// aim is what a figure of ours should be at most.
type aim struct {
	name, section, column string
	atMost                float64
}

var aims = []aim{
	{"small GET: CPU of a bare exchange", "get", calls.OfBare, 1.25},
	{"POST of a node pool: CPU of a bare exchange", "post", calls.OfBare, 1.5},
	{"list of 100 nodes: CPU of hand-written", "list100", calls.OfByHand, 0.45},
	{"list of 1,500 nodes: CPU of hand-written", "list1500", calls.OfByHand, 0.45},
	{"list of 100 nodes: allocations per node", "list100", calls.PerNode, 3},
	{"list of 1,500 nodes: allocations per node", "list1500", calls.PerNode, 3},
	{"package of all operations: compiling", "compile", "compile", 2},
	{"bytes that one operation adds to a program", "size", "one operation", 1_150_000},
	{"bytes that ten operations add", "size", "ten operations", 1_250_000},
}

// judge says of each aim whether the figures reach it. Aims about sections that are
// not there are left out.
func judge(sections []report.Section) report.Section {
	table := report.Section{
		Name: "aims", Title: "Aims", Head: "ours", Columns: []string{"at most", "is", ""},
		Text: "What calls of this SDK should cost at most, and what they cost in this run.",
	}
	for _, a := range aims {
		section, ok := report.Find(sections, a.section)
		if !ok {
			continue
		}
		is, ok := section.Figure(peers.Ours, a.column)
		if !ok {
			continue
		}
		verdict := "missed"
		if is.Median <= a.atMost {
			verdict = "reached"
		}
		table.Rows = append(table.Rows, report.Row{Name: a.name, Cells: []report.Figure{report.Exact(is.Unit, a.atMost), is, report.Missing(verdict)}})
	}
	return table
}

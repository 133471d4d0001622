// Package parts measures pieces of what calls do, in interleaved rounds: a process for
// each piece and round. Of this module it imports bench, peers and report.
package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// length is how long a part is done again and again in a round.
const length = 100 * time.Millisecond

// OfOurs is the column that compares a part with ours of its group.
const OfOurs = "of ours"

// Measure measures all parts. Tests prove before that those of a group do the same.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	set.Log("parts: testing and building")
	if _, err := bench.Command(ctx, set.Module(), "go", "test", "./internal/peers"); err != nil {
		return nil, err
	}
	program := filepath.Join(set.Folder, "parts")
	if _, err := bench.Command(ctx, set.Module(), "go", "build", "-o", program, "./client"); err != nil {
		return nil, err
	}
	all := peers.Parts()
	costs := map[string][]peers.Cost{}
	for round := range set.Rounds {
		set.Log("parts: round %d of %d", round+1, set.Rounds)
		for _, i := range rand.Perm(len(all)) { //nolint:gosec // G404: nobody gains from guessing an order
			title := all[i].Title()
			cost, err := measure(ctx, program, title)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", title, err)
			}
			costs[title] = append(costs[title], cost)
		}
	}
	return []report.Section{table(all, costs)}, nil
}

func measure(ctx context.Context, program, title string) (cost peers.Cost, err error) {
	text, err := bench.Command(ctx, "", program, "--part", title, "--for", length.String())
	if err != nil {
		return cost, err
	}
	return cost, json.Unmarshal([]byte(text), &cost)
}

// table has a row for each part. The first of a group is ours, which all of it are
// compared with.
func table(all []peers.Part, costs map[string][]peers.Cost) report.Section {
	section := report.Section{
		Name: "parts", Title: "Parts of a call", Head: "part", Columns: []string{"CPU", OfOurs, "allocations", "bytes"},
		Text: "Without a network. The official SDK signs with the functions of the module that it is built on; ours returns what was signed as well, " +
			"which calls do without. The official SDK binds and decodes as its methods do. A response that is not as declared is decoded leniently: here a number is a text, which encoding/json refuses. What an error " +
			"costs is the difference of the last two groups, in which the response lies in memory.",
	}
	var ours []float64
	for _, part := range all {
		values := func(of func(peers.Cost) float64) []float64 {
			var values []float64
			for _, cost := range costs[part.Title()] {
				values = append(values, of(cost))
			}
			return values
		}
		cpu := values(func(c peers.Cost) float64 { return c.CPU })
		if part.Name == peers.Ours {
			ours = cpu
		}
		section.Rows = append(section.Rows, report.Row{Name: part.Title(), Cells: []report.Figure{
			report.Median("µs", cpu...), report.Median("", report.Ratios(cpu, ours)...),
			report.Median("", values(func(c peers.Cost) float64 { return math.Round(c.Allocations) })...),
			report.Median("", values(func(c peers.Cost) float64 { return math.Round(c.Bytes) })...),
		}})
	}
	return section
}

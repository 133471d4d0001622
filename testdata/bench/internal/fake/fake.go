// Package fake measures the fake server. Of this module it imports bench and report.
package fake

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// requests is how many a round sends: some sixty for each client, in which it makes six
// clusters and deletes them.
const requests = "4000x"

// most is how many rounds there are at most, since a round takes long.
const most = 5

// Measure runs the benchmark beside the code of the server, which fails if a request
// does.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	rounds := min(most, set.Rounds)
	set.Log("fake: %d rounds", rounds)
	text, err := bench.Command(ctx, set.Root, "go", "test", "./sdk/acktest", "-run", "^$", "-bench", "^BenchmarkLoad$",
		"-benchtime", requests, "-count", strconv.Itoa(rounds))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	section := report.Section{
		Name: "fake", Title: "Fake server", Head: "server",
		Text:    "64 clients of this SDK in the process of the server send 4,000 requests in a round. One that remembers carries operations out.",
		Columns: []string{"requests per second", "errors"},
	}
	for _, kind := range []struct{ name, benchmark string }{{"that remembers", "state"}, {"with examples", "examples"}} {
		found, err := parse(text, "BenchmarkLoad/"+kind.benchmark)
		if err != nil {
			return nil, err
		}
		section.Rows = append(section.Rows, report.Row{Name: kind.name, Cells: []report.Figure{
			report.Median("", found["requests/s"]...), report.Median("", found["errors"]...),
		}})
	}
	return []report.Section{section}, nil
}

// parse reads what a benchmark reported in each round, by unit.
func parse(text, name string) (map[string][]float64, error) {
	found := map[string][]float64{}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[0] != name && !strings.HasPrefix(fields[0], name+"-") {
			continue
		}
		for at := 2; at+1 < len(fields); at += 2 {
			value, err := strconv.ParseFloat(fields[at], 64)
			if err != nil {
				return nil, fmt.Errorf("read %q: %w", line, err)
			}
			found[fields[at+1]] = append(found[fields[at+1]], value)
		}
	}
	if len(found["requests/s"]) == 0 || len(found["errors"]) == 0 {
		return nil, fmt.Errorf("%s reported no requests and errors in %q", name, text)
	}
	return found, nil
}

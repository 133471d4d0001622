// Package calls measures what calls cost with each client, in interleaved rounds: a
// process for each client, operation and round, and one for the server. Of this
// module it imports bench, peers and report.
package calls

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// How long a client makes calls in a round.
const (
	alone   = 150 * time.Millisecond
	crowded = 250 * time.Millisecond
)

// tag is that of builds with the generated clients. This program has none of them, so
// the client says which there are.
const tag = "peers"

// crowd is how many calls are made at once where throughput is measured.
const crowd = 64

// Measure measures all clients.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	programs, err := build(ctx, set)
	if err != nil {
		return nil, err
	}
	server, err := startServer(ctx, programs)
	if err != nil {
		return nil, err
	}
	defer server.stop()
	run := &runs{program: filepath.Join(programs, "client"), url: server.url, costs: map[key][]peers.Cost{}}
	if err := run.ask(ctx, &run.peers, "--list"); err != nil {
		return nil, err
	}
	for round := range set.Rounds {
		set.Log("calls: round %d of %d", round+1, set.Rounds)
		if err := run.round(ctx); err != nil {
			return nil, err
		}
	}
	return run.sections(), nil
}

// build generates what is not committed, proves that all clients do the same, and
// builds the client and the server. It returns their folder.
func build(ctx context.Context, set *bench.Settings) (string, error) {
	folder := filepath.Join(set.Folder, "programs")
	set.Log("calls: generating, testing and building clients")
	if err := generate(ctx, set); err != nil {
		return "", err
	}
	if _, err := bench.Command(ctx, set.Module(), "go", "test", "-tags", tag, "./internal/peers"); err != nil {
		return "", err
	}
	_, err := bench.Command(ctx, set.Module(), "go", "build", "-tags", tag, "-o", folder+string(filepath.Separator), "./client", "./server")
	return folder, err
}

// key names what is measured.
type key struct {
	peer, operation string
	parallel        int
}

// runs holds the costs of all rounds.
type runs struct {
	program, url string
	peers        []peers.Peer
	costs        map[key][]peers.Cost
}

// round measures everything once. All clients make a call one soon after the other,
// in an order of its own, so that what disturbs the machine for a while disturbs all
// that are compared, and not always the same one.
func (r *runs) round(ctx context.Context) error {
	for _, all := range r.groups() {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] }) //nolint:gosec // G404: nobody gains from guessing an order
		for _, k := range all {
			cost, err := r.measure(ctx, k)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", k.operation, k.peer, err)
			}
			r.costs[k] = append(r.costs[k], cost)
		}
	}
	return nil
}

// groups are all that a round measures, by what is compared.
func (r *runs) groups() [][]key {
	var all [][]key
	for _, operation := range peers.Operations {
		var single, many []key
		for _, peer := range r.peers {
			single = append(single, key{peer.Name, operation.Name, 1})
			if operation.Crowd && !peer.Option {
				many = append(many, key{peer.Name, operation.Name, crowd})
			}
		}
		all = append(all, single, many)
	}
	return all
}

func (r *runs) measure(ctx context.Context, k key) (peers.Cost, error) {
	duration := alone
	if k.parallel > 1 {
		duration = crowded
	}
	var cost peers.Cost
	err := r.ask(ctx, &cost, "--peer", k.peer, "--operation", k.operation, "--url", r.url,
		"--parallel", strconv.Itoa(k.parallel), "--for", duration.String())
	return cost, err
}

// ask runs the client and decodes what it prints.
func (r *runs) ask(ctx context.Context, out any, args ...string) error {
	text, err := bench.Command(ctx, "", r.program, args...)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), out)
}

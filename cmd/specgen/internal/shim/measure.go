package shim

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
)

// Measure returns the changes, and says of those of the Go code whether they go away
// when the advice on the changes of the wire among them is followed, and which advice
// that is. It finds out whether they go away: it
// generates the client of base and that of the spec that [Keep] makes, and compares
// them.
func Measure(ctx context.Context, base, head *document.Document, changes []change.Change) ([]change.Change, error) {
	kept, err := Keep(base, head)
	if err != nil {
		return nil, err
	}
	left, err := compare(ctx, base, kept)
	if err != nil {
		return nil, fmt.Errorf("measure what the advice avoids: %w", err)
	}
	stays := map[string]bool{}
	for _, c := range left {
		stays[c.Fingerprint()] = true
	}
	out := Advise(changes)
	wire := slices.DeleteFunc(slices.Clone(out), func(c change.Change) bool { return c.Area != change.Wire })
	for i, c := range out {
		if c.Area == change.Go && c.Level == change.Breaking && !stays[c.Fingerprint()] {
			out[i].Advice, out[i].Avoidable = avoided(c, wire), true
		}
	}
	return out, nil
}

// compare generates and compares the clients of two specs.
func compare(ctx context.Context, base, head *document.Document) (_ []change.Change, err error) {
	dir, err := os.MkdirTemp("", "specgen-shim-*")
	if err != nil {
		return nil, err
	}
	defer func() {
		if failed := os.RemoveAll(dir); err == nil {
			err = failed
		}
	}()
	var trees [2]gochange.Tree
	for i, d := range []*document.Document{base, head} {
		at := fmt.Sprintf("%s/%d", dir, i)
		if err := os.Mkdir(at, 0o750); err != nil {
			return nil, err
		}
		if trees[i], err = gochange.Generate(ctx, d, at); err != nil {
			return nil, err
		}
	}
	result, err := gochange.Compare(ctx, trees[0], trees[1])
	return result.Changes, err
}

// Package compare tells what changes for programs between two sides: on the wire and in
// the Go packages.
//
// It may import its siblings change, git, gochange, revision, shim and wire,
// golang.org/x/mod/semver and the standard library.
package compare

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/cmd/specgen/internal/shim"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
)

// Result is what differs between two sides.
type Result struct {
	// Changes are those of the wire and of Go, sorted.
	Changes []change.Change
	// Declarations are the Go declarations that differ.
	Declarations []gochange.Declaration
}

// Sides compares two sides, and says of each break what would keep programs unchanged.
// Where both come with the packages that were generated from them, those are compared;
// otherwise the client is generated from both specs. The error is a [diag.Error] with the
// findings of both when a spec is broken. Each step is told to progress when it begins.
func Sides(ctx context.Context, base, head *revision.Side, progress func(step string)) (Result, error) {
	progress("compare requests and responses")
	found, err := wire.Compare(ctx, base.Document, head.Document)
	if err != nil {
		return Result{}, err
	}
	progress("compile and compare the Go packages")
	packages, err := packages(ctx, base, head)
	if err != nil {
		return Result{}, fmt.Errorf("compare the Go packages: %w", err)
	}
	progress("find out what would keep programs unchanged")
	changes := measured(ctx, base, head, found, packages.Changes)
	change.Sort(changes)
	return Result{Changes: changes, Declarations: packages.Declarations}, nil
}

// client is the folder of the packages that are generated from the spec.
const client = "sdk/ack"

// measured returns all changes with what would keep programs unchanged, and says of those
// of generated code whether they go away with the advice on those of the wire. Where that
// cannot be found out, nothing is promised.
func measured(ctx context.Context, base, head *revision.Side, wire, packages []change.Change) []change.Change {
	var generated, others []change.Change
	for _, c := range packages {
		if strings.HasPrefix(c.Place().File, client+"/") {
			generated = append(generated, c)
		} else {
			others = append(others, c)
		}
	}
	unmeasured := slices.Concat(shim.Advise(wire), packages)
	if change.Worst(generated) < change.Breaking {
		return unmeasured
	}
	out, err := shim.Measure(ctx, base.Document, head.Document, slices.Concat(wire, generated))
	if err != nil {
		return unmeasured
	}
	return append(out, others...)
}

// packages compares the Go packages of two sides.
func packages(ctx context.Context, base, head *revision.Side) (result gochange.Result, err error) {
	if hasClient(base.Module) && hasClient(head.Module) {
		return gochange.Compare(ctx, gochange.Repository(base.Module), gochange.Repository(head.Module))
	}
	if bytes.Equal(base.Document.Data, head.Document.Data) && base.Document.Folder == nil {
		return gochange.Result{}, nil // one spec makes one client
	}
	temp, err := os.MkdirTemp("", "specgen-")
	if err != nil {
		return gochange.Result{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	var trees [2]gochange.Tree
	for i, side := range []*revision.Side{base, head} {
		dir := filepath.Join(temp, []string{"base", "head"}[i])
		if err := os.Mkdir(dir, 0o750); err != nil {
			return gochange.Result{}, err
		}
		if trees[i], err = gochange.Generate(ctx, side.Document, dir); err != nil {
			return gochange.Result{}, err
		}
	}
	return gochange.Compare(ctx, trees[0], trees[1])
}

// hasClient reports whether a module holds the client that is generated from its spec.
func hasClient(module string) bool {
	info, err := os.Stat(filepath.Join(module, filepath.FromSlash(client)))
	return module != "" && err == nil && info.IsDir()
}

// LastVersion returns the highest version among the tags that lead to a revision, or ""
// when there is none. Pre-releases do not count.
func LastVersion(ctx context.Context, repo git.Repo, revision string) (string, error) {
	versions, err := versions(ctx, repo, revision)
	if err != nil {
		return "", fmt.Errorf("find the last version: %w", err)
	}
	if len(versions) == 0 {
		return "", nil
	}
	return versions[len(versions)-1], nil
}

// Versions returns the versions among the tags that lead to a revision, the lowest first.
// Pre-releases do not count.
func Versions(ctx context.Context, repo git.Repo, revision string) ([]string, error) {
	versions, err := versions(ctx, repo, revision)
	if err != nil {
		return nil, fmt.Errorf("find the versions: %w", err)
	}
	return versions, nil
}

func versions(ctx context.Context, repo git.Repo, revision string) ([]string, error) {
	tags, err := repo.Lines(ctx, "tag", "--list", "v*", "--merged", revision)
	if err != nil {
		return nil, err
	}
	tags = slices.DeleteFunc(tags, func(tag string) bool {
		return !semver.IsValid(tag) || semver.Canonical(tag) != tag || semver.Prerelease(tag) != ""
	})
	slices.SortFunc(tags, semver.Compare)
	return tags, nil
}

// Package history tells what changed in a spec from release to release. Releases are
// the versions among the tags of the git repository that holds the spec; what is not in
// the last of them is unreleased. It knows no clock: the same tags and the same spec
// give the same history.
//
// It may import cmd/specgen/internal/change, compare, document, git, revision and wire,
// its sibling reference, generator/diag, load's oas and the standard library.
package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/compare"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
	"github.com/ackgen/ackgen/generator/diag"
)

// Unreleased stands in the place of a version for what is in no release yet.
const Unreleased = "unreleased"

// History is what changed in a spec. The zero value is that of a spec which is in no
// release: nothing is known of it.
type History struct {
	// Releases are the releases that have the spec, the newest first. Before them stands
	// what is unreleased, if that is anything. It is empty without a release.
	Releases []Release

	marks map[string]Mark
}

// Release is one version of the spec.
type Release struct {
	Version string // such as v0.2.0, or Unreleased
	Date    string // of the commit, such as 2026-11-27; "" when unreleased
	First   bool   // there is nothing to compare it with
	Parts   []Part // what changed since the release before; empty when nothing did
}

// Unreleased reports whether it is what no release has yet.
func (r Release) Unreleased() bool { return r.Version == Unreleased }

// Mark tells in which versions something happened to a thing. A version is "" when that
// did not happen in any.
type Mark struct {
	Since      string // it is new; of an operation it may be the first release
	Deprecated string
	Removed    string
}

// Of returns the mark of a thing by its subject, which is that of a change: the name of
// an operation or of a schema, "ListThings query zone", or "Thing.color".
func (h *History) Of(subject string) Mark { return h.marks[subject] }

// Newest returns the version whose changes are new to readers: Unreleased or that of the
// last release. It is "" when there was no release, or only one.
func (h *History) Newest() string {
	if len(h.Releases) == 0 || h.Releases[0].First {
		return ""
	}
	return h.Releases[0].Version
}

// Read reads the history of a spec at a path, which is a file or a folder of fragments.
// It is empty where there is no repository or no release that has the spec.
//
// The error is a [*diag.Error] when the spec of the path or of a release is broken.
func Read(ctx context.Context, path string) (*History, error) {
	h := &History{marks: map[string]Mark{}}
	versions, err := versionsOf(ctx, path)
	if err != nil || len(versions) == 0 {
		return h, err
	}
	w := &walk{history: h, path: path}
	if err := w.all(ctx, versions); err != nil {
		return nil, errors.Join(err, w.leave())
	}
	slices.Reverse(h.Releases)
	return h, w.leave()
}

// versionsOf returns the versions that have something at the path, the oldest first.
func versionsOf(ctx context.Context, path string) ([]string, error) {
	repo := git.Repo{Dir: filepath.Dir(path)}
	if in, err := repo.IsRepository(ctx); !in || err != nil {
		return nil, err
	}
	if _, err := repo.Run(ctx, "rev-parse", "--verify", "--quiet", "HEAD"); err != nil {
		return nil, nil // a repository without a commit has no release
	}
	versions, err := compare.Versions(ctx, repo, "HEAD")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, v := range versions {
		found, err := repo.Run(ctx, "ls-tree", "--name-only", "refs/tags/"+v, "--", filepath.Base(path))
		if err != nil {
			return nil, fmt.Errorf("look for the spec in %s: %w", v, err)
		}
		if found != "" {
			out = append(out, v)
		}
	}
	return out, nil
}

// walk goes from release to release.
type walk struct {
	history *History
	path    string
	last    *revision.Side // the release before; nil before the first
}

// leave removes what is left of the last release.
func (w *walk) leave() error {
	if w.last == nil {
		return nil
	}
	return w.last.Close()
}

func (w *walk) all(ctx context.Context, versions []string) error {
	for _, v := range versions {
		if err := w.release(ctx, v); err != nil {
			return err
		}
	}
	return w.unreleased(ctx)
}

func (w *walk) release(ctx context.Context, version string) error {
	date, err := git.Repo{Dir: filepath.Dir(w.path)}.Run(ctx, "log", "-1", "--format=%cs", "refs/tags/"+version)
	if err != nil {
		return fmt.Errorf("read the date of %s: %w", version, err)
	}
	side, err := revision.Open(ctx, version+":", w.path)
	if err != nil {
		return err
	}
	r := Release{Version: version, Date: date, First: w.last == nil}
	if r.First {
		err = w.first(version, side.Document)
	} else {
		err = w.compare(ctx, &r, side.Document)
	}
	if err != nil {
		return errors.Join(err, side.Close())
	}
	w.history.Releases = append(w.history.Releases, r)
	err = w.leave()
	w.last = side
	return err
}

// first notes which operations there are from the first release on.
func (w *walk) first(version string, d *document.Document) error {
	if d.Tree == nil || !d.Whole {
		return &diag.Error{Findings: d.Findings}
	}
	for _, id := range operationsOf(d) {
		w.history.marks[id] = Mark{Since: version}
	}
	return nil
}

// unreleased adds what the spec as it is has and the last release has not.
func (w *walk) unreleased(ctx context.Context) error {
	head, err := document.Open(w.path)
	if err != nil {
		return err
	}
	r := Release{Version: Unreleased}
	if err := w.compare(ctx, &r, head); err != nil {
		return err
	}
	if len(r.Parts) > 0 {
		w.history.Releases = append(w.history.Releases, r)
	}
	return nil
}

// compare fills in what changed since the last release.
func (w *walk) compare(ctx context.Context, r *Release, head *document.Document) error {
	changes, err := wire.Compare(ctx, w.last.Document, head)
	if err != nil {
		return fmt.Errorf("compare %s with the release before: %w", r.Version, err)
	}
	r.Parts = partsOf(changes)
	w.history.mark(r.Version, changes)
	return nil
}

// mark notes what happened to things. Later releases decide: what comes back after it was
// removed is new again.
func (h *History) mark(version string, changes []change.Change) {
	for _, c := range changes {
		m := h.marks[c.Subject]
		switch eventOf(c) {
		case added:
			m = Mark{Since: version}
		case removed:
			m = Mark{Removed: version}
		case deprecated:
			m.Deprecated = version
		case restored:
			m.Deprecated = ""
		default:
			continue
		}
		h.marks[c.Subject] = m
	}
}

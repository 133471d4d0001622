// Package release makes a version out of what is committed: it decides which one,
// writes its section of the change log, sets the version where it is named, generates
// anew, tests, and tags. All of it happens in clones in a temporary folder, and only
// what has passed gets into the repository.
//
// It may import its siblings artifacts, change, changelog, command, compare, git and
// version, cmd/internal/cli, golang.org/x/mod and the standard library.
package release

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/ackgen/ackgen/cmd/specgen/internal/artifacts"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// Options say what to release and how.
type Options struct {
	// Dir is a folder in the repository.
	Dir string
	// Branch is the branch that releases are made of.
	Branch string
	// Remote is the repository that others get the release from. There is none when it
	// is empty.
	Remote string
	// Date is the day of the release.
	Date time.Time
	// As is the version to release as, when it is not the one that the changes decide.
	As string
	// Approvals is the path of the file with accepted breaks in the repository.
	Approvals string
	// Generate and Test are the commands that generate everything and that test it.
	Generate, Test []string
	// Artifacts is the folder for what is offered for download. Nothing is built when it
	// is empty.
	Artifacts string
	// Platforms are those that commands are built for.
	Platforms []artifacts.Platform
	// Temp is where the temporary folder is made; that of the system when it is empty.
	Temp string
	// Compare compares two commits, of which the first is empty for a first release.
	Compare func(ctx context.Context, last, head string) (Comparison, error)
	// Progress is told of each step that begins.
	Progress func(step string)
}

// Comparison is what changed since the last version.
type Comparison struct {
	// Changes are all changes.
	Changes []change.Change
	// Unapproved are the breaking changes that nobody has accepted.
	Unapproved []change.Change
	// Reasons and Groups are those of [changelog.Content].
	Reasons, Groups map[string]string
}

// Plan is what a release is, or would be.
type Plan struct {
	// Last is the version before, and empty for a first release.
	Last string `json:"last,omitempty"`
	// Version is the version.
	Version string `json:"version,omitempty"`
	// Forcing is the change that decides the version, if there is one.
	Forcing *change.Change `json:"forcing,omitempty"`
	// Counts is how many changes there are of each level.
	Counts map[string]int `json:"changes,omitempty"`
	// Commit is the commit that the release is made of.
	Commit string `json:"commit"`
	// Section is the section of CHANGELOG.md.
	Section string `json:"section,omitempty"`
	// Files are the files that the release changes.
	Files []string `json:"files,omitempty"`
	// Steps are what a release does, in order.
	Steps []Step `json:"steps"`
	// Refusals say why there is no release. Each says what to do.
	Refusals []string `json:"refusals,omitempty"`
	// Artifacts are the files that were written into the folder for them.
	Artifacts []string `json:"artifacts,omitempty"`
}

// Step is a step of a release.
type Step struct {
	Name string `json:"name"`
	// Done tells whether it was carried out. A dry run carries out the steps that change
	// nothing outside of its temporary folder and are needed to tell what a release is.
	Done bool `json:"done"`
}

// Mode tells how far to go.
type Mode int

// The modes.
const (
	// DryRun only tells what a release would be.
	DryRun Mode = iota
	// Local makes commit and tag in the repository.
	Local
	// Push also pushes them, both or none.
	Push
)

// run is one release on its way.
type run struct {
	Options
	mode Mode
	repo git.Repo // that of the user
	plan Plan

	temp          string // the temporary folder
	first, second git.Repo
	module        string
	file          *changelog.File
	retracted     []changelog.Retraction
	tag           string // id of the tag object
	release       string // id of the commit
	packed        string // folder of the artifacts in the temporary folder
}

// Run releases, or tells in the plan why not. The error is about a step that failed;
// then everything is as it was before.
func Run(ctx context.Context, o Options, mode Mode) (Plan, error) {
	r := &run{Options: o, mode: mode, repo: git.Repo{Dir: o.Dir}}
	return r.carryOut(ctx, r.steps())
}

// carryOut carries out steps, and undoes them in reverse when one fails.
func (r *run) carryOut(ctx context.Context, steps []step) (plan Plan, err error) {
	temp, err := os.MkdirTemp(r.Temp, "specgen-release-")
	if err != nil {
		return plan, fmt.Errorf("make a temporary folder: %w", err)
	}
	r.temp = temp
	defer func() {
		if failed := removeAll(temp); failed != nil && err == nil {
			err = fmt.Errorf("remove the temporary folder: %w", failed)
		}
	}()
	for _, s := range steps {
		r.plan.Steps = append(r.plan.Steps, Step{Name: s.name})
	}
	for i, s := range steps {
		if r.mode == DryRun && !s.preview {
			continue
		}
		r.Progress(s.name)
		if err := begin(ctx, s); err != nil {
			return r.plan, r.undo(ctx, steps[:i], fmt.Errorf("%s: %w", s.name, err))
		}
		r.plan.Steps[i].Done = true
		if r.blocked(s) {
			break
		}
	}
	return r.plan, nil
}

// begin carries out a step, unless the user has interrupted the run.
func begin(ctx context.Context, s step) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.run(ctx)
}

// blocked reports whether what a step refused ends the run. A dry run goes on as long
// as there is something to tell.
func (r *run) blocked(s step) bool {
	return len(r.plan.Refusals) > 0 && !s.more && (r.mode != DryRun || r.plan.Section == "")
}

// undo takes back what was done, the last first, and returns why.
func (r *run) undo(ctx context.Context, done []step, why error) error {
	ctx = context.WithoutCancel(ctx) // an interrupt must not leave half of it behind
	for i, s := range slices.Backward(done) {
		if s.undo != nil && r.plan.Steps[i].Done {
			if err := s.undo(ctx); err != nil {
				why = errors.Join(why, fmt.Errorf("undo %q: %w", s.name, err))
			}
		}
	}
	return why
}

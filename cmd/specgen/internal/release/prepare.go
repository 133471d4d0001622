package release

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/command"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// clone clones the commit, as others will see it.
func (r *run) clone(ctx context.Context) error {
	var err error
	r.first, err = r.cloneOf(ctx, r.repo.Dir, filepath.Join(r.temp, "first", "clone"), r.plan.Commit)
	return err
}

// cloneOf clones a repository with its history, and checks a commit out as the branch
// of releases.
func (r *run) cloneOf(ctx context.Context, source, target, commit string) (git.Repo, error) {
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return git.Repo{}, err
	}
	if _, err := r.repo.Run(ctx, "clone", "--quiet", "--no-checkout", "--", source, target); err != nil {
		return git.Repo{}, err
	}
	clone := git.Repo{Dir: target}
	_, err := clone.Run(ctx, "checkout", "--quiet", "-B", r.Branch, "--no-track", commit)
	return clone, err
}

// checkFresh refuses a commit whose bundle or generated code is stale.
func (r *run) checkFresh(ctx context.Context) error {
	lines, err := r.generate(ctx, r.first)
	if err != nil || len(lines) == 0 {
		return err
	}
	r.refuse("what is generated is stale: run %s, and commit %s", words(r.Generate), some(lines))
	return nil
}

// generate generates everything and returns which files that changed.
func (r *run) generate(ctx context.Context, clone git.Repo) ([]string, error) {
	if _, err := command.Run(ctx, command.Command{Dir: clone.Dir, Args: r.Generate}); err != nil {
		return nil, err
	}
	return changed(ctx, clone)
}

// changed lists the files that differ from the commit.
func changed(ctx context.Context, clone git.Repo) ([]string, error) {
	if _, err := clone.Run(ctx, "add", "--all"); err != nil {
		return nil, err
	}
	return clone.Lines(ctx, "diff", "--cached", "--name-only", "HEAD")
}

// versionLine is a line of a Go file that names the version of the module.
var versionLine = regexp.MustCompile(`(?m)^(const Version = )"[^"]*"( // set by specgen release)$`)

const versionMark = "// set by specgen release"

// setVersions sets the constants that name the version.
func (r *run) setVersions(ctx context.Context) error {
	files, err := r.first.Lines(ctx, "grep", "--name-only", "--fixed-strings", "-e", versionMark, "--", "*.go")
	if failed := (*git.Error)(nil); errors.As(err, &failed) && failed.Stderr == "" && ctx.Err() == nil {
		files, err = nil, nil // grep fails when it finds nothing
	}
	if err != nil {
		return err
	}
	set := 0
	for _, name := range files {
		err := r.edit(name, func(text []byte) []byte {
			if versionLine.Match(text) { // else it only speaks of such lines
				set++
			}
			return versionLine.ReplaceAll(text, []byte(`${1}"`+strings.TrimPrefix(r.plan.Version, "v")+`"${2}`))
		})
		if err != nil {
			return err
		}
	}
	if set == 0 {
		r.refuse("no Go file names the version: write const Version = \"\" %s where it is needed", versionMark)
	}
	return nil
}

// writeChangelog writes CHANGELOG.md.
func (r *run) writeChangelog(context.Context) error {
	text, err := r.file.Release(r.plan.Version, r.plan.Section)
	if err != nil {
		r.refuse("%s", err)
		return nil
	}
	return r.edit(logFile, func([]byte) []byte { return []byte(text) })
}

// edit changes a file of the first clone. A link that leads out of it is an error.
func (r *run) edit(name string, change func([]byte) []byte) (err error) {
	root, err := os.OpenRoot(r.first.Dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	text, err := root.ReadFile(filepath.FromSlash(name))
	if err != nil {
		return err
	}
	return root.WriteFile(filepath.FromSlash(name), change(text), 0o600)
}

// clearApprovals leaves of the file with accepted breaks the comment at its head: they
// are released, and the next comparison begins here.
func (r *run) clearApprovals(context.Context) error {
	err := r.edit(r.Approvals, comments)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// comments returns the comment lines and empty lines that a text begins with.
func comments(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	end := slices.IndexFunc(lines, func(line []byte) bool {
		line = bytes.TrimSpace(line)
		return len(line) > 0 && line[0] != '#'
	})
	if end < 0 {
		end = len(lines)
	}
	return bytes.Join(lines[:end], nil)
}

// regenerate generates with the new version, and notes which files the release changes.
func (r *run) regenerate(ctx context.Context) error {
	files, err := r.generate(ctx, r.first)
	if err != nil {
		return err
	}
	r.plan.Files = files
	if !slices.Contains(files, logFile) && len(r.plan.Refusals) == 0 {
		return fmt.Errorf("%s did not change", logFile)
	}
	return nil
}

package release

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"

	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/compare"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

func (r *run) refuse(format string, args ...any) {
	r.plan.Refusals = append(r.plan.Refusals, fmt.Sprintf(format, args...))
}

// inspect looks at the repository, and at its remote, without a change to either.
func (r *run) inspect(ctx context.Context) error {
	root, err := r.repo.Run(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	r.repo.Dir = filepath.FromSlash(root)
	if r.plan.Commit, err = r.repo.Run(ctx, "rev-parse", "--verify", "HEAD^{commit}"); err != nil {
		return err
	}
	for _, check := range []func(context.Context) error{
		r.checkBranch, r.checkTree, r.checkArtifacts, r.checkIdentity, r.findLast, r.checkRemote, r.readChangelog, r.readModule,
	} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) checkBranch(ctx context.Context) error {
	if strings.HasPrefix(r.Branch, "-") {
		return fmt.Errorf("%q is not a branch", r.Branch)
	}
	branch, err := r.repo.Run(ctx, "branch", "--show-current")
	switch {
	case err != nil:
		return err
	case branch == "":
		r.refuse("HEAD is detached: switch to the branch %s", r.Branch)
	case branch != r.Branch:
		r.refuse("the branch is %s, and releases are made of %s: switch to it, or name this one with --branch", branch, r.Branch)
	}
	return nil
}

func (r *run) checkTree(ctx context.Context) error {
	lines, err := r.repo.Lines(ctx, "status", "--porcelain")
	if len(lines) > 0 {
		r.refuse("the tree is dirty: commit or remove %s", some(lines))
	}
	return err
}

// checkArtifacts asks early for what is needed in the end: a folder for the artifacts
// that is new or empty, and in which they are no change of the tree.
func (r *run) checkArtifacts(ctx context.Context) error {
	if r.Artifacts == "" {
		return nil
	}
	if err := r.folderIsFree(); err != nil {
		r.refuse("%s", err)
	}
	_, err := r.repo.Run(ctx, "check-ignore", "--quiet", "--", filepath.Join(r.Artifacts, "any"))
	const notIgnored = 1 // any other code but 0 says that the folder is elsewhere
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == notIgnored {
		r.refuse("the folder %s for artifacts would make the tree dirty: name one outside of the repository, or one that git ignores", filepath.ToSlash(r.Artifacts))
	}
	return ctx.Err()
}

// some names a few of many things.
func some(lines []string) string {
	const enough = 5
	var names []string
	for _, l := range lines[:min(len(lines), enough)] {
		names = append(names, strings.TrimSpace(l))
	}
	text := strings.Join(names, ", ")
	if more := len(lines) - enough; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// checkIdentity asks early for what the commit needs in the end.
func (r *run) checkIdentity(ctx context.Context) error {
	if _, err := r.repo.Run(ctx, "var", "GIT_COMMITTER_IDENT"); err != nil {
		r.refuse("git does not know who releases: set user.name and user.email with git config")
	}
	return ctx.Err()
}

// findLast finds the last version that HEAD has, with the same tags that everybody has.
func (r *run) findLast(ctx context.Context) error {
	shallow, err := r.repo.Run(ctx, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return err
	}
	if shallow == "true" {
		r.refuse("the history is cut off, so that the last version may be missing: run git fetch --unshallow --tags")
	}
	r.plan.Last, err = compare.LastVersion(ctx, r.repo, "HEAD")
	return err
}

// isVersion reports whether a tag is that of a release such as v1.2.3.
func isVersion(tag string) bool {
	return semver.Canonical(tag) == tag && semver.IsValid(tag) && semver.Prerelease(tag) == "" && semver.Build(tag) == ""
}

// checkRemote refuses to release beside what others have released or pushed.
func (r *run) checkRemote(ctx context.Context) error {
	if r.Remote == "" {
		if r.mode == Push {
			r.refuse("there is no remote to push to: name one with --remote")
		}
		return nil
	}
	lines, err := r.repo.Lines(ctx, "ls-remote", "--refs", "--", r.Remote)
	if err != nil {
		r.refuse("the remote %q does not tell its tags (%s): name another one with --remote, or none with --remote=", r.Remote, err)
		return ctx.Err()
	}
	for _, line := range lines {
		id, ref, _ := strings.Cut(line, "\t")
		if err := r.checkRemoteRef(ctx, id, ref); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) checkRemoteRef(ctx context.Context, id, ref string) error {
	if tag, ok := strings.CutPrefix(ref, "refs/tags/"); ok && isVersion(tag) {
		switch ours, err := r.repo.Run(ctx, "rev-parse", "--verify", "--quiet", "refs/tags/"+tag); {
		case err != nil:
			r.refuse("the remote %s has the tag %s, which is not here: run git fetch --tags %[1]s", r.Remote, tag)
		case ours != id:
			r.refuse("the tag %s here is not that of the remote %s: a tag never moves, so delete it here and run git fetch --tags %[2]s", tag, r.Remote)
		}
	}
	if ref == "refs/heads/"+r.Branch {
		if _, err := r.repo.Run(ctx, "merge-base", "--is-ancestor", id, "HEAD"); err != nil {
			r.refuse("the branch %s of the remote %s has commits that HEAD lacks: run git pull", r.Branch, r.Remote)
		}
	}
	return ctx.Err()
}

// show returns a file of a commit, or an empty text when it has none.
func show(ctx context.Context, repo git.Repo, commit, file string) (string, error) {
	names, err := repo.Run(ctx, "ls-tree", "--name-only", commit, "--", file)
	if err != nil || names == "" {
		return "", err
	}
	text, err := repo.Run(ctx, "show", commit+":"+file)
	return text + "\n", err
}

// logFile is the name of the change log.
const logFile = "CHANGELOG.md"

func (r *run) readChangelog(ctx context.Context) error {
	text, err := show(ctx, r.repo, r.plan.Commit, logFile)
	if err != nil {
		return err
	}
	if r.file, err = changelog.Parse(text); err != nil {
		r.refuse("%s", err)
		return nil
	}
	return r.checkTold(ctx)
}

// checkTold holds that nothing was added to the section of the last version. A merge does
// that with the notes of a branch that began before the release, and nobody would be
// told of them.
func (r *run) checkTold(ctx context.Context) error {
	if r.plan.Last == "" {
		return nil
	}
	text, err := show(ctx, r.repo, r.plan.Last, logFile)
	if err != nil {
		return err
	}
	released, err := changelog.Parse(text)
	if err != nil {
		return nil // it was not released by these rules
	}
	if r.file.Version(r.plan.Last) != released.Version(r.plan.Last) {
		r.refuse("the section of %s in %s is not the one that was released: move what was added since to %q, and leave the rest as it was (git diff %[1]s -- %[2]s shows it)", r.plan.Last, logFile, changelog.Unreleased)
	}
	return nil
}

// readModule reads the path of the module and which versions it retracts anew.
func (r *run) readModule(ctx context.Context) error {
	mod, err := r.parseModule(ctx, r.plan.Commit)
	if err != nil {
		return err
	}
	if mod == nil || mod.Module == nil {
		r.refuse("the commit has no go.mod that names a module, and so nothing to release")
		return nil
	}
	r.module = mod.Module.Mod.Path
	before := &modfile.File{}
	if r.plan.Last != "" {
		if before, err = r.parseModule(ctx, r.plan.Last); err != nil || before == nil {
			return err
		}
	}
	for _, retract := range mod.Retract {
		if !slices.ContainsFunc(before.Retract, func(b *modfile.Retract) bool { return b.VersionInterval == retract.VersionInterval }) {
			r.retracted = append(r.retracted, changelog.Retraction{Versions: interval(retract.VersionInterval), Reason: retract.Rationale})
		}
	}
	return nil
}

func (r *run) parseModule(ctx context.Context, commit string) (*modfile.File, error) {
	text, err := show(ctx, r.repo, commit, "go.mod")
	if err != nil || text == "" {
		return nil, err
	}
	return modfile.Parse("go.mod", []byte(text), nil)
}

func interval(v modfile.VersionInterval) string {
	if v.Low == v.High {
		return v.Low
	}
	return v.Low + " to " + v.High
}

package release

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// Rebuild makes the artifacts of a version that was released before, from its tag, and
// changes nothing else. They have the same bytes again if the same Go release builds them.
func Rebuild(ctx context.Context, o Options, version string) (Plan, error) {
	r := &run{Options: o, mode: Local, repo: git.Repo{Dir: o.Dir}}
	r.plan.Version = version
	return r.carryOut(ctx, []step{
		{name: "find the tag " + version, run: r.findTag},
		{name: "clone it twice into a temporary folder", run: r.cloneTag},
		r.buildStep(),
		r.deliverStep(),
	})
}

func (r *run) findTag(ctx context.Context) error {
	root, err := r.repo.Run(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return err
	}
	r.repo.Dir = filepath.FromSlash(root)
	if !isVersion(r.plan.Version) {
		return errors.New("a version is called like v1.2.3")
	}
	if r.release, err = r.repo.Run(ctx, "rev-parse", "--verify", "refs/tags/"+r.plan.Version+"^{commit}"); err != nil {
		return err
	}
	if err := r.folderIsFree(); err != nil {
		return err
	}
	r.plan.Commit = r.release
	return r.readModule(ctx)
}

func (r *run) cloneTag(ctx context.Context) error {
	var err error
	if r.first, err = r.cloneOf(ctx, r.repo.Dir, filepath.Join(r.temp, "first", "clone"), r.release); err != nil {
		return err
	}
	r.second, err = r.cloneOf(ctx, r.repo.Dir, filepath.Join(r.temp, "the second one", "elsewhere"), r.release)
	return err
}

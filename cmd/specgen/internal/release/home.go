package release

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// bringHome gives the repository of the user commit and tag, both or none. The branch
// must be where it was, and the tree clean, as the user may have gone on meanwhile.
func (r *run) bringHome(ctx context.Context) error {
	// A file that was written again as it was would be in the way.
	if _, err := r.repo.Run(ctx, "update-index", "-q", "--refresh"); err != nil {
		return err
	}
	if err := r.checkUnmoved(ctx); err != nil {
		return err
	}
	if _, err := r.repo.Run(ctx, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", r.first.Dir, "refs/tags/"+r.plan.Version); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return r.move(context.WithoutCancel(ctx), r.plan.Commit, r.release, "create refs/tags/"+r.plan.Version+" "+r.tag)
}

// move takes the branch, the index and the tree from one commit to another, together
// with the tag, or leaves all of them. It takes a moment, and must not stop in the middle.
func (r *run) move(ctx context.Context, from, to, tag string) error {
	if _, err := r.repo.Run(ctx, "read-tree", "-m", "-u", from, to); err != nil {
		return err
	}
	if err := r.updateRefs(ctx, "update refs/heads/"+r.Branch+" "+to+" "+from, tag); err != nil {
		_, failed := r.repo.Run(ctx, "read-tree", "-m", "-u", to, from)
		return errors.Join(err, failed)
	}
	return nil
}

func (r *run) checkUnmoved(ctx context.Context) error {
	head, err := r.repo.Run(ctx, "rev-parse", "HEAD", "--symbolic-full-name", "HEAD")
	if err != nil {
		return err
	}
	if want := r.plan.Commit + "\nrefs/heads/" + r.Branch; head != want {
		return fmt.Errorf("the branch %s moved while the release was made: run it again", r.Branch)
	}
	lines, err := r.repo.Lines(ctx, "status", "--porcelain")
	if err == nil && len(lines) > 0 {
		err = fmt.Errorf("the tree changed while the release was made: commit or remove %s, and run it again", some(lines))
	}
	return err
}

// updateRefs changes references, all or none.
func (r *run) updateRefs(ctx context.Context, lines ...string) error {
	in := "start\n" + strings.Join(lines, "\n") + "\nprepare\ncommit\n"
	return r.repo.Stream(ctx, strings.NewReader(in), io.Discard, "update-ref", "--create-reflog", "-m", "specgen release "+r.plan.Version, "--stdin")
}

// takeBackHome undoes bringHome.
func (r *run) takeBackHome(ctx context.Context) error {
	if _, err := r.repo.Run(ctx, "update-index", "-q", "--refresh"); err != nil {
		return err
	}
	return r.move(ctx, r.release, r.plan.Commit, "delete refs/tags/"+r.plan.Version+" "+r.tag)
}

// push is all that leaves the machine. The remote takes branch and tag, both or none.
func (r *run) push(ctx context.Context) error {
	_, err := r.repo.Run(ctx, "push", "--quiet", "--atomic", "--no-follow-tags", "--", r.Remote, "refs/heads/"+r.Branch+":refs/heads/"+r.Branch, "refs/tags/"+r.plan.Version+":refs/tags/"+r.plan.Version)
	return err
}

package revision

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// locate finds the repository in which a path lies, and the path as the repository has
// it. The path itself need not exist.
func locate(ctx context.Context, path string) (repo git.Repo, below string, err error) {
	dir, rest, err := existing(path)
	if err != nil {
		return git.Repo{}, "", fmt.Errorf("find %s: %w", path, err)
	}
	top, err := git.Repo{Dir: dir}.Run(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return git.Repo{}, "", err
	}
	top = filepath.FromSlash(top)
	rel, err := filepath.Rel(top, filepath.Join(dir, rest))
	if err != nil {
		return git.Repo{}, "", fmt.Errorf("find %s in the repository %s: %w", path, top, err)
	}
	return git.Repo{Dir: top}, filepath.ToSlash(rel), nil
}

// existing divides a path into a folder that exists, without symbolic links, and the rest.
func existing(path string) (dir, rest string, err error) {
	dir, err = filepath.Abs(path)
	if err != nil {
		return "", "", err
	}
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		rest = filepath.Join(filepath.Base(dir), rest)
		dir = filepath.Dir(dir)
	}
	dir, err = filepath.EvalSymlinks(dir)
	return dir, rest, err
}

// open extracts a revision and opens what lies at a path of it.
func open(ctx context.Context, repo git.Repo, arg, rev, path string) (*Side, error) {
	commit, err := commitOf(ctx, repo, rev)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "specgen-")
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", rev, err)
	}
	s := &Side{Name: arg, Revision: rev + ":", temp: temp}
	if err := s.fill(ctx, repo, commit, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Side) fill(ctx context.Context, repo git.Repo, commit, path string) error {
	if err := extract(ctx, repo, commit, s.temp); err != nil {
		return fmt.Errorf("extract %s: %w", s.Name, err)
	}
	file := filepath.Join(s.temp, filepath.FromSlash(path))
	if _, err := os.Stat(file); err != nil || !filepath.IsLocal(filepath.FromSlash(path)) {
		return fmt.Errorf("open %s: the revision has no %s; name its spec as %sPATH", s.Name, path, s.Revision)
	}
	d, err := read(file, s.Revision+path)
	if err != nil {
		return fmt.Errorf("open %s: %w", s.Name, err)
	}
	s.Document, s.Module = d, moduleAround(d.Dir, s.temp)
	return nil
}

// commitOf returns the id of the commit that a revision names.
func commitOf(ctx context.Context, repo git.Repo, rev string) (string, error) {
	commit, err := repo.Run(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err == nil || ctx.Err() != nil {
		return commit, err
	}
	shallow, shallowErr := repo.Run(ctx, "rev-parse", "--is-shallow-repository")
	if shallowErr == nil && shallow == "true" {
		return "", fmt.Errorf("find %s: the clone lacks a part of the history: get it with git fetch --unshallow --tags", rev)
	}
	return "", fmt.Errorf("find %s: there is neither such a file nor such a revision", rev)
}

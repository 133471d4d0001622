package release

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/cmd/specgen/internal/artifacts"
	"github.com/ackgen/ackgen/cmd/specgen/internal/command"
)

// commit commits what was prepared, and tags it. The clone knows the settings of the
// user, but not those of the repository.
func (r *run) commit(ctx context.Context) error {
	for _, name := range []string{"user.name", "user.email"} {
		value, err := r.repo.Run(ctx, "config", "--get", name)
		if err != nil {
			continue // the environment says it, or checkIdentity would have refused
		}
		if _, err := r.first.Run(ctx, "config", name, value); err != nil {
			return err
		}
	}
	subject := "Release " + r.plan.Version
	if _, err := r.first.Run(ctx, "commit", "--quiet", "--no-verify", "--message="+subject); err != nil {
		return err
	}
	var err error
	if r.release, err = r.first.Run(ctx, "rev-parse", "--verify", "HEAD"); err != nil {
		return err
	}
	message := strings.NewReader(subject + "\n\n" + r.plan.Section)
	if err := r.first.Stream(ctx, message, io.Discard, "tag", "--annotate", "--cleanup=verbatim", "--file=-", r.plan.Version); err != nil {
		return err
	}
	r.tag, err = r.first.Run(ctx, "rev-parse", "--verify", "refs/tags/"+r.plan.Version)
	return err
}

// regenerateElsewhere checks that what is generated depends on the commit alone.
func (r *run) regenerateElsewhere(ctx context.Context) error {
	var err error
	if r.second, err = r.cloneOf(ctx, r.first.Dir, filepath.Join(r.temp, "the second one", "elsewhere"), r.release); err != nil {
		return err
	}
	files, err := r.generate(ctx, r.second)
	if err == nil && len(files) > 0 {
		err = fmt.Errorf("two clones differ in %s", some(files))
	}
	return err
}

// test runs the tests, which must not change what is committed.
func (r *run) test(ctx context.Context) error {
	if _, err := command.Run(ctx, command.Command{Dir: r.second.Dir, Args: r.Test}); err != nil {
		return err
	}
	files, err := changed(ctx, r.second)
	if err == nil && len(files) > 0 {
		err = fmt.Errorf("the tests changed %s", some(files))
	}
	return err
}

// build builds the commands twice, and packs them.
func (r *run) build(ctx context.Context) error {
	binaries, err := artifacts.Build(ctx, r.first.Dir, filepath.Join(r.temp, "bin1"), r.plan.Version, r.Platforms)
	if err != nil {
		return err
	}
	again, err := artifacts.Build(ctx, r.second.Dir, filepath.Join(r.temp, "bin2"), r.plan.Version, r.Platforms)
	if err != nil {
		return err
	}
	if err := artifacts.Compare(binaries, again); err != nil {
		return err
	}
	at, err := r.first.Run(ctx, "show", "--no-patch", "--format=%ct", r.release)
	if err != nil {
		return err
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return fmt.Errorf("read the time of the commit: %w", err)
	}
	r.packed = filepath.Join(r.temp, "packed")
	if err := os.Mkdir(r.packed, 0o700); err != nil {
		return err
	}
	r.plan.Artifacts, err = artifacts.Write(r.packed, artifacts.Release{Module: r.module, Version: r.plan.Version, Time: time.Unix(seconds, 0)}, binaries, r.texts())
	return err
}

// texts are the files that an archive holds beside the commands, if there are any.
func (r *run) texts() []string {
	var files []string
	for _, name := range []string{"LICENSE", "README.md", logFile} {
		file := filepath.Join(r.first.Dir, name)
		if _, err := os.Stat(file); err == nil {
			files = append(files, file)
		}
	}
	return files
}

// folderIsFree checks that the folder for artifacts is new or empty.
func (r *run) folderIsFree() error {
	entries, err := os.ReadDir(r.Artifacts)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("the folder %s is not empty: name another one, or empty it", filepath.ToSlash(r.Artifacts))
	}
	return nil
}

// deliver copies what was packed into the folder for artifacts.
func (r *run) deliver(context.Context) error {
	if err := r.folderIsFree(); err != nil {
		return err
	}
	if err := os.MkdirAll(r.Artifacts, 0o750); err != nil {
		return err
	}
	if err := os.CopyFS(r.Artifacts, os.DirFS(r.packed)); err != nil {
		return errors.Join(err, r.takeBackArtifacts(context.Background()))
	}
	return nil
}

// takeBackArtifacts removes what deliver has written. The folder stays if it holds
// something else.
func (r *run) takeBackArtifacts(context.Context) error {
	var errs []error
	for _, name := range r.plan.Artifacts {
		if err := os.Remove(filepath.Join(r.Artifacts, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	r.plan.Artifacts = nil
	if len(errs) == 0 {
		_ = os.Remove(r.Artifacts) // fails when it is not empty, and then stays
	}
	return errors.Join(errs...)
}

// removeAll removes a folder, also one that holds folders without the right to write,
// as those of a module cache.
func removeAll(dir string) error {
	if err := os.RemoveAll(dir); err == nil {
		return nil
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o700) //nolint:gosec // a folder needs the right to be entered
		}
		return err
	})
	return errors.Join(err, os.RemoveAll(dir))
}

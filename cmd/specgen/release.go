package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/artifacts"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/release"
	"github.com/ackgen/ackgen/generator/diag"
)

// releaseFlags are the flags of specgen release.
type releaseFlags struct {
	run, push                bool
	branch, remote, as, date string
	test, artifacts          string
	retract, reason, rebuild string
}

func (a app) releaseCommand() *cobra.Command {
	var f releaseFlags
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Tell what the next version would be, or make it",
		Long: `Compares the last version with HEAD, on the wire and in Go, decides the next version, and prints it with the change that forces it,
its section of CHANGELOG.md, the files that change and the steps. That is a dry run: it works in a temporary folder.

With --run all of it is carried out in clones in the temporary folder: the version is set where a Go file names it in a line that
ends in "// set by specgen release", CHANGELOG.md gets the section, approvals.yaml beside the spec is emptied, make generate has to
make the same bytes in two clones, the tests have to pass, and commit and tag are made. Only then the branch and the tag in this
repository are set, both or none. Only --push leaves the machine, with both or none as well.

A release is refused when the tree is dirty, the branch is another one, what is generated is stale, a break is not approved, a tag
exists here or in the remote, the path of the module does not fit the version, or there is nothing to release.

A tag never moves, as the Go module proxy keeps what it has seen. --retract takes a version back: it writes to go.mod what the
next release tells the Go tools.`,
		Example: `  specgen release                                  # what would the next version be?
  specgen release --run --artifacts ../dist        # make it here, with archives of the commands
  specgen release --run --push                     # make and push it
  specgen release --retract v1.2.0 --reason 'lists lose pages'`,
		Args: cli.AtMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interruptible(cmd)
			defer stop()
			switch {
			case cmd.Flags().Changed("retract"):
				return a.retract(ctx, f)
			case cmd.Flags().Changed("rebuild"):
				return a.rebuild(ctx, f)
			default:
				return a.release(ctx, cmd.Flags(), f)
			}
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.run, "run", false, "make commit and tag in this repository")
	flags.BoolVar(&f.push, "push", false, "with --run, push both")
	flags.StringVar(&f.branch, "branch", "main", "`branch` that releases are made of")
	flags.StringVar(&f.remote, "remote", "origin", "`repository` to compare tags with and to push to; empty for none")
	flags.StringVar(&f.as, "as", "", "release as this `version`, such as v1.0.0, if it is not below what the changes ask for")
	flags.StringVar(&f.date, "date", "", "`day` of the release, such as 2026-01-31 (default: today, in UTC)")
	flags.StringVar(&f.test, "test-command", "make test", "`command` that tests the release")
	flags.StringVar(&f.artifacts, "artifacts", "", "new or empty `folder` for archives of the commands, checksums and bill of materials; not one that makes the tree dirty")
	flags.StringVar(&f.retract, "retract", "", "retract a `version` in go.mod, and do nothing else")
	flags.StringVar(&f.reason, "reason", "", "`text` that tells users why a version is retracted")
	flags.StringVar(&f.rebuild, "rebuild", "", "make the artifacts of a released `version` again, and do nothing else")
	cmd.MarkFlagsMutuallyExclusive("run", "retract", "rebuild")
	return cmd
}

func (a app) release(ctx context.Context, flags *pflag.FlagSet, f releaseFlags) error {
	mode, err := f.mode()
	if err != nil {
		return err
	}
	o, err := a.releaseOptions(ctx, f)
	if err != nil {
		return err
	}
	if !flags.Changed("remote") {
		o.Remote = defaultRemote(ctx, o.Dir)
	}
	plan, err := release.Run(ctx, o, mode)
	if broken, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(broken.Findings, "")
	}
	if err != nil {
		return fmt.Errorf("release: %w\nnothing was changed", err)
	}
	if err := a.printPlan(plan, o, mode); err != nil {
		return err
	}
	if len(plan.Refusals) > 0 {
		return cli.ErrFindings
	}
	return nil
}

func (f releaseFlags) mode() (release.Mode, error) {
	switch {
	case f.reason != "":
		return 0, errors.New("--reason is for --retract")
	case f.push && !f.run:
		return 0, errors.New("--push needs --run, which makes what is pushed")
	case f.push:
		return release.Push, nil
	case f.run:
		return release.Local, nil
	default:
		return release.DryRun, nil
	}
}

func (a app) releaseOptions(ctx context.Context, f releaseFlags) (release.Options, error) {
	day := time.Now().UTC()
	if f.date != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, f.date); err != nil {
			return release.Options{}, fmt.Errorf("--date %q is not a day: write it as 2026-01-31", f.date)
		}
	}
	test := strings.Fields(f.test)
	if len(test) == 0 {
		return release.Options{}, errors.New("--test-command is empty: a release without tests is none")
	}
	// A path that is given is that of the folder that the command runs in.
	out := f.artifacts
	if out != "" {
		var err error
		if out, err = filepath.Abs(out); err != nil {
			return release.Options{}, fmt.Errorf("find the folder of --artifacts: %w", err)
		}
	}
	dir, err := a.specFolder()
	if err != nil {
		return release.Options{}, err
	}
	spec, err := pathInRepository(ctx, dir)
	if err != nil {
		return release.Options{}, err
	}
	return release.Options{
		Dir: dir, Branch: f.branch, Remote: f.remote, Date: day, As: f.as,
		Approvals: path.Join(spec, approval.FileName), Generate: []string{"make", "generate"}, Test: test,
		Artifacts: out, Platforms: artifacts.Platforms(),
		Compare:  a.compareVersions,
		Progress: a.Note,
	}, nil
}

// rebuild makes the artifacts of a version again.
func (a app) rebuild(ctx context.Context, f releaseFlags) error {
	if f.artifacts == "" {
		return errors.New("--rebuild needs --artifacts, the folder to write to")
	}
	o, err := a.releaseOptions(ctx, f)
	if err != nil {
		return err
	}
	plan, err := release.Rebuild(ctx, o, f.rebuild)
	if err != nil {
		return fmt.Errorf("rebuild %s: %w", f.rebuild, err)
	}
	if a.JSON() {
		return a.PrintJSON(plan)
	}
	return a.Print(strings.Join(plan.Artifacts, "\n") + "\n")
}

// specFolder returns the folder that the spec lies in.
func (a app) specFolder() (string, error) {
	located, err := bundle.Locate(a.Spec)
	return located.Dir, err
}

// pathInRepository returns the slash path of a folder in its repository.
func pathInRepository(ctx context.Context, dir string) (string, error) {
	prefix, err := git.Repo{Dir: dir}.Run(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return "", fmt.Errorf("find the repository of %s: %w", filepath.ToSlash(dir), err)
	}
	return strings.TrimSuffix(prefix, "/"), nil
}

// defaultRemote returns origin, or nothing if the repository has no such remote.
func defaultRemote(ctx context.Context, dir string) string {
	const usual = "origin"
	if names, err := (git.Repo{Dir: dir}).Lines(ctx, "remote"); err == nil && slices.Contains(names, usual) {
		return usual
	}
	return ""
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/report"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/cmd/specgen/internal/shim"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
	"github.com/ackgen/ackgen/generator/diag"
)

// The forms of the output that diff has beside text, JSON and Markdown.
const (
	formGitHub = "github"
	formSARIF  = "sarif"
)

// never is the value of --fail-on with which no change is a finding.
const never = "never"

// diffOptions are the flags of diff.
type diffOptions struct {
	level, failOn string
}

func (a app) diffCommand() *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use:   "diff BASE [HEAD]",
		Short: "Compare two specs and say what each change means to programs",
		Long: `Compares what two specs say about requests and responses. Each change has a level:
  breaking    some programs do not compile any more, or fail
  risky       programs compile and are understood, and may behave in another way
  compatible  an addition, or a change that no program notices
  text        a change of documentation alone

BASE and HEAD are files, folders or revisions of the git repository: REV is the spec of a revision at the path that
--spec has now, REV:PATH what lies at another path. Without HEAD, the base is compared with --spec. What is a file
and a revision alike is the file; REV: means the revision.

Beside what breaks programs stands what to do in the spec so that they go on unchanged, where anything helps, such as keeping an operation
that the provider removed. The last lines say what version the changes ask for, and what is left with the advice followed.

Beside text and json, -o takes markdown (for a pull request), github (annotations of a workflow) and sarif.
Every change has a fingerprint, which stays the same when other things change around it. docs/diff.md says more.`,
		Example: `  specgen diff v0.1.0
  specgen diff main~10 main --level risky
  specgen diff old.yaml new.yaml -o json
  specgen diff origin/main -o github --fail-on risky`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs the base to compare with", cmd.CommandPath())
			}
			return cli.AtMost(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if _, err := os.Stat(a.Spec); err != nil {
					return fmt.Errorf("compare %s with the spec: %w: name the other side, or the spec with --spec", args[0], err)
				}
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			return a.diff(ctx, append(args, a.Spec), o)
		},
	}
	cli.AddForms(cmd, formMarkdown, formGitHub, formSARIF)
	cmd.Flags().StringVar(&o.level, "level", change.Text.String(), "report changes of this `level` and above: text, compatible, risky or breaking")
	cmd.Flags().StringVar(&o.failOn, "fail-on", change.Breaking.String(), "exit with 1 when there is a change of this `level` or above; never: exit with 0")
	return cmd
}

// diff compares the first two of the sides.
func (a app) diff(ctx context.Context, sides []string, o diffOptions) error {
	var least, failing change.Level
	if err := least.UnmarshalText([]byte(o.level)); err != nil {
		return fmt.Errorf("read --level: %w", err)
	}
	if err := failing.UnmarshalText([]byte(o.failOn)); err != nil && o.failOn != never {
		return fmt.Errorf("read --fail-on: %w, or %s", err, never)
	}
	c, err := a.compare(ctx, sides[0], sides[1])
	if broken, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(broken.Findings, "")
	}
	if err != nil {
		return err
	}
	c.changes = shim.Advise(c.changes)
	if err := a.printChanges(c, least); err != nil {
		return err
	}
	if o.failOn != never && len(report.AtLeast(c.changes, failing)) > 0 {
		return cli.ErrFindings
	}
	return nil
}

// sideBySide is what differs between two sides.
type sideBySide struct {
	changes   []change.Change
	revisions []string // what stands before the paths of positions
}

// compare opens two sides and compares their specs. The error is a [diag.Error] when a
// spec is broken.
func (a app) compare(ctx context.Context, base, head string) (c sideBySide, err error) {
	var sides []*revision.Side
	defer func() {
		for _, s := range sides {
			err = errors.Join(err, s.Close())
		}
	}()
	for _, arg := range []string{base, head} {
		a.Progress("read " + arg)
		s, err := revision.Open(ctx, arg, a.Spec)
		if err != nil {
			return c, err
		}
		sides = append(sides, s)
		c.revisions = append(c.revisions, s.Revision)
	}
	a.Progress("compare requests and responses")
	c.changes, err = wire.Compare(ctx, sides[0].Document, sides[1].Document)
	return c, err
}

func (a app) printChanges(c sideBySide, least change.Level) error {
	summary, err := report.Summarize(c.changes)
	if err != nil {
		return err
	}
	outlook := shim.Summary(c.changes)
	chosen := report.AtLeast(c.changes, least)
	switch a.Form() {
	case formMarkdown:
		return a.Print(report.Markdown(chosen, summary, outlook))
	case formGitHub:
		return a.Print(report.GitHub(report.Plain(chosen, c.revisions...)) + summary.String() + "\n")
	case formSARIF:
		why := func(c change.Change) string { return wire.Why(c.Kind) }
		return a.PrintJSON(report.SARIF(report.Plain(chosen, c.revisions...), cli.Version(), why))
	}
	if a.JSON() {
		return a.PrintJSON(report.JSON(chosen, summary))
	}
	return a.Print(report.Text(chosen, summary, outlook))
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/internal/presets"
	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/compare"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/comment"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/page"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
	"github.com/ackgen/ackgen/internal/spell"
)

// reviewFlags are the flags of specgen review.
type reviewFlags struct {
	html, markdown, approvals, last string
	approve                         []string
	role, reason                    string
}

func (a app) reviewCommand() *cobra.Command {
	var f reviewFlags
	cmd := &cobra.Command{
		Use:   "review BASE HEAD",
		Short: "Put together what a reviewer of a change of the spec has to know",
		Long: `Compares two specs, and the Go packages made of them, and tells a reviewer all of it at once: what changes on the wire and in Go,
the version that follows and the change that forces it, Go declarations and examples before and after, the presets touched, a draft
of the changelog, and the breaks that nobody has approved. While there is one of those, the exit code is 1.

BASE and HEAD are revisions of the git repository (REV, or REV:PATH), folders or files, as for specgen diff. The Go packages of
revisions are those that were committed; for other specs the client is generated on both sides.

Without --html and --markdown, the Markdown is printed. A break is approved with --approve, which adds to approvals.yaml
beside the spec, or to the file that --approvals names: an approval holds as long as its change is the same.`,
		Example: `  specgen review main HEAD
  specgen review v0.1.0 HEAD --html review.html --markdown review.md
  specgen review main HEAD --approve 0123456789ab --role maintainer --reason 'The service never sent it.'`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return fmt.Errorf("%s needs two sides, BASE and HEAD", cmd.CommandPath())
			}
			return cli.AtMost(2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			return a.review(ctx, args[0], args[1], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.html, "html", "", "write the review to this `file` as an HTML page that needs nothing else")
	flags.StringVar(&f.markdown, "markdown", "", "write it to this `file` as Markdown, for a comment on a pull request")
	flags.StringVar(&f.approvals, "approvals", "", "`file` with the approvals (default: approvals.yaml beside the spec of HEAD)")
	flags.StringVar(&f.last, "last", "", "the `version` before, such as v1.2.0 (default: that of the last tag before BASE)")
	flags.StringSliceVar(&f.approve, "approve", nil, "approve the breaking changes with these `fingerprints`")
	flags.StringVar(&f.role, "role", "", "as what you approve, such as maintainer; a `word` or two")
	flags.StringVar(&f.reason, "reason", "", "`text` that says why programs may break")
	return cmd
}

// check refuses flags that do not belong together.
func (f reviewFlags) check() error {
	approves := len(f.approve) > 0
	switch {
	case approves && (f.role == "" || f.reason == ""):
		return errors.New("--approve needs --role and --reason: who accepts the break, and why")
	case !approves && (f.role != "" || f.reason != ""):
		return errors.New("--role and --reason are for --approve")
	case approves && (f.html != "" || f.markdown != ""):
		return errors.New("--approve writes the approval alone: run specgen review again for --html and --markdown")
	case f.html != "" && filepath.Clean(f.html) == filepath.Clean(f.markdown):
		return fmt.Errorf("--html and --markdown both name %s: give each a file of its own", filepath.ToSlash(f.html))
	default:
		return nil
	}
}

// review makes a review of two sides and prints it, or approves breaks.
func (a app) review(ctx context.Context, base, head string, f reviewFlags) (err error) {
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
			return err
		}
		sides = append(sides, s)
	}
	r, findings, err := a.makeReview(ctx, sides[0], sides[1], f)
	if broken, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(broken.Findings, "")
	}
	if err != nil {
		return err
	}
	if len(f.approve) > 0 {
		return a.approve(r, sides[1], f)
	}
	return a.printReview(r, findings, f)
}

// makeReview returns the review, and the findings that an exit code of 1 tells of.
func (a app) makeReview(ctx context.Context, base, head *revision.Side, f reviewFlags) (*review.Review, []diag.Finding, error) {
	file, name := approvalsOf(head, f)
	if f.approvals != "" && len(f.approve) == 0 {
		if _, err := os.Stat(f.approvals); err != nil {
			return nil, nil, fmt.Errorf("read approvals: %w", err)
		}
	}
	approvals, faults, err := approval.Read(file, name)
	if err != nil {
		return nil, nil, err
	}
	if len(faults) > 0 {
		return nil, nil, &diag.Error{Findings: faults}
	}
	last, err := a.lastVersion(ctx, base, f)
	if err != nil {
		return nil, nil, err
	}
	result, err := compare.Sides(ctx, base, head, a.Progress)
	if err != nil {
		return nil, nil, err
	}
	decision, err := version.Decide(last, result.Changes)
	if err != nil {
		return nil, nil, err
	}
	reasons := map[string]string{}
	for _, a := range approvals {
		reasons[a.Fingerprint] = a.Reason
	}
	return review.Make(review.Input{
		Base: review.Side{Name: base.Name, Tree: base.Document.Tree}, Head: review.Side{Name: head.Name, Tree: head.Document.Tree},
		Decision: decision, Changes: result.Changes, Declarations: result.Declarations, Approvals: approvals, Presets: presets.All(),
		Changelog: changelog.Section(changelog.Content{
			Version: decision.Next, Date: "unreleased", Changes: result.Changes, Reasons: reasons, Groups: changelog.GroupsOf(head.Document.Tree),
		}),
	}), approval.Check(result.Changes, approvals), nil
}

// approvalsOf returns the path of the approvals of a side, and what messages call it.
func approvalsOf(head *revision.Side, f reviewFlags) (file, name string) {
	if f.approvals != "" {
		return f.approvals, filepath.ToSlash(f.approvals)
	}
	folder := head.Document.Name
	if !head.Document.Fragments {
		folder = path.Dir(folder)
	}
	return filepath.Join(head.Document.Dir, approval.FileName), path.Join(folder, approval.FileName)
}

// lastVersion returns the version that the review raises.
func (a app) lastVersion(ctx context.Context, base *revision.Side, f reviewFlags) (string, error) {
	if f.last != "" || base.Revision == "" {
		_, err := version.Decide(f.last, nil)
		return f.last, err
	}
	return compare.LastVersion(ctx, git.Repo{Dir: filepath.Dir(a.Spec)}, strings.TrimSuffix(base.Revision, ":"))
}

// printReview prints a review, and the findings.
func (a app) printReview(r *review.Review, findings []diag.Finding, f reviewFlags) error {
	written, err := writeReview(r, f)
	if err != nil {
		return err
	}
	if a.JSON() {
		if err := a.PrintJSON(struct {
			*review.Review
			Findings []diag.Finding `json:"findings"`
		}{r, a.WithFixes(findings)}); err != nil {
			return err
		}
		if len(r.Open()) > 0 {
			return cli.ErrFindings
		}
		return nil
	}
	text := comment.Markdown(r)
	if len(written) > 0 {
		text = strings.Join(written, "\n") + "\n"
	}
	if err := a.Print(text); err != nil {
		return err
	}
	return a.Report(findings, "")
}

// writeReview writes the files that flags ask for, all or none, and returns their names.
func writeReview(r *review.Review, f reviewFlags) ([]string, error) {
	var written []string
	var plans []*output.Plan
	for _, o := range []struct {
		file, mark string
		print      func() ([]byte, error)
	}{
		{f.html, page.Mark, func() ([]byte, error) { return page.HTML(r) }},
		{f.markdown, comment.Mark, func() ([]byte, error) { return []byte(comment.Markdown(r)), nil }},
	} {
		if o.file == "" {
			continue
		}
		text, err := o.print()
		if err != nil {
			return nil, err
		}
		plan, err := output.PlanFile(o.file, o.mark, text)
		if err != nil {
			return nil, fmt.Errorf("write the review: %w", err)
		}
		plans, written = append(plans, plan), append(written, filepath.ToSlash(o.file))
	}
	if err := output.Apply(plans...); err != nil {
		return nil, fmt.Errorf("write the review: %w", err)
	}
	return written, nil
}

// approve adds approvals of breaks to the file, in the work tree if HEAD is a revision.
func (a app) approve(r *review.Review, head *revision.Side, f reviewFlags) error {
	var added []approval.Approval
	for _, fingerprint := range f.approve {
		c, err := openChange(r, fingerprint)
		if err != nil {
			return err
		}
		added = append(added, approval.Approval{Fingerprint: c.ID, Role: f.role, Reason: f.reason, Change: c.Message})
	}
	file, _ := approvalsOf(head, f)
	if f.approvals == "" && head.Revision != "" {
		d, err := bundle.Locate(a.Spec)
		if err != nil {
			return err
		}
		file = filepath.Join(d.Dir, approval.FileName)
	}
	findings, err := approval.Append(file, added...)
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return a.Report(findings, "")
	}
	left := len(r.Open()) - len(added)
	if a.JSON() {
		return a.PrintJSON(map[string]any{"file": filepath.ToSlash(file), "approved": f.approve, "left": left})
	}
	return a.Print(fmt.Sprintf("%s: approved %s, %d left: commit the file with the change\n", filepath.ToSlash(file), cli.Count(len(added), "break"), left))
}

// openChange returns the break without approval that has a fingerprint.
func openChange(r *review.Review, fingerprint string) (review.Change, error) {
	var open []string
	for _, c := range r.Changes {
		switch {
		case c.ID == fingerprint && c.Open():
			return c, nil
		case c.ID == fingerprint && c.Approval != nil:
			return c, fmt.Errorf("approve %s: it is approved already, as %s: %s", fingerprint, c.Approval.Role, c.Approval.Reason)
		case c.ID == fingerprint:
			return c, fmt.Errorf("approve %s: it needs no approval: the change is %s", fingerprint, c.Level)
		case c.Open():
			open = append(open, c.ID)
		}
	}
	return review.Change{}, fmt.Errorf("approve %s: no change has this fingerprint%s", fingerprint, spell.Hint(fingerprint, open))
}

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/release"
	"github.com/ackgen/ackgen/internal/visible"
)

// printPlan prints what a release is or would be, and then why it is refused.
func (a app) printPlan(p release.Plan, o release.Options, mode release.Mode) error {
	if a.JSON() {
		return a.PrintJSON(p)
	}
	var b strings.Builder
	if p.Version != "" {
		writeVersion(&b, p)
	}
	if p.Section != "" {
		fmt.Fprintf(&b, "\nSection of CHANGELOG.md:\n\n%s", p.Section)
	}
	writeList(&b, "Files that change", p.Files)
	writeList(&b, "Artifacts in "+filepath.ToSlash(o.Artifacts), p.Artifacts)
	b.WriteString("\nSteps:\n\n")
	for i, s := range p.Steps {
		done := ""
		if s.Done {
			done = " (done)"
		}
		fmt.Fprintf(&b, "%3d. %s%s\n", i+1, s.Name, done)
	}
	b.WriteString("\n" + lastWords(p, o, mode) + "\n")
	if err := a.Print(b.String()); err != nil {
		return err
	}
	for _, r := range p.Refusals {
		a.Note("refused: " + visible.Line(r))
	}
	return nil
}

func writeVersion(b *strings.Builder, p release.Plan) {
	why := "no version was released before"
	if p.Last != "" {
		why = "follows " + p.Last
	}
	if f := p.Forcing; f != nil {
		why += fmt.Sprintf(", because of a %s change: %s", f.Level, strings.TrimSuffix(f.Message, "."))
	}
	fmt.Fprintf(b, "%s: %s\n", p.Version, visible.Line(why))
	var counts []string
	for _, l := range []change.Level{change.Breaking, change.Risky, change.Compatible, change.Text} {
		if n := p.Counts[l.String()]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, l))
		}
	}
	if len(counts) > 0 {
		fmt.Fprintf(b, "Changes since %s: %s\n", p.Last, strings.Join(counts, ", "))
	}
}

func writeList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n", title)
	for _, l := range lines {
		fmt.Fprintf(b, "  %s\n", visible.Line(l))
	}
}

// lastWords say what is to do next.
func lastWords(p release.Plan, o release.Options, mode release.Mode) string {
	switch {
	case len(p.Refusals) > 0:
		return cli.Count(len(p.Refusals), "reason") + " not to release. Nothing was changed."
	case mode == release.DryRun:
		return "Nothing was changed. specgen release --run makes the version, and with --push others get it."
	case mode == release.Push:
		return p.Version + " is released, and a tag never moves: specgen release --retract takes a version back."
	case o.Remote == "":
		return p.Version + " is a tag of this repository."
	default:
		return fmt.Sprintf("%s is a tag of this repository alone. Others get it with: git push --atomic %s %s %s", p.Version, o.Remote, o.Branch, p.Version)
	}
}

// retract writes a retraction to go.mod, and explains it.
func (a app) retract(ctx context.Context, f releaseFlags) error {
	if f.push {
		return errors.New("--retract edits go.mod only: commit that, and release then")
	}
	dir, err := a.specFolder()
	if err != nil {
		return err
	}
	repo := git.Repo{Dir: dir}
	root, err := repo.Run(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return fmt.Errorf("find the repository: %w", err)
	}
	tags, err := repo.Lines(ctx, "tag", "--list", "v*")
	if err != nil {
		return fmt.Errorf("list the tags: %w", err)
	}
	if !slices.Contains(tags, f.retract) {
		return fmt.Errorf("there is no tag %q to retract", f.retract)
	}
	if err := release.Retract(filepath.FromSlash(root), f.retract, f.reason); err != nil {
		return err
	}
	if a.JSON() {
		return a.PrintJSON(map[string]string{"file": "go.mod", "retracted": f.retract})
	}
	return a.Print(fmt.Sprintf(`go.mod retracts %[1]s.

Commit it and release: the Go tools read retractions from the go.mod of the latest version. From then on they take %[1]s
for nobody who does not ask for it, and warn who has it. The tag stays where it is: the module proxy and the checksum
database keep what they have seen, so that a moved tag would be an error for everybody.
`, f.retract))
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/adopt"
	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/edit"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/output"
)

// adopted is what drift --apply prints.
type adopted struct {
	Report drift.Report `json:"report"`
	// Written are the files, Notes what was guessed, and Left what a person has to decide.
	Written []output.Change `json:"written"`
	Notes   []string        `json:"notes"`
	Left    []adopt.Left    `json:"left"`
}

// adopt writes the differences of a comparison into the spec.
func (a app) adopt(ctx context.Context, c comparison, f driftFlags) error {
	if !c.document.Fragments {
		return fmt.Errorf("write fragments: %s is a file: --spec must name the folder of the fragments", c.document.Name)
	}
	r, err := a.adoption(c, f)
	if err != nil {
		return err
	}
	plan, err := output.PlanEdits(c.document.Dir, r.Edits)
	if err != nil {
		return fmt.Errorf("write fragments:\n%w", err)
	}
	if !plan.Empty() {
		if err := committed(ctx, c.document.Dir); err != nil {
			return err
		}
	}
	if err := plan.Apply(); err != nil {
		return fmt.Errorf("write fragments: %w", err)
	}
	out := adopted{Report: c.Report, Written: plan.Changes(), Notes: append([]string{}, r.Notes...), Left: append([]adopt.Left{}, r.Left...)}
	if err := a.printAdopted(out); err != nil {
		return err
	}
	if len(out.Left) > 0 {
		return cli.ErrFindings
	}
	return nil
}

// adoption returns what is to be written, also beside the fragments.
func (a app) adoption(c comparison, f driftFlags) (adopt.Result, error) {
	d := c.document
	b, err := bundle.Build(d.Dir)
	if err != nil {
		return adopt.Result{}, err
	}
	settings, list, err := readSettings(d.Dir, d.Files)
	if err != nil {
		return adopt.Result{}, err
	}
	if len(list) > 0 {
		return adopt.Result{}, a.Report(list, "")
	}
	today, err := dayOf(f.today)
	if err != nil {
		return adopt.Result{}, err
	}
	if f.tag != "" {
		if err := knownTag(d.Tree, f.tag); err != nil {
			return adopt.Result{}, err
		}
	}
	r, err := adopt.Adopt(c.Differences, adopt.Options{
		Ours: c.ours, Theirs: c.theirs.description, Today: today, Tags: tagsOf(d.Tree),
		Scaffold: scaffold.Options{Tag: f.tag, Snapshot: f.snapshot, Fragments: b.Fragments, LeavesOut: settings.LeavesOut},
		Locate:   func(n *yaml.Node) string { return below(d.Dir, d.Files[n]) },
		Read:     func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(d.Dir, filepath.FromSlash(name))) },
	})
	if err != nil {
		return r, fmt.Errorf("write fragments: %w", err)
	}
	if len(r.Edits) > 0 && !settings.LeavesOut(scaffold.Citing) {
		if err := declare(&r, d.Dir, settings.Sources, f.snapshot, c.Report); err != nil {
			return r, err
		}
	}
	return r, keep(&r, d.Dir, c.theirs.description)
}

func tagsOf(doc *oas.Node) map[string]string {
	out := map[string]string{}
	for o := range doc.Of(oas.Operation) {
		for _, t := range yamlsrc.Items(o.Get("tags")) {
			out[o.Text("operationId")] = t.Value
		}
	}
	return out
}

// below returns the slash path of a file below a folder, or nothing where it is not.
func below(dir, file string) string {
	rel, err := filepath.Rel(dir, filepath.FromSlash(file))
	if file == "" || err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// declare adds the snapshot to sources.yaml, where that does not have it.
func declare(r *adopt.Result, dir string, sources *yaml.Node, snapshot string, report drift.Report) error {
	if sources == nil || yamlsrc.Value(yamlsrc.Value(sources, "snapshots"), snapshot) != nil {
		return nil
	}
	const name = "sources.yaml"
	before, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("declare the snapshot: %w", err)
	}
	file, err := edit.Parse(name, before)
	if err != nil {
		return err
	}
	title := strings.TrimSpace(fmt.Sprintf("Names, types and flags of the provider, as %s %s", report.Format, report.Version))
	value := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{
		{Kind: yaml.ScalarNode, Tag: "!!str", Value: "title"}, {Kind: yaml.ScalarNode, Tag: "!!str", Value: title},
	}}
	list := yamlsrc.Value(file.Root(), "snapshots")
	if list == nil {
		return fmt.Errorf("declare the snapshot %s: %s has no snapshots: declare it by hand", snapshot, name)
	}
	if err := file.AddPair(list, snapshot, value); err != nil {
		return fmt.Errorf("declare the snapshot %s in %s: %w: declare it by hand", snapshot, name, err)
	}
	after, err := file.Bytes()
	r.Edits = append(r.Edits, output.Edit{Name: name, Before: before, After: after})
	return err
}

// keep adds what was last seen of a form to what is written.
func keep(r *adopt.Result, dir string, d *upstream.Description) error {
	if d == nil {
		return nil
	}
	after, err := upstream.Encode(d)
	if err != nil {
		return err
	}
	name := path.Join(upstreamDir, string(d.Format)+".json")
	before, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read what was last seen: %w", err)
	}
	if !bytes.Equal(before, after) {
		r.Edits = append(r.Edits, output.Edit{Name: name, Before: before, After: after})
	}
	return nil
}

// committed refuses a folder of a git repository with changes that are not committed, so
// that what is written can be reviewed by itself.
func committed(ctx context.Context, dir string) error {
	repo := git.Repo{Dir: dir}
	inside, err := repo.IsRepository(ctx)
	if err != nil {
		return fmt.Errorf("write fragments: find out whether all changes are committed: %w", err)
	}
	if !inside {
		return nil
	}
	changes, err := repo.Lines(ctx, "status", "--porcelain", "--", ".")
	if err != nil {
		return fmt.Errorf("write fragments: %w", err)
	}
	if len(changes) > 0 {
		return fmt.Errorf("write fragments: %s has changes that are not committed: commit them first, so that what is written can be reviewed by itself",
			filepath.ToSlash(dir))
	}
	return nil
}

func (a app) printAdopted(r adopted) error {
	switch a.Form() {
	case "json":
		return a.PrintJSON(r)
	case formMarkdown:
		return a.Print(r.markdown())
	default:
		return a.Print(r.text())
	}
}

func (r adopted) text() string {
	var out []string
	for _, w := range r.Written {
		out = append(out, w.Verb+" "+w.File)
	}
	out = append(out, r.Notes...)
	for _, l := range r.Left {
		out = append(out, l.Difference.String()+": "+l.Why)
	}
	summary := "nothing to write"
	if len(r.Written) > 0 {
		summary = cli.Count(len(r.Written), "file") + " written; now bundle, and lint tells what is missing"
	}
	if len(r.Left) > 0 {
		summary += "; " + cli.Count(len(r.Left), "difference") + " to decide"
	}
	return strings.Join(append(out, summary), "\n") + "\n"
}

func (r adopted) markdown() string {
	text := r.Report.Markdown()
	section := func(title string, lines []string) {
		if len(lines) > 0 {
			text += "\n### " + title + "\n\n- " + strings.Join(lines, "\n- ") + "\n"
		}
	}
	var written, left []string
	for _, w := range r.Written {
		written = append(written, w.Verb+" "+drift.Code(w.File))
	}
	for _, l := range r.Left {
		left = append(left, drift.Code(l.Difference.String())+": "+l.Why)
	}
	section("Written", written)
	section("Guessed", slices.Clone(r.Notes))
	section("Left for a person to decide", left)
	return text
}

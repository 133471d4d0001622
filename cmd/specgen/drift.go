package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
)

// driftFlags are the flags of drift.
type driftFlags struct {
	since, snapshot, tag, today string
	apply                       bool
}

func (a app) driftCommand() *cobra.Command {
	var f driftFlags
	cmd := &cobra.Command{
		Use:   "drift upstream",
		Short: "Compare the spec with what the provider publishes, and take it over",
		Long: `Compares the spec with a file that the provider publishes, in both directions, and prints what is new, removed or changed there.
The file is told by what it holds:

  an OpenAPI 3 document
  a snapshot of a client library: operations with parameters, body and response
  the metadata of a command line tool: paths, parameters, and the hosts of regions
  a log of changes, with lines such as "- Update API X: add request parameters body.a.b."

Parts of operations are named as in the log: a query parameter by its name, fields by body.a.b and Body.a.b, where $ stands for the
elements of a list and * for the values of a map.

Left out is what upstream/` + decisionsName + ` beside the spec decides, what the spec marks as legacy, as preview or with x-ack-removed, and
what the last snapshot seen, upstream/snapshot.json, has like the spec while a source of another form does not.

With --apply it writes what the file knows into the fragments, all of it or nothing: new operations, parameters, fields and values, and the
marks of what is removed or deprecated. What a person has to write begins with "` + scaffold.Mark + `", and lint fails until it is written. What a
person has to decide, such as another type, is left and printed with the reason. What was read is kept in upstream/, without texts.

Exit code 1 means that there are differences, with --apply that some are left.`,
		Example: `  specgen drift upstream.json
  specgen drift CHANGELOG.txt -o markdown
  specgen drift upstream.json --since spec/upstream/snapshot.json
  specgen drift upstream.json --apply --snapshot official-20260821`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs the file of a description", cmd.CommandPath())
			}
			return cli.AtMost(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.drift(cmd.Context(), args[0], f) },
	}
	cli.AddForms(cmd, formMarkdown)
	cmd.Flags().StringVar(&f.since, "since", "", "`file` of an earlier state of upstream in the same form: only what has changed since counts")
	cmd.Flags().BoolVar(&f.apply, "apply", false, "write what upstream tells into the fragments")
	cmd.Flags().StringVar(&f.snapshot, "snapshot", "",
		"with --apply: `name` by which fragments cite the file; it is declared in sources.yaml where it is new")
	cmd.Flags().StringVar(&f.tag, "tag", "", "with --apply: `tag` of root.yaml for all new operations (default: that of the operation with the nearest path and name)")
	cmd.Flags().StringVar(&f.today, "today", "", "with --apply: the `day` on which things were removed where upstream names none (default: the present one)")
	return cmd
}

const formMarkdown = "markdown"

const (
	upstreamDir   = bundle.UpstreamDir
	decisionsName = "decisions.yaml"
)

func (a app) drift(ctx context.Context, file string, f driftFlags) error {
	d, err := document.Open(a.Spec)
	switch {
	case err != nil:
		return err
	case d.Tree == nil || !d.Whole:
		return a.Report(d.Findings, "")
	}
	c := comparison{document: d}
	if err := c.compare(file, f.since); err != nil {
		return err
	}
	if f.apply {
		return a.adopt(ctx, c, f)
	}
	if err := a.printDrift(c.Report); err != nil {
		return err
	}
	if len(c.Differences) > 0 {
		return cli.ErrFindings
	}
	return nil
}

func (a app) printDrift(r drift.Report) error {
	switch a.Form() {
	case formMarkdown:
		return a.Print(r.Markdown())
	case "json":
		return a.PrintJSON(r)
	default:
		return a.Print(r.Text())
	}
}

// comparison is a spec, a file of upstream, and how they differ.
type comparison struct {
	document *document.Document
	ours     *upstream.Description
	theirs   *source
	drift.Report
}

// compare compares a file with the spec and leaves out what does not count.
func (c *comparison) compare(file, since string) error {
	d := c.document
	c.Report = drift.Report{Upstream: filepath.ToSlash(file), Spec: d.Name, Since: filepath.ToSlash(since)}
	decisions, err := readDecisions(d)
	if err != nil {
		return err
	}
	if c.ours, err = upstream.Read(d.Tree.Value); err != nil {
		return fmt.Errorf("%s: %w", d.Name, err)
	}
	if c.theirs, err = readSource(file); err != nil {
		return err
	}
	c.Format, c.Version, c.Log = c.theirs.format(), c.theirs.version(), c.theirs.counts()
	before, err := earlier(since, c.theirs)
	if err != nil {
		return err
	}
	list, err := c.theirs.differences(before, c.ours)
	if err != nil {
		return err
	}
	if before != nil {
		if list, err = c.news(list, before); err != nil {
			return err
		}
	}
	if list, err = c.unconfirmed(list); err != nil {
		return err
	}
	if before == nil {
		c.Stale = decisions.Stale(c.Format, list, d.Files)
	}
	c.Differences, c.Decided = decisions.Apply(c.Format, list)
	drift.Locate(c.Differences, d.Files)
	return nil
}

// news leaves out what was a difference before.
func (c *comparison) news(list []drift.Difference, before *source) ([]drift.Difference, error) {
	old, err := before.differences(nil, c.ours)
	if err != nil {
		return nil, err
	}
	news := drift.News(list, old)
	c.Known = len(list) - len(news)
	return news, nil
}

// unconfirmed leaves out in what the last snapshot seen agrees with the spec, where the
// source is of another form.
func (c *comparison) unconfirmed(list []drift.Difference) ([]drift.Difference, error) {
	if c.Format == upstream.Snapshot || c.Format == upstream.ChangeLog {
		return list, nil
	}
	kept, err := readSource(filepath.Join(c.document.Dir, upstreamDir, string(upstream.Snapshot)+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	known, err := kept.differences(nil, c.ours)
	if err != nil {
		return nil, err
	}
	left := drift.Unconfirmed(list, known)
	c.Confirmed = len(list) - len(left)
	return left, nil
}

func readDecisions(d *document.Document) (drift.Decisions, error) {
	var list diag.List
	name := path.Join(upstreamDir, decisionsName)
	root, err := bundle.ReadSettings(d.Dir, name, d.Files, &list)
	if err != nil {
		return drift.Decisions{}, err
	}
	for _, f := range list.Sorted() {
		return drift.Decisions{}, fmt.Errorf("%s: %s", f.Pos, f.Message)
	}
	return drift.ReadDecisions(root, d.Files)
}

// source is a file that is compared with the spec: one of both is nil.
type source struct {
	name        string
	description *upstream.Description
	log         *upstream.Log
}

// maxSource is far more than any description has.
const maxSource = 64 << 20

func readSource(file string) (*source, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("read upstream: %w", err)
	}
	if info.Size() > maxSource {
		return nil, fmt.Errorf("read upstream: %s has more than %d MiB, which no description has", filepath.ToSlash(file), maxSource>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read upstream: %w", err)
	}
	s := &source{name: filepath.ToSlash(file)}
	if upstream.IsLog(data) {
		s.log, err = upstream.ParseLog(data)
	} else {
		s.description, err = upstream.Parse(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	return s, nil
}

// earlier reads the earlier state of a source, or returns nil where none is named.
func earlier(file string, s *source) (*source, error) {
	if file == "" {
		return nil, nil
	}
	before, err := readSource(file)
	if err == nil && before.format() != s.format() {
		err = fmt.Errorf("%s is of the form %s, but %s is of the form %s: name an earlier state of the same", s.name, s.format(), before.name, before.format())
	}
	return before, err
}

func (s *source) format() upstream.Format {
	if s.log != nil {
		return upstream.ChangeLog
	}
	return s.description.Format
}

func (s *source) version() string {
	if s.log == nil {
		return s.description.Version
	}
	if len(s.log.Entries) == 0 {
		return ""
	}
	return s.log.Entries[0].Version
}

func (s *source) counts() *drift.LogCounts {
	if s.log == nil {
		return nil
	}
	return drift.Counts(s.log)
}

func (s *source) differences(before *source, ours *upstream.Description) ([]drift.Difference, error) {
	if s.log != nil {
		return drift.CompareLog(s.log, ours), nil
	}
	var old *upstream.Description
	if before != nil {
		old = before.description
	}
	list, err := drift.Compare(s.description, old, ours)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	return list, nil
}

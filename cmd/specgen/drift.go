package main

import (
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
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
)

func (a app) driftCommand() *cobra.Command {
	var since string
	var markdown bool
	cmd := &cobra.Command{
		Use:   "drift upstream",
		Short: "Compare the spec with what the provider publishes",
		Long: `Compares the spec with a file that the provider publishes, in both directions, and prints what is new, removed or changed there.
The file is told by what it holds:

  an OpenAPI 3.0 document
  a snapshot of a client library: operations with parameters, body and response
  the metadata of a command line tool: paths, parameters, and the hosts of regions
  a log of changes, with lines such as "- Update API X: add request parameters body.a.b."

Parts of operations are named as in the log: a query parameter by its name, fields by body.a.b and Body.a.b, where $ stands for the
elements of a list and * for the values of a map.

Left out is what upstream/` + decisionsName + ` beside the spec decides, what the spec marks as legacy, as preview or with x-ack-removed, and
what the last snapshot seen, upstream/snapshot.json, has like the spec while a source of another form does not.`,
		Example: `  specgen drift upstream.json
  specgen drift CHANGELOG.txt --markdown
  specgen drift upstream.json --since spec/upstream/snapshot.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs the file of a description", cmd.CommandPath())
			}
			return cli.AtMost(1)(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if markdown && a.JSON() {
				return errors.New("--markdown and -o json exclude each other")
			}
			return a.drift(args[0], since, markdown)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "`file` of an earlier state of upstream in the same form: report only what has changed since")
	cmd.Flags().BoolVar(&markdown, "markdown", false, "print the report as Markdown, for a pull request")
	return cmd
}

const (
	upstreamDir   = bundle.UpstreamDir
	decisionsName = "decisions.yaml"
)

func (a app) drift(file, since string, markdown bool) error {
	d, err := document.Open(a.Spec)
	switch {
	case err != nil:
		return err
	case d.Tree == nil || !d.Whole:
		return a.Report(d.Findings, "")
	}
	r, err := compared(d, file, since)
	if err != nil {
		return err
	}
	if err := a.printDrift(r, markdown); err != nil {
		return err
	}
	if len(r.Differences) > 0 {
		return cli.ErrFindings
	}
	return nil
}

func (a app) printDrift(r drift.Report, markdown bool) error {
	switch {
	case a.JSON():
		return a.PrintJSON(r)
	case markdown:
		return a.Print(r.Markdown())
	default:
		return a.Print(r.Text())
	}
}

// compared compares a file with the spec and leaves out what does not count.
func compared(d *document.Document, file, since string) (drift.Report, error) {
	r := drift.Report{Upstream: filepath.ToSlash(file), Spec: d.Name, Since: filepath.ToSlash(since)}
	decisions, err := readDecisions(d)
	if err != nil {
		return r, err
	}
	ours, err := upstream.Read(d.Tree.Value)
	if err != nil {
		return r, fmt.Errorf("%s: %w", d.Name, err)
	}
	s, err := readSource(file)
	if err != nil {
		return r, err
	}
	before, err := earlier(since, s)
	if err != nil {
		return r, err
	}
	list, err := s.differences(before, ours)
	if err != nil {
		return r, err
	}
	r.Format, r.Version, r.Log = s.format(), s.version(), s.counts()
	if before != nil {
		old, err := before.differences(nil, ours)
		if err != nil {
			return r, err
		}
		news := drift.News(list, old)
		r.Known = len(list) - len(news)
		list = news
	} else {
		if list, r.Confirmed, err = unconfirmed(d, r.Format, list, ours); err != nil {
			return r, err
		}
		r.Stale = decisions.Stale(r.Format, list, d.Files)
	}
	r.Differences, r.Decided = decisions.Apply(r.Format, list)
	drift.Locate(r.Differences, d.Files)
	return r, nil
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

// unconfirmed leaves out in what the last snapshot seen agrees with the spec, where the
// source is of another form.
func unconfirmed(d *document.Document, source upstream.Format, list []drift.Difference, ours *upstream.Description) ([]drift.Difference, int, error) {
	if source == upstream.Snapshot || source == upstream.ChangeLog {
		return list, 0, nil
	}
	kept, err := readSource(filepath.Join(d.Dir, upstreamDir, string(upstream.Snapshot)+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return list, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	known, err := kept.differences(nil, ours)
	if err != nil {
		return nil, 0, err
	}
	left := drift.Unconfirmed(list, known)
	return left, len(list) - len(left), nil
}

// source is a file that is compared with the spec: one of both is nil.
type source struct {
	name        string
	description *upstream.Description
	log         *upstream.Log
}

func readSource(file string) (*source, error) {
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

// Command bench measures the SDK, the generator and the fake server beside others
// that do the same. It prints one table per section in Markdown. With --write it
// writes what it found to results.json and to the page docs/benchmarks.md, beside what
// --only left out; with
// --compare, without --write, it says of each figure whether it agrees with that in results.json. With
// --page it only writes the page anew, after a change of its text in page.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/calls"
	"github.com/ackgen/ackgen/testdata/bench/internal/compile"
	"github.com/ackgen/ackgen/testdata/bench/internal/fake"
	"github.com/ackgen/ackgen/testdata/bench/internal/generator"
	"github.com/ackgen/ackgen/testdata/bench/internal/parts"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
	"github.com/ackgen/ackgen/testdata/bench/internal/size"
)

// measurement makes the sections of a kind.
type measurement struct {
	name string
	run  func(ctx context.Context, set *bench.Settings) ([]report.Section, error)
}

// measurements are all there are, in the order of the page.
var measurements = []measurement{
	{"calls", calls.Measure}, {"parts", parts.Measure}, {"compile", compile.Measure}, {"size", size.Measure}, {"generator", generator.Measure}, {"fake", fake.Measure},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	only                 []string
	write, compare, page bool
	settings             bench.Settings
}

func parse(args []string, stderr io.Writer) (*options, error) {
	opts := new(options)
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Func("only", "measure only `NAMES`, split by commas: "+strings.Join(names(), ", "), func(value string) error {
		opts.only = strings.Split(value, ",")
		for _, name := range opts.only {
			if !slices.Contains(names(), name) {
				return fmt.Errorf("%q is not a measurement", name)
			}
		}
		return nil
	})
	flags.BoolVar(&opts.write, "write", false, "write results.json and docs/benchmarks.md")
	flags.BoolVar(&opts.compare, "compare", false, "say of each figure whether it agrees with that in results.json")
	flags.BoolVar(&opts.page, "page", false, "write docs/benchmarks.md out of results.json, and measure nothing")
	flags.IntVar(&opts.settings.Rounds, "rounds", 7, "how often to measure each thing")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%q is not a flag", flags.Arg(0))
	}
	if opts.page && (opts.write || opts.compare || opts.only != nil) {
		return nil, errors.New("--page measures nothing: it goes alone")
	}
	if opts.compare && opts.write {
		return nil, errors.New("--compare and --write do not go together: --compare is of the results before, which --write replaces")
	}
	if opts.settings.Rounds < 1 {
		return nil, fmt.Errorf("--rounds is %d: want 1 or more", opts.settings.Rounds)
	}
	if opts.compare && opts.settings.Rounds < report.Enough {
		return nil, fmt.Errorf("--rounds is %d: --compare wants %d or more, which show a spread", opts.settings.Rounds, report.Enough)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	opts.settings.Root, opts.settings.Folder = root, filepath.Join(root, ".tmp", "bench")
	opts.settings.Progress, opts.settings.Start = stderr, time.Now()
	return opts, err
}

func names() []string {
	var all []string
	for _, m := range measurements {
		all = append(all, m.name)
	}
	return all
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	opts, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	if opts.page {
		results, err := report.Read("results.json")
		if err != nil {
			return err
		}
		return writePage(results, opts.settings.Root)
	}
	return measureAndShow(ctx, opts, stdout)
}

func measureAndShow(ctx context.Context, opts *options, stdout io.Writer) (err error) {
	// What is there already is looked at first, so that nothing is measured in vain.
	var before, results *report.Results
	if opts.compare {
		if before, err = report.Read("results.json"); err != nil {
			return err
		}
	}
	if opts.write {
		if results, err = begin(ctx, opts, "results.json"); err != nil {
			return err
		}
	}
	sections, err := measure(ctx, opts)
	if err != nil {
		return err
	}
	show(stdout, sections, before)
	if results == nil {
		return nil
	}
	add(results, sections)
	return write(results, opts.settings.Root)
}

// show prints what was measured, and how that compares with another run if there is one.
func show(out io.Writer, sections []report.Section, before *report.Results) {
	for _, section := range sections {
		fmt.Fprintln(out, section.Markdown(2))
	}
	if table := judge(sections); len(table.Rows) > 0 {
		fmt.Fprintln(out, table.Markdown(2))
	}
	if before != nil {
		fmt.Fprintf(out, "## Compared with %s, %s\n\n%s", before.Days(), before.Machine, report.Compare(before.Sections, sections))
	}
}

func measure(ctx context.Context, opts *options) ([]report.Section, error) {
	var sections []report.Section
	for _, m := range measurements {
		if opts.only != nil && !slices.Contains(opts.only, m.name) {
			continue
		}
		found, err := m.run(ctx, &opts.settings)
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", m.name, err)
		}
		for i := range found {
			found[i].Of, found[i].Date = m.name, time.Now().UTC().Format(time.DateOnly)
		}
		sections = append(sections, found...)
	}
	opts.settings.Log("all is measured")
	return sections, nil
}

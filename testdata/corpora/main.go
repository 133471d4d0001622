// Command corpora generates code from every OpenAPI document that some Go modules
// carry, with our generator and with others, and prints how each of them fared. It
// leaves results in a folder, from which an interrupted run goes on.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// settings are the flags of one run.
type settings struct {
	root, folder string
	version      string
	tools        []string
	only         string
	parallel     int
	limit        time.Duration
	why          bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpora:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	set, err := parse(args)
	if err != nil {
		return err
	}
	modules, err := download(ctx)
	if err != nil {
		return err
	}
	found, err := discover(modules, set.version)
	if err != nil {
		return err
	}
	judge(ctx, found.documents)
	tools, err := prepare(ctx, set)
	if err != nil {
		return err
	}
	results, err := measure(ctx, set, tools, matching(found.documents, set.only))
	if err != nil {
		return err
	}
	if set.why {
		return printReasons(out, results)
	}
	if err := printTables(out, found, tools, results); err != nil {
		return err
	}
	for _, t := range tools {
		fmt.Fprintf(out, "\n%s: %s", t.name, t.results(set))
	}
	fmt.Fprintln(out)
	return nil
}

func parse(args []string) (*settings, error) {
	var set settings
	var tools string
	flags := flag.NewFlagSet("corpora", flag.ExitOnError)
	flags.StringVar(&set.root, "root", filepath.Join("..", ".."), "`folder` of this repository")
	flags.StringVar(&set.folder, "folder", "", "`folder` for tools and results (default .tmp/corpora of this repository)")
	flags.StringVar(&tools, "tools", strings.Join(toolNames(), ","), "`names` of the generators to run")
	flags.StringVar(&set.version, "openapi", "3.0", "`version` of OpenAPI whose documents to run: "+strings.Join(versions, ", "))
	flags.StringVar(&set.only, "only", "", "run only documents whose path contains this `text`")
	flags.IntVar(&set.parallel, "parallel", runtime.NumCPU(), "`number` of documents at the same time")
	flags.DurationVar(&set.limit, "limit", 2*time.Minute, "`time` that a generator has for a document")
	flags.BoolVar(&set.why, "why", false, "print why our generator refuses documents, most frequent reason first")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("%q is no flag: --only=TEXT takes some of the documents", flags.Arg(0))
	}
	if !slices.Contains(versions, set.version) {
		return nil, fmt.Errorf("OpenAPI %s is not known: the versions are %s", set.version, strings.Join(versions, ", "))
	}
	if set.folder == "" {
		set.folder = filepath.Join(set.root, ".tmp", "corpora")
	}
	for _, path := range []*string{&set.root, &set.folder} {
		abs, err := filepath.Abs(*path)
		if err != nil {
			return nil, err
		}
		*path = abs
	}
	if set.why {
		tools = ours
	}
	set.tools = strings.Split(tools, ",")
	return &set, os.MkdirAll(set.folder, 0o750)
}

// matching returns the documents whose path contains a text.
func matching(docs []*document, text string) []*document {
	var out []*document
	for _, d := range docs {
		if strings.Contains(d.Module+"/"+d.Path, text) {
			out = append(out, d)
		}
	}
	return out
}

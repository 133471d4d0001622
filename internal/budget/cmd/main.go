// Command budgets measures what must not grow and compares it with the limits in
// budgets.yaml: make budgets. With --write it writes the limits instead.
//
// It may import pflag and what is below internal/budget.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"

	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/links"
	"github.com/ackgen/ackgen/internal/budget/measure"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, ".", os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "budgets:", err)
		os.Exit(1)
	}
}

// run measures the clone of the repository in a folder.
func run(ctx context.Context, root string, args []string, out io.Writer) error {
	flags := pflag.NewFlagSet("budgets", pflag.ContinueOnError)
	write := flags.Bool("write", false, "write budgets.yaml instead of comparing with it")
	if err := flags.Parse(args); errors.Is(err, pflag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no flag: --write is the only one", flags.Arg(0))
	}
	file := filepath.Join(root, "budgets.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read limits: %w", err)
	}
	before, err := limits.Parse(text)
	if err != nil {
		return err
	}
	version := runtime.Version()
	if !*write && version != before.Go {
		return fmt.Errorf("this is %s, and the limits are for %s, with which what is measured differs: take that version, as PINNED_GO in the Makefile, or write the limits anew with --write", version, before.Go)
	}
	groups, err := all(ctx, root)
	if err != nil {
		return err
	}
	if *write {
		return os.WriteFile(file, []byte(limits.Text(version, groups, before)), 0o644) //nolint:gosec // everybody may read it; the error names the file
	}
	return report(out, limits.Compare(groups, before))
}

// all measures everything.
func all(ctx context.Context, root string) ([]limits.Group, error) {
	folder, err := os.MkdirTemp("", "budgets")
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	allocations, err := measure.Allocations(ctx)
	if err != nil {
		return nil, err
	}
	code, err := measure.Code(root)
	if err != nil {
		return nil, err
	}
	groups := []limits.Group{allocations, code}
	for _, program := range links.Programs() {
		linked, err := links.Of(ctx, root, program)
		if err != nil {
			return nil, err
		}
		groups = append(groups, linked)
	}
	size, err := measure.Size(ctx, root, folder)
	return append(groups, size), err
}

// report prints the table and what is wrong.
func report(out io.Writer, r limits.Result) error {
	r.Table(out)
	if len(r.Problems) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	for _, problem := range r.Problems {
		fmt.Fprintln(out, problem)
	}
	fmt.Fprintln(out, "\nUndo what has grown, or run `make budgets ARGS=--write` and say in the commit message why it has to be. For what has shrunk, write the limits, too.")
	return fmt.Errorf("limits that do not hold: %d", len(r.Problems))
}

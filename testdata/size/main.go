// Command size prints what one call of the SDK adds to a program that uses net/http
// and encoding/json already: in all, and per package. Sizes are in bytes. With
// arguments it compares two other programs: the folder of their module, the program
// without calls and the one with them.
package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/ackgen/ackgen/internal/budget/program"
)

// shownFrom is the share of a package from which it has a line of its own.
const shownFrom = 4 << 10

func main() {
	programs, err := parse(os.Args[1:])
	if err == nil {
		err = programs.compare(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure size:", err)
		os.Exit(1)
	}
}

// parse returns the programs that arguments name, or those of this module.
func parse(args []string) (pair, error) {
	switch len(args) {
	case 0:
		return pair{".", "./baseline", "./call", []string{"", "methods"}}, nil
	case 3:
		return pair{args[0], args[1], args[2], []string{""}}, nil
	default:
		return pair{}, fmt.Errorf("%q is neither nothing nor a module and two programs of it", args)
	}
}

// pair is two programs of a module. They are built with each of the tags.
type pair struct {
	module, without, with string
	tags                  []string
}

func (p pair) compare(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "size")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "stripped program\tbaseline\twith a call\tdifference")
	for _, tag := range p.tags {
		before, after, err := both(p, tag, func(program program.Program) (int64, error) { return program.Size(ctx, dir) })
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\n", map[string]string{"": "as it is", "methods": "all methods kept"}[tag], before, after, after-before)
	}
	before, after, err := both(p, "", func(program program.Program) (map[string]int64, error) { return shares(ctx, program, dir) })
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "\t\t\t\npackage\tbaseline\twith a call\tdifference")
	added := func(name string) int64 { return after[name] - before[name] }
	names := slices.SortedFunc(maps.Keys(after), func(a, b string) int {
		return cmp.Or(cmp.Compare(added(b), added(a)), cmp.Compare(a, b))
	})
	for _, name := range names {
		if added(name) >= shownFrom {
			fmt.Fprintf(out, "%s\t%d\t%d\t%d\n", name, before[name], after[name], added(name))
		}
	}
	return out.Flush()
}

// both builds the two programs and measures them.
func both[T any](p pair, tags string, measure func(program.Program) (T, error)) (before, after T, err error) {
	if before, err = measure(program.Program{Module: p.module, Package: p.without, Tags: tags}); err != nil {
		return before, after, err
	}
	after, err = measure(program.Program{Module: p.module, Package: p.with, Tags: tags})
	return before, after, err
}

// shares returns the size of the code and the data of each package. What the linker
// writes about functions and types is not part of it.
func shares(ctx context.Context, p program.Program, dir string) (map[string]int64, error) {
	file, err := p.Build(ctx, dir)
	if err != nil {
		return nil, err
	}
	text, err := program.Go(ctx, dir, "tool", "nm", "-size", file)
	if err != nil {
		return nil, fmt.Errorf("read symbols: %w", err)
	}
	sizes := make(map[string]int64)
	for line := range bytes.Lines(text) {
		// address, size, kind and name; b is memory that is not in the file.
		fields := strings.Fields(string(line))
		if len(fields) < 4 || strings.EqualFold(fields[2], "b") {
			continue
		}
		size, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read symbol %q: %w", line, err)
		}
		sizes[packageOf(fields[3])] += size
	}
	return sizes, nil
}

// packageOf returns the import path in the name of a symbol, such as
// "net/http" for "net/http.(*Client).Do".
func packageOf(symbol string) string {
	if strings.HasPrefix(symbol, "type:") || strings.HasPrefix(symbol, "go:") {
		return "(types and tables)"
	}
	symbol, _, _ = strings.Cut(symbol, "[") // type arguments
	symbol, _, _ = strings.Cut(symbol, "(") // a receiver
	slash := strings.LastIndex(symbol, "/") + 1
	name, _, _ := strings.Cut(symbol[slash:], ".")
	return symbol[:slash] + name
}

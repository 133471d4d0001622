package main

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/template"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

//go:embed page.md
var pageText string

// begin returns the results without what is going to be measured. It fails before
// anything is measured in vain.
func begin(ctx context.Context, opts *options, file string) (*report.Results, error) {
	versions, err := bench.Versions(ctx)
	if err != nil {
		return nil, err
	}
	results := &report.Results{Machine: machine(), Versions: versions}
	if opts.only == nil {
		return results, nil
	}
	old, err := report.Read(file)
	if errors.Is(err, os.ErrNotExist) { // the first run
		return results, nil
	}
	if err != nil {
		return nil, err
	}
	if err := results.Keep(old, opts.only); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return results, nil
}

// add adds what was measured, in the order of the page.
func add(results *report.Results, sections []report.Section) {
	results.Sections = append(results.Sections, sections...)
	slices.SortStableFunc(results.Sections, func(a, b report.Section) int {
		return slices.Index(names(), a.Of) - slices.Index(names(), b.Of)
	})
}

// write writes the results and the page.
func write(results *report.Results, root string) error {
	if err := results.Write("results.json"); err != nil {
		return err
	}
	return writePage(results, root)
}

func writePage(results *report.Results, root string) error {
	page, err := render(results)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "docs", "benchmarks.md"), []byte(page), 0o644) //nolint:gosec // is public
}

// render makes the page of results.
func render(results *report.Results) (string, error) {
	page, err := template.New("page").Parse(pageText)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	table := judge(results.Sections)
	err = page.Execute(&out, struct {
		*report.Results
		Aims string
	}{results, strings.TrimSpace(table.Markdown(2))})
	return strings.TrimSpace(out.String()) + "\n", err
}

func machine() report.Machine {
	return report.Machine{CPU: cpu(), Cores: runtime.NumCPU(), OS: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version()}
}

// cpu is the name of the processor, where the system tells it in a file.
func cpu() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if name, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

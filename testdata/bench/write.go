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

// write writes the results and the page. What was not measured stays as it was.
func write(ctx context.Context, opts *options, sections []report.Section) error {
	versions, err := bench.Versions(ctx)
	if err != nil {
		return err
	}
	results := &report.Results{Machine: machine(), Versions: versions, Sections: sections}
	if opts.only != nil {
		if err := complete(results, "results.json"); err != nil {
			return err
		}
	}
	if err := results.Write("results.json"); err != nil {
		return err
	}
	page, err := render(results)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(opts.settings.Root, "docs", "benchmarks.md"), []byte(page), 0o644)
}

// complete adds what a file has of the measurements that were left out, in the order of
// the page. Before the first run there is no file.
func complete(results *report.Results, file string) error {
	old, err := report.Read(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := results.Merge(old); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	slices.SortStableFunc(results.Sections, func(a, b report.Section) int {
		return slices.Index(names(), a.Of) - slices.Index(names(), b.Of)
	})
	return nil
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

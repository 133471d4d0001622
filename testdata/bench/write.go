package main

import (
	"bufio"
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

//go:embed page.md
var pageText string

// write writes the results and the page.
func write(ctx context.Context, opts *options, sections []report.Section) error {
	versions, err := bench.Versions(ctx)
	if err != nil {
		return err
	}
	results := &report.Results{
		Date: time.Now().UTC().Format(time.DateOnly), Machine: machine(), Versions: versions, Sections: sections,
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

// render makes the page of results.
func render(results *report.Results) (string, error) {
	page, err := template.New("page").Parse(pageText)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = page.Execute(&out, results)
	return out.String(), err
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

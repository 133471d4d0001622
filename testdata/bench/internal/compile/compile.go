// Package compile measures what client packages cost those who build them. Of this
// module it imports bench, packages and report, and of ours gofiles.
package compile

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/internal/budget/gofiles"
	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/packages"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// most is how many rounds there are at most, since a round takes long.
const most = 3

// Measure measures all packages.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	all, err := packages.Prepare(ctx, set)
	if err != nil {
		return nil, err
	}
	tools, err := findTools(ctx)
	if err != nil {
		return nil, err
	}
	var jobs []bench.Job
	rows := make([]report.Row, len(all))
	for i, p := range all {
		set.Log("packages: compiling what %s imports", p.Name)
		u, err := open(ctx, p)
		if err != nil {
			return nil, err
		}
		two, err := u.jobs(p.Name, tools, filepath.Join(set.Folder, "compile", p.Key))
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, two...)
		found, err := gofiles.Count(u.files)
		if err != nil {
			return nil, err
		}
		rows[i] = report.Row{Name: p.Name, Cells: []report.Figure{
			report.Exact("", float64(found.Files)), report.Exact("", float64(found.Lines)),
			report.Exact("", float64(found.Bytes)), report.Exact("", float64(found.Exported)),
		}}
	}
	runs, err := set.InTurn(ctx, min(most, set.Rounds), jobs)
	if err != nil {
		return nil, err
	}
	return []report.Section{code(rows), times(all, runs)}, nil
}

// tools are the programs of the toolchain.
type tools struct{ compile, vet string }

func findTools(ctx context.Context) (tools, error) {
	compile, err := bench.Command(ctx, "", "go", "tool", "-n", "compile")
	if err != nil {
		return tools{}, err
	}
	vet, err := bench.Command(ctx, "", "go", "tool", "-n", "vet")
	return tools{strings.TrimSpace(compile), strings.TrimSpace(vet)}, err
}

// jobs are to compile and to vet the package.
func (u *unit) jobs(name string, programs tools, folder string) ([]bench.Job, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, err
	}
	compile, err := u.compiler(programs.compile, folder)
	if err != nil {
		return nil, err
	}
	vet, err := u.vetter(programs.vet, folder)
	return []bench.Job{job("compile "+name, folder, compile), job("vet "+name, folder, vet)}, err
}

func job(name, folder string, command []string) bench.Job {
	return bench.Job{Name: name, Run: func(ctx context.Context) (bench.Usage, error) {
		return bench.Run(ctx, folder, command[0], command[1:]...)
	}}
}

func code(rows []report.Row) report.Section {
	return report.Section{
		Name: "packages", Title: "Packages", Head: "package",
		Text: "Ours, oapi-codegen and ogen are made of the same document, with a client only; the official package has other operations. " +
			"Exported names are constants, variables, functions, types and methods.",
		Columns: []string{"files", "lines", "bytes", "exported names"}, Rows: rows,
	}
}

// times makes the table of runs, two for each package.
func times(all []packages.Package, runs [][]bench.Usage) report.Section {
	section := report.Section{
		Name: "compile", Title: "Compile time", Head: "package",
		Text:    "The compiler and vet run on the package alone; what it imports is compiled already. CPU is the time of all cores.",
		Columns: []string{"compile", "compile, CPU", "compile, memory", "vet", "vet, CPU"},
	}
	for i, p := range all {
		compile, vet := runs[2*i], runs[2*i+1]
		section.Rows = append(section.Rows, report.Row{Name: p.Name, Cells: []report.Figure{
			bench.Wall(compile), bench.CPU(compile), bench.Memory(compile), bench.Wall(vet), bench.CPU(vet),
		}})
	}
	return section
}

// Package size measures what calls add to a program that uses net/http and
// encoding/json already. Of this module it imports bench, packages and report.
package size

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/packages"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// variant is a way to build the programs. The tag ten adds nine operations, and methods
// makes the linker keep all methods.
type variant struct {
	column string
	tags   []string
}

var variants = []variant{
	{"one operation", nil},
	{"ten operations", []string{"ten"}},
	{"one, all methods kept", []string{"methods"}},
	{"ten, all methods kept", []string{"ten", "methods"}},
}

// Measure builds a program with each package in all ways.
func Measure(ctx context.Context, set *bench.Settings) ([]report.Section, error) {
	all, err := packages.Prepare(ctx, set)
	if err != nil {
		return nil, err
	}
	section := report.Section{
		Name: "size", Title: "Binary size", Head: "client",
		Text: "Bytes that calls add to a program with a call over net/http and encoding/json, whose size is in the first row. Programs are stripped, " +
			"without cgo and with -trimpath. A program keeps all methods if it looks for some by name, as text/template does. " +
			"What oapi-codegen and ogen write does not sign, so that a signer comes on top.",
	}
	for _, v := range variants {
		section.Columns = append(section.Columns, v.column)
	}
	base, err := sizes(ctx, set, all[0], "")
	if err != nil {
		return nil, err
	}
	section.Rows = append(section.Rows, row("no client", base, make([]int64, len(base))))
	for _, p := range all {
		grown, err := sizes(ctx, set, p, filepath.Join("internal", "size", "testdata", p.Key))
		if err != nil {
			return nil, err
		}
		section.Rows = append(section.Rows, row(p.Name, grown, base))
	}
	return []report.Section{section}, nil
}

// row tells how much larger programs are than others.
func row(name string, programs, than []int64) report.Row {
	r := report.Row{Name: name}
	for i, size := range programs {
		r.Cells = append(r.Cells, report.Exact("", float64(size-than[i])))
	}
	return r
}

// sizes builds the program without calls with the files of a folder of this module, if
// there is one, in all ways.
func sizes(ctx context.Context, set *bench.Settings, p packages.Package, calls string) ([]int64, error) {
	folder := filepath.Join(p.Module, "program")
	if err := write(set, folder, calls); err != nil {
		return nil, err
	}
	var all []int64
	for _, v := range variants {
		set.Log("size: %s, %s", p.Name, v.column)
		size, err := build(ctx, folder, v.tags)
		if err != nil {
			return nil, err
		}
		all = append(all, size)
	}
	return all, nil
}

// write writes the files of a program into a folder.
func write(set *bench.Settings, folder, calls string) error {
	err := errors.Join(os.RemoveAll(folder), os.CopyFS(folder, os.DirFS(filepath.Join(set.Root, "testdata", "size", "baseline"))))
	if err != nil || calls == "" {
		return err
	}
	return os.CopyFS(folder, os.DirFS(filepath.Join(set.Module(), calls)))
}

// build builds the program in a folder, and returns its size.
func build(ctx context.Context, folder string, tags []string) (int64, error) {
	file := filepath.Join(folder, "program")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-tags="+strings.Join(tags, ","), "-o", file, ".")
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("build %s with tags %q: %w\n%s", folder, tags, err, text)
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Package size measures what calls add to a program that uses net/http and
// encoding/json already. Of this module it imports bench, packages and report, and of
// ours program.
package size

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/internal/budget/program"
	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/packages"
	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// variant is a way to build the programs. The tag ten adds nine operations, and methods
// makes the linker keep all methods.
type variant struct {
	column, tags string
}

var variants = []variant{
	{"one operation", ""},
	{"ten operations", "ten"},
	{"one, all methods kept", "methods"},
	{"ten, all methods kept", "ten,methods"},
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
	base, err := sizes(ctx, set, all[0], baseline(set))
	if err != nil {
		return nil, err
	}
	section.Rows = append(section.Rows, row("no client", base, make([]int64, len(base))))
	for _, p := range all {
		grown, err := sizes(ctx, set, p, sources(set, p.Key)...)
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

// baseline is the folder of the program without calls.
func baseline(set *bench.Settings) string {
	return filepath.Join(set.Root, "testdata", "size", "baseline")
}

// sources are the folders whose files make the program that calls with a client.
func sources(set *bench.Settings, key string) []string {
	if key == "ours" {
		return []string{filepath.Join(set.Root, "testdata", "size", "call")}
	}
	return []string{baseline(set), filepath.Join(set.Module(), "internal", "size", "testdata", key)}
}

// sizes builds a program of the files of some folders in all ways.
func sizes(ctx context.Context, set *bench.Settings, p packages.Package, sources ...string) ([]int64, error) {
	folder := filepath.Join(p.Module, "program")
	if err := write(folder, sources...); err != nil {
		return nil, err
	}
	var all []int64
	for _, v := range variants {
		set.Log("size: %s, %s", p.Name, v.column)
		size, err := program.Program{Module: folder, Package: ".", Tags: v.tags}.Size(ctx, folder)
		if err != nil {
			return nil, err
		}
		all = append(all, size)
	}
	return all, nil
}

// write writes the files of some folders into one, which has no other files then.
func write(folder string, sources ...string) error {
	err := os.RemoveAll(folder)
	for _, source := range sources {
		err = errors.Join(err, os.CopyFS(folder, os.DirFS(source)))
	}
	return err
}

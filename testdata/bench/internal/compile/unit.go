package compile

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
	"github.com/ackgen/ackgen/testdata/bench/internal/packages"
)

// unit is a package that is compiled alone, with what it imports already compiled.
type unit struct {
	path    string
	files   []string
	exports map[string]string // file with what importers need, by import path
}

// open compiles what a package imports, and finds the files of all.
func open(ctx context.Context, p packages.Package) (*unit, error) {
	text, err := bench.Command(ctx, p.Module, "go", "list", "-export", "-deps", "-f",
		"{{.ImportPath}}\t{{.Export}}\t{{.Dir}}\t{{join .GoFiles \" \"}}", p.Path)
	if err != nil {
		return nil, err
	}
	return parseList(p.Path, text)
}

// parseList reads what go list prints.
func parseList(path, text string) (*unit, error) {
	u := &unit{path: path, exports: map[string]string{}}
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 4 {
			return nil, fmt.Errorf("read package %q: not four fields", line)
		}
		if fields[0] != path {
			if fields[1] != "" {
				u.exports[fields[0]] = fields[1]
			}
			continue
		}
		for name := range strings.FieldsSeq(fields[3]) {
			u.files = append(u.files, filepath.Join(fields[2], name))
		}
	}
	if u.files == nil {
		return nil, fmt.Errorf("%s: no such package", path)
	}
	return u, nil
}

// version is the language of all packages, as the compiler names it.
const version = "go1.26"

// compiler returns a command line that compiles the package, as go build does.
func (u *unit) compiler(program, folder string) ([]string, error) {
	var config strings.Builder
	for path, file := range u.exports {
		fmt.Fprintf(&config, "packagefile %s=%s\n", path, file)
	}
	file := filepath.Join(folder, "importcfg")
	args := []string{
		program, "-p", u.path, "-lang", version, "-complete", "-nolocalimports", "-pack", "-c", strconv.Itoa(min(4, runtime.NumCPU())),
		"-importcfg", file, "-o", filepath.Join(folder, "package.a"),
	}
	return append(args, u.files...), os.WriteFile(file, []byte(config.String()), 0o600)
}

// vetConfig is what go vet tells the program that looks at one package.
type vetConfig struct {
	ID, Compiler, ImportPath, GoVersion string
	GoFiles                             []string
	ImportMap, PackageFile              map[string]string
	VetxOutput                          string
}

// vetter returns a command line that vets the package, as go vet does.
func (u *unit) vetter(program, folder string) ([]string, error) {
	names := map[string]string{"unsafe": "unsafe"}
	for path := range u.exports {
		names[path] = path
	}
	text, err := json.Marshal(vetConfig{
		ID: u.path, Compiler: "gc", ImportPath: u.path, GoVersion: version, GoFiles: u.files,
		ImportMap: names, PackageFile: u.exports, VetxOutput: filepath.Join(folder, "vet.out"),
	})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "vet.cfg")
	return []string{program, file}, os.WriteFile(file, text, 0o600)
}

package generator_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

const fuzzPackage = "example.com/api"

// FuzzGenerate generates from changed specs: what is one word of a spec becomes another text. There must be findings with positions in the
// spec, or files inside of the folder that compile, and the same again for the same spec.
func FuzzGenerate(f *testing.F) {
	specs, err := filepath.Glob(filepath.Join(root, "testdata", "cases", "*", "*", "spec.*"))
	require.NoError(f, err)
	require.NotEmpty(f, specs)
	for _, spec := range append(specs, filepath.Join(root, "testdata", "products", "nasty.yaml")) {
		data, err := os.ReadFile(spec)
		require.NoError(f, err)
		f.Add(string(data), "", "")
	}
	plain, err := os.ReadFile(filepath.Join(root, "testdata", "cases", "ok", "nested_structs", "spec.yaml"))
	require.NoError(f, err)
	for _, word := range []string{"../x", "Client", "*/", "é\u2028", "x\ny", "1e999", "'", "type", "{a}", "[]"} {
		f.Add(string(plain), "Thing", word)
	}
	libs := newLibraries(f)
	f.Fuzz(func(t *testing.T, spec, old, word string) {
		if old != "" {
			spec = strings.ReplaceAll(spec, old, word)
		}
		if len(spec) > 64<<10 {
			return // a slow document is not a wrong one
		}
		opts := generator.Options{SpecName: "s.yaml", Spec: []byte(spec), Package: "api", ImportPath: fuzzPackage, Overrides: true}
		out, err := generator.Generate(t.Context(), opts)
		again, errAgain := generator.Generate(t.Context(), opts)
		require.Equal(t, err, errAgain, "a second run has other findings")
		require.Equal(t, out, again, "a second run makes other files")
		if err != nil {
			checkFaults(t, err)
			return
		}
		checkPlaces(t, out.Warnings)
		require.NoError(t, libs.check(out.Files), spec)
	})
}

func checkFaults(t *testing.T, err error) {
	t.Helper()
	var faults *diag.Error
	require.ErrorAs(t, err, &faults)
	require.NotEmpty(t, faults.Findings)
	checkPlaces(t, faults.Findings)
}

func checkPlaces(t *testing.T, findings []diag.Finding) {
	t.Helper()
	for _, found := range findings {
		assert.Equal(t, "s.yaml", found.Pos.File, found.String())
		assert.Positive(t, found.Pos.Line, found.String())
	}
}

// libraries are the packages that generated code may import.
type libraries map[string]*types.Package

func newLibraries(tb testing.TB) libraries {
	tb.Helper()
	// With export data every process that fuzzes is ready in a fourth of the time that it takes from source.
	const needed = packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile
	loaded, err := packages.Load(&packages.Config{Mode: needed, Dir: root, Context: tb.Context()},
		"context", "iter", "time", "github.com/ackgen/ackgen/sdk/roa", "github.com/ackgen/ackgen/sdk/roa/roamock",
		"github.com/ackgen/ackgen/sdk/roa/roafake")
	require.NoError(tb, err)
	libs := make(libraries)
	for _, pkg := range loaded {
		require.Empty(tb, pkg.Errors)
		libs[pkg.PkgPath] = pkg.Types
	}
	return libs
}

// check reports why the files of a client, its mocks and its overrides do not compile.
func (l libraries) check(files []output.File) error {
	fset := token.NewFileSet()
	folders := make(map[string][]*ast.File)
	for _, file := range files {
		if !filepath.IsLocal(file.Name) || path.Clean(file.Name) != file.Name || !strings.HasSuffix(file.Name, output.Suffix) {
			return fmt.Errorf("a file is called %q", file.Name)
		}
		parsed, err := parser.ParseFile(fset, file.Name, file.Content, parser.ParseComments)
		if err != nil {
			return err
		}
		folders[path.Dir(file.Name)] = append(folders[path.Dir(file.Name)], parsed)
	}
	client, err := l.checkPackage(fset, fuzzPackage, folders["."], nil)
	if err != nil {
		return err
	}
	for _, folder := range below {
		if _, err := l.checkPackage(fset, path.Join(fuzzPackage, folder), folders[path.Clean(folder)], client); err != nil {
			return err
		}
	}
	return nil
}

func (l libraries) checkPackage(fset *token.FileSet, name string, files []*ast.File, client *types.Package) (*types.Package, error) {
	conf := types.Config{Importer: importer(func(name string) (*types.Package, error) {
		if client != nil && name == client.Path() {
			return client, nil
		}
		if pkg := l[name]; pkg != nil {
			return pkg, nil
		}
		return nil, fmt.Errorf("generated code imports %s", name)
	})}
	return conf.Check(name, fset, files, nil)
}

type importer func(name string) (*types.Package, error)

func (i importer) Import(name string) (*types.Package, error) { return i(name) }

package snippet

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/goapi"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/normalize"
	"github.com/ackgen/ackgen/spec"
)

const (
	root      = "../../../../.."
	ackPath   = "github.com/ackgen/ackgen/sdk/ack"
	otherPath = "example.com/client"
)

// build returns a writer of a spec, as it is called in Go by the import path.
func build(t *testing.T, name string, data []byte, folder fs.FS, path string) (*Writer, *model.API) {
	t.Helper()
	diags := new(diag.List)
	doc := load.Load(t.Context(), name, data, folder, diags)
	require.NotNil(t, doc)
	normalize.Document(doc, diags)
	api := goapi.Build(doc, goapi.Options{Package: path[strings.LastIndex(path, "/")+1:], ImportPath: path}, diags)
	return New(doc, api), api
}

// A checker knows the packages that programs import.
type checker map[string]*types.Package

// Import implements [types.Importer].
func (c checker) Import(path string) (*types.Package, error) {
	if p := c[path]; p != nil {
		return p, nil
	}
	return nil, os.ErrNotExist
}

// sdk loads the packages that programs import, with all that these import.
var sdk = sync.OnceValues(func() (checker, error) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile},
		"context", "fmt", "io", "log", "os", "strings", "time", "iter", roaPath, credentialsPath, ackPath)
	if err != nil {
		return nil, err
	}
	c := checker{}
	for _, p := range loaded {
		c[p.PkgPath] = p.Types
	}
	return c, nil
})

// check compiles every program of an API as it is displayed, and returns how many there are. The code must be what gofmt writes.
func (c checker) check(t *testing.T, w *Writer, api *model.API) int {
	t.Helper()
	n := 0
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			set, err := w.Of(op)
			require.NoError(t, err)
			require.NotEmpty(t, set.Go, op.Name)
			require.NotEmpty(t, set.Curl, op.Name)
			for _, s := range set.Go {
				n++
				c.checkProgram(t, op.Name, s)
			}
			for _, s := range set.Curl {
				assert.Equal(t, "curl", shellWords(t, s.Code)[0])
			}
		}
	}
	return n
}

func (c checker) checkProgram(t *testing.T, operation string, s Snippet) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, operation+".go", s.Code, 0)
	require.NoError(t, err, s.Code)
	_, err = (&types.Config{Importer: c}).Check("main", fset, []*ast.File{file}, nil)
	require.NoError(t, err, s.Code)
	formatted, err := format.Source([]byte(s.Code))
	require.NoError(t, err)
	assert.Equal(t, string(formatted), s.Code)
}

// TestEveryProgram compiles each program that all operations of ACK display.
func TestEveryProgram(t *testing.T) {
	t.Parallel()
	c, err := sdk()
	require.NoError(t, err)
	w, api := build(t, "openapi.yaml", spec.Bundle(), nil, ackPath)
	operations := 0
	for _, g := range api.Groups {
		operations += len(g.Operations)
	}
	assert.Greater(t, c.check(t, w, api), operations, "no operation has more than one program")
}

// TestText shows one operation as a reader sees it.
func TestText(t *testing.T) {
	t.Parallel()
	file := root + "/testdata/cases/ok/secret_fields/spec.yaml"
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	w, api := build(t, "spec.yaml", data, nil, otherPath)
	set, err := w.Of(api.Groups[0].Operations[0])
	require.NoError(t, err)
	require.Len(t, set.Go, 1)
	assert.Equal(t, "Call", set.Go[0].Title)
	assert.Equal(t, `package main

import (
	"context"
	"fmt"
	"log"
	"os"

	api "example.com/client"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	ctx := context.Background()
	client, err := api.New(roa.WithRegion("cn-hangzhou"), roa.WithCredentials(credentials.Default()))
	if err != nil {
		log.Fatal(err)
	}
	out, err := client.CreateUser(ctx, &api.CreateUserRequest{
		Otp:      roa.Secret("otp"),
		Password: roa.Secret(os.Getenv("PASSWORD")),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(out.Key.Reveal()), "bytes")
}
`, set.Go[0].Code)
	require.Len(t, set.Curl, 1)
	assert.Equal(t, `curl 'http://127.0.0.1:8088/users?otp=otp' \
  -H 'Content-Type: application/json' \
  -d '{"password": "password"}'
`, set.Curl[0].Code)

	api.ImportPath = ""
	set, err = w.Of(api.Groups[0].Operations[0])
	require.NoError(t, err)
	assert.Empty(t, set.Go, "there is no client that a program could import")
	assert.Len(t, set.Curl, 1)
}

// TestWords keeps what a text holds out of the syntax of Go and of the shell.
func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ goText, word string }{
		"plain":    {`"plain"`, "plain"},
		"it's":     {`"it's"`, `'it'\''s'`},
		"":         {`""`, "''"},
		"a `b`\n":  {`"a ` + "`b`" + `\n"`, "'a `b`\n'"},
		`"$(x)\y"`: {"`" + `"$(x)\y"` + "`", `'"$(x)\y"'`},
		"a\nb":     {"`a\nb`", "'a\nb'"},
		"a\r\x00":  {`"a\r\x00"`, "'a\r\x00'"},
	} {
		assert.Equal(t, want.goText, quoted(text))
		assert.Equal(t, want.word, shell(text))
	}
}

// otherSpecs returns the files of specs of products, and of every construct that the generator takes.
func otherSpecs(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(root + "/testdata/cases/ok/*/spec.*")
	require.NoError(t, err)
	require.Greater(t, len(files), 100)
	products, err := filepath.Glob(root + "/testdata/products/*.yaml")
	require.NoError(t, err)
	for _, file := range products {
		if filepath.Base(file) != "decisions.yaml" { // not a spec
			files = append(files, file)
		}
	}
	return files
}

// nameOf returns the name of a spec in tests.
func nameOf(file string) string {
	if dir := filepath.Base(filepath.Dir(file)); dir != "products" {
		return dir
	}
	return filepath.Base(file)
}

// TestOtherAPIs compiles the programs of other specs, with the clients that are generated from these: of real products, and of every construct
// that the generator takes.
func TestOtherAPIs(t *testing.T) {
	t.Parallel()
	known, err := sdk()
	require.NoError(t, err)
	for _, file := range otherSpecs(t) {
		t.Run(nameOf(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			folder := os.DirFS(filepath.Dir(file))
			w, api := build(t, filepath.Base(file), data, folder, otherPath)
			c := maps.Clone(known)
			c[otherPath] = client(t, known, filepath.Base(file), data, folder)
			c.check(t, w, api)
		})
	}
}

// client generates a client and compiles it.
func client(t *testing.T, known checker, name string, data []byte, folder fs.FS) *types.Package {
	t.Helper()
	out, err := generator.Generate(t.Context(), generator.Options{
		SpecName: name, Spec: data, Folder: folder, Package: "client", ImportPath: otherPath, NoMocks: true,
	})
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, f := range out.Files {
		file, err := parser.ParseFile(fset, f.Name, f.Content, 0)
		require.NoError(t, err)
		files = append(files, file)
	}
	p, err := (&types.Config{Importer: known}).Check(otherPath, fset, files, nil)
	require.NoError(t, err)
	return p
}

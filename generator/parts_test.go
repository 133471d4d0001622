package generator_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/internal/goldentest"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/spec"
)

// parts are what codegen makes of its own spec for kinds of programs, and others.
func parts(t *testing.T) map[string]generator.Options {
	t.Helper()
	data, err := os.ReadFile("../cmd/internal/presets/presets.yaml")
	require.NoError(t, err)
	presets := map[string][]string{}
	require.NoError(t, yaml.Unmarshal(data, &presets))
	require.NotEmpty(t, presets)
	out := map[string]generator.Options{
		"groups": {Groups: []string{"NodePools", "Permissions"}, NoMocks: true},
		"three":  {Operations: []string{"DescribeClusterDetail", "DescribeClusterNodes", "ScaleClusterNodePool"}, NoMocks: true},
		"empty":  {Operations: []string{"OpenAckService"}},
	}
	for name, ids := range presets {
		assert.True(t, slices.IsSorted(ids), "%s is not sorted", name)
		out[name] = generator.Options{Operations: ids, Overrides: true}
	}
	return out
}

func part(t *testing.T, name string, opts generator.Options) *generator.Output {
	t.Helper()
	opts.SpecName, opts.Spec, opts.Package, opts.ImportPath = "openapi.yaml", spec.Bundle(), "ack", "github.com/ackgen/ackgen/golden/"+name+"/ack"
	out, err := generator.Generate(t.Context(), opts)
	require.NoError(t, err, name)
	return out
}

// TestParts generates parts of an API. They compile, also together, and what they
// declare is what the whole declares: a program goes on compiling when its part grows.
func TestParts(t *testing.T) {
	t.Parallel()
	whole := declarations(t, part(t, "whole", generator.Options{NoMocks: true}))
	files := goldentest.Set{}
	for name, opts := range parts(t) {
		out := part(t, name, opts)
		if name == "operator" {
			assert.Equal(t, out, part(t, name, opts), "a second run makes other files")
		}
		for _, f := range out.Files {
			files["golden/"+name+"/ack/"+f.Name] = f.Content
		}
		declared := declarations(t, out)
		assert.NotEmpty(t, declared, name)
		for decl, text := range declared {
			assert.Equal(t, whole[decl], text, "%s in %s", decl, name)
		}
	}
	require.NoError(t, goldentest.Compile(t.Context(), root, t.TempDir(), files))
}

// TestPartIsSmall holds a promise: what three operations need can be read.
func TestPartIsSmall(t *testing.T) {
	t.Parallel()
	lines := 0
	for _, f := range part(t, "three", parts(t)["three"]).Files {
		lines += bytes.Count(f.Content, []byte("\n"))
	}
	assert.Less(t, lines, 1500)
}

// TestPackageNames has clients that are called like packages and variables of the code
// below them.
func TestPackageNames(t *testing.T) {
	t.Parallel()
	files := goldentest.Set{}
	for _, name := range []string{"roa", "roafake", "roamock", "context", "out", "state", "poll"} {
		out, err := generator.Generate(t.Context(), generator.Options{
			SpecName: "openapi.yaml", Spec: spec.Bundle(), Package: name, ImportPath: "github.com/ackgen/ackgen/golden/names/" + name,
			Operations: []string{"DescribeClusterNodes", "DeleteClusterNodes", "DescribeTaskInfo"}, Overrides: true,
		})
		require.NoError(t, err, name)
		for _, f := range out.Files {
			files["golden/names/"+name+"/"+f.Name] = f.Content
		}
	}
	require.NoError(t, goldentest.Compile(t.Context(), root, t.TempDir(), files))
}

// declarations returns the exported types, functions, constants and variables of a client
// without comments. The interfaces of the API and of its groups have fewer methods in a
// part, and blocks have fewer variables.
func declarations(t *testing.T, out *generator.Output) map[string]string {
	t.Helper()
	decls := map[string]string{}
	for _, f := range out.Files {
		if strings.Contains(f.Name, "/") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range single(file.Decls) {
			name := nameOf(decl)
			if name == "" || strings.HasSuffix(name, "API") {
				continue
			}
			var text bytes.Buffer
			require.NoError(t, format.Node(&text, fset, decl))
			decls[name] = text.String()
		}
	}
	return decls
}

// single takes blocks of variables apart.
func single(decls []ast.Decl) []ast.Decl {
	var out []ast.Decl
	for _, decl := range decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.VAR {
			out = append(out, decl)
			continue
		}
		for _, s := range block.Specs {
			out = append(out, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{s}})
		}
	}
	return out
}

// nameOf returns the name of an exported declaration, or "".
func nameOf(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() {
			if d.Recv == nil {
				return d.Name.Name
			}
			var recv bytes.Buffer
			if format.Node(&recv, token.NewFileSet(), d.Recv.List[0].Type) == nil {
				return recv.String() + "." + d.Name.Name
			}
		}
	case *ast.GenDecl:
		switch s := d.Specs[0].(type) {
		case *ast.TypeSpec:
			return s.Name.Name
		case *ast.ValueSpec:
			if s.Names[0].IsExported() {
				return s.Names[0].Name
			}
		}
	}
	return ""
}

// TestCodeThatDoesNotFitTheRuntime compiles code of a form that the runtime does not
// know.
func TestCodeThatDoesNotFitTheRuntime(t *testing.T) {
	t.Parallel()
	files := goldentest.Set{}
	for _, f := range part(t, "newer", generator.Options{Operations: []string{"OpenAckService"}, NoMocks: true}).Files {
		files["golden/newer/ack/"+f.Name] = bytes.ReplaceAll(f.Content, []byte("SupportsGeneratedCode1"), []byte("SupportsGeneratedCode999"))
	}
	err := goldentest.Compile(t.Context(), root, t.TempDir(), files)
	require.ErrorContains(t, err, "undefined: roa.SupportsGeneratedCode999")
}

// TestLineEnds generates from a spec that was checked out on Windows.
func TestLineEnds(t *testing.T) {
	t.Parallel()
	unix := generator.Options{SpecName: "openapi.yaml", Spec: spec.Bundle(), Package: "ack", ImportPath: "example.com/ack"}
	windows := unix
	windows.Spec = bytes.ReplaceAll(unix.Spec, []byte("\n"), []byte("\r\n"))
	want, err := generator.Generate(t.Context(), unix)
	require.NoError(t, err)
	got, err := generator.Generate(t.Context(), windows)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// TestVersion compares the version that generated code names with that of its runtime:
// both are of one module.
func TestVersion(t *testing.T) {
	t.Parallel()
	assert.Equal(t, roa.Version, generator.Version)
}

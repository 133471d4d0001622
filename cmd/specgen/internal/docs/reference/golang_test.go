package reference_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/generator"
)

// client reads what a Go package declares: types, fields and methods with their types as
// they are written, and constants.
func client(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "*_gen.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					receiver := strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*")
					out[receiver+"."+d.Name.Name] = strings.TrimPrefix(types.ExprString(d.Type), "func")
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					declare(out, spec)
				}
			}
		}
	}
	return out
}

func declare(out map[string]string, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			out[name.Name] = "value"
		}
	case *ast.TypeSpec:
		out[spec.Name.Name] = "type"
		structure, ok := spec.Type.(*ast.StructType)
		if !ok {
			return
		}
		for _, f := range structure.Fields.List {
			for _, name := range f.Names {
				out[spec.Name.Name+"."+name.Name] = types.ExprString(f.Type)
			}
		}
	}
}

// TestGoNames holds that the reference of our spec names nothing in Go that the client
// does not have, and gives no other type for it.
func TestGoNames(t *testing.T) {
	t.Parallel()
	spec, err := os.ReadFile("../../../../../spec/openapi.yaml")
	require.NoError(t, err)
	doc, model, err := generator.Describe(t.Context(), generator.Options{SpecName: "openapi.yaml", Spec: spec, Package: "ack", ImportPath: "github.com/ackgen/ackgen/sdk/ack"})
	require.NoError(t, err)
	goNames := checker{t, client(t, "../../../../../sdk/ack"), 0}
	api := reference.Build(doc, model, nil)
	for _, g := range api.Groups {
		goNames.has(g.Interface, "type")
	}
	for _, op := range api.Operations() {
		for _, m := range append(op.More, op.Go) {
			goNames.has("Client."+m.Name, m.Signature)
		}
		goNames.fields(op.Parameters)
		if op.Body != nil {
			goNames.fields(op.Body.Fields)
		}
		for _, r := range op.Responses {
			if r.Body != nil {
				goNames.fields(r.Body.Fields)
			}
		}
	}
	for _, s := range api.Schemas {
		if s.Go != "" {
			goNames.has(s.Go, "type")
		}
		goNames.values(s.Enum)
		goNames.fields(s.Fields)
	}
	for _, c := range api.ErrorCodes {
		goNames.has(c.Go, "value")
	}
	assert.Greater(t, goNames.checked, 5000)

	paging := operation(t, api, "ListClusterInspectReports").Paging
	assert.Equal(t, "nextToken", paging.Page, "the token takes the place of the number")
	assert.Equal(t, "nextToken", paging.Next)
	waiting := operation(t, api, "DescribeClusterNodes").Waiting
	assert.Equal(t, "nodes.node_status", waiting[0].State, "the state is that of the items")
	assert.True(t, waiting[0].Counts)
}

type checker struct {
	t       *testing.T
	client  map[string]string
	checked int
}

func (c *checker) has(name, what string) {
	c.t.Helper()
	c.checked++
	assert.Equal(c.t, what, c.client[name], name)
}

func (c *checker) values(values []reference.Value) {
	for _, v := range values {
		if v.Go != "" {
			c.has(v.Go, "value")
		}
	}
}

func (c *checker) fields(fields []*reference.Field) {
	for _, f := range fields {
		if f.Go != "" {
			c.has(f.GoDoc, f.GoType)
		}
		c.values(f.Enum)
		c.fields(f.Fields)
	}
}

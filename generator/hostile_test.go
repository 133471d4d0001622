package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/internal/hostile"
)

// TestHostileSpecTexts makes the same declarations of texts that try to be code as of a harmless one.
func TestHostileSpecTexts(t *testing.T) {
	t.Parallel()
	want, err := generateHostile(t, hostile.WithText("harmless"), nil)
	require.NoError(t, err)
	require.NotEmpty(t, want)
	for _, text := range hostile.Texts {
		got, err := generateHostile(t, hostile.WithText(text), nil)
		require.NoError(t, err, "%q", text)
		assert.Equal(t, want, got, "%q", text)
	}
}

// refusals are words of the findings of documents that must not be generated from, by how their names begin.
var refusals = map[string]string{
	"aliases that grow": "anchors and aliases are not supported", "an alias in itself": "anchors and aliases", "deep lists": "nested deeper than", "deep schemas": "max depth",
	"a cycle": "", "allOf in itself": "", "duplicate keys": "", "twice the document": "", "invalid UTF-8": "not UTF-8", "UTF-16": "UTF-16", "NUL": "", "nothing": "empty", "reference ": "",
}

// watched is a folder without files that remembers what was asked for.
type watched struct{ t *testing.T }

func (w watched) Open(name string) (fs.File, error) {
	assert.True(w.t, fs.ValidPath(name) && !strings.Contains(name, "\\"), "the folder was left: %q", name)
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// TestHostileSpecDocuments gives findings with positions, or files inside of the folder that parse, and asks for nothing elsewhere.
func TestHostileSpecDocuments(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(srv.Close)
	for name, spec := range hostile.Documents(srv.URL) {
		_, err := generateHostile(t, spec, watched{t})
		for begin, words := range refusals {
			if strings.HasPrefix(name, begin) {
				assert.ErrorContains(t, err, words, name)
			}
		}
		if err != nil {
			checkFaults(t, err)
		}
	}
	assert.Zero(t, asked.Load(), "a document made the generator use the network")
}

// generateHostile generates from a spec, looks at the files, and returns what they declare.
func generateHostile(t *testing.T, spec string, folder fs.FS) ([]string, error) {
	t.Helper()
	out, err := generator.Generate(t.Context(), generator.Options{SpecName: "s.yaml", Spec: []byte(spec), Folder: folder, Package: "api", ImportPath: fuzzPackage, Overrides: true})
	if err != nil {
		return nil, err
	}
	var declared []string
	names := map[string]bool{}
	for _, f := range out.Files {
		checkName(t, f.Name, names)
		declared = append(declared, checkSource(t, f.Name, f.Content)...)
	}
	slices.Sort(declared)
	return declared, nil
}

var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)`)

// checkName holds that a file lies in the folder, on every system, beside all others.
func checkName(t *testing.T, name string, seen map[string]bool) {
	t.Helper()
	assert.Regexp(t, `^(apimock/|apifake/)?[a-z0-9]+(_[a-z0-9]+)*_gen\.go$`, name)
	assert.False(t, device.MatchString(path.Base(name)), name)
	assert.Less(t, len(path.Base(name)), 256, name)
	assert.False(t, seen[strings.ToLower(name)], name)
	seen[strings.ToLower(name)] = true
}

var (
	directive = regexp.MustCompile(`^(//go:|//export |//extern |//line |/\*line |// ?\+build)`)
	unseen    = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")
)

// checkSource parses a file, and returns what it declares. It has no directive for the compiler, nothing unseen, and imports what it may.
func checkSource(t *testing.T, name string, src []byte) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments)
	require.NoError(t, err)
	assert.NotRegexp(t, unseen, string(src), name)
	for _, group := range file.Comments {
		for _, c := range group.List {
			assert.NotRegexp(t, directive, c.Text, name)
		}
	}
	for _, i := range file.Imports {
		assert.Regexp(t, `^"(context|iter|time|github\.com/ackgen/ackgen/sdk/.*|example\.com/api)"$`, i.Path.Value, name)
	}
	var out []string
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			assert.NotContains(t, []string{"init", "main"}, d.Name.Name)
			out = append(out, name+" func "+d.Name.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				out = append(out, name+" "+d.Tok.String()+" "+specName(s))
			}
		}
	}
	return out
}

func specName(s ast.Spec) string {
	switch s := s.(type) {
	case *ast.TypeSpec:
		return s.Name.Name
	case *ast.ValueSpec:
		return s.Names[0].Name
	case *ast.ImportSpec:
		return s.Path.Value
	}
	return ""
}

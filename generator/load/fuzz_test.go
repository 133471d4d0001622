package load_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
)

// watched is a folder that knows which names were asked for.
type watched struct {
	fs.FS

	names []string
}

func (w *watched) Open(name string) (fs.File, error) {
	w.names = append(w.names, name)
	return w.FS.Open(name)
}

// FuzzLoad reads documents with a second file beside them. It must give a document or
// findings with positions in one of the two, and ask for nothing outside of the
// folder.
func FuzzLoad(f *testing.F) {
	for _, pattern := range []string{"openapi_31", "ref_*", "json_spec", "allof*"} {
		specs, err := filepath.Glob("../../testdata/cases/*/" + pattern + "/spec.*")
		require.NoError(f, err)
		require.NotEmpty(f, specs, pattern)
		for _, spec := range specs {
			data, err := os.ReadFile(spec)
			require.NoError(f, err)
			f.Add(string(data), "type: object\nproperties: {a: {$ref: '#/properties/a'}, b: {$ref: s.yaml}}")
		}
	}
	f.Add("openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: other.yaml}, /b: {$ref: '#/paths/~1a'}}", "get: {$ref: a}\n$ref: 'other.yaml#/get'")
	f.Fuzz(func(t *testing.T, doc, other string) {
		folder := &watched{FS: fstest.MapFS{"other.yaml": &fstest.MapFile{Data: []byte(other)}, "x/other.yaml": &fstest.MapFile{Data: []byte(other)}}}
		diags := new(diag.List)
		loaded := load.Load(t.Context(), "s.yaml", []byte(doc), folder, diags)
		require.Equal(t, diags.Sound(), loaded != nil)
		for _, found := range diags.Sorted() {
			assert.Contains(t, []string{"s.yaml", "other.yaml", "x/other.yaml"}, found.Pos.File, found.String())
			assert.Positive(t, found.Pos.Line, found.String())
			assert.NotContains(t, found.Message, "cannot be written as one", doc)
		}
		for _, name := range folder.names {
			assert.True(t, fs.ValidPath(name) && !strings.Contains(name, `\`), name)
		}
	})
}

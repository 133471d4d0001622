package docs_test

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/guide"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/links"
	"github.com/ackgen/ackgen/generator"
)

var update = flag.Bool("update", false, "rewrite the goldens of the pages")

const (
	goldens = "../../../../golden/docs"
	hostile = "testdata/openapi.yaml"
)

// build returns the site of a spec, with the sources and guides beside it if it has some.
func build(t *testing.T, file string) map[string][]byte {
	t.Helper()
	spec, err := os.ReadFile(file)
	require.NoError(t, err)
	doc, api, err := generator.Describe(t.Context(), generator.Options{
		SpecName: "openapi.yaml", Spec: spec, Package: "things", ImportPath: "example.com/things",
	})
	require.NoError(t, err)
	dir := filepath.Dir(file)
	var sources *yaml.Node
	if text, err := os.ReadFile(filepath.Join(dir, "sources.yaml")); err == nil {
		var read yaml.Node
		require.NoError(t, yaml.Unmarshal(text, &read))
		sources = read.Content[0]
	}
	guides, err := guide.Read(os.DirFS(filepath.Join(dir, "..")), "https://example.com/repository")
	require.NoError(t, err)
	files, err := docs.Build(docs.Input{Document: doc, API: api, Sources: sources, Guides: guides})
	require.NoError(t, err)
	return files
}

// TestPages compares pages of each kind with those that were looked at.
func TestPages(t *testing.T) {
	t.Parallel()
	files := build(t, hostile)
	for name, again := range build(t, hostile) {
		assert.True(t, bytes.Equal(files[name], again), "the same spec makes the same bytes: %s", name)
	}
	var pages []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, ".html") {
			pages = append(pages, name)
		}
	}
	if *update {
		for _, name := range pages {
			file := filepath.Join(goldens, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
			require.NoError(t, os.WriteFile(file, files[name], 0o600))
		}
		t.Fatal("the goldens are rewritten: look at them, and run again")
	}
	for _, name := range pages {
		want, err := os.ReadFile(filepath.Join(goldens, filepath.FromSlash(name)))
		require.NoError(t, err)
		if !bytes.Equal(want, files[name]) { // pages are too long to be printed
			t.Errorf("run with -update if this is meant:\n%s", diff.Diff("want "+name, want, "got "+name, files[name]))
		}
	}
	assert.Equal(t, pages, goldenPages(t), "no golden is left over")
}

func goldenPages(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, dir := range []string{".", "operations", "schemas"} {
		entries, err := os.ReadDir(filepath.Join(goldens, dir))
		require.NoError(t, err)
		for _, e := range entries {
			if !e.IsDir() {
				out = append(out, path.Join(dir, e.Name()))
			}
		}
	}
	slices.Sort(out)
	return out
}

var (
	elements = regexp.MustCompile(`<([a-z0-9]+)`)
	handlers = regexp.MustCompile(`<[^>]* (on[a-z]+|style|srcdoc)=`)
	scripts  = regexp.MustCompile(`<script[^>]*>([^<]*)`)
)

// TestSitesHoldThemselves holds for our spec, for one of hostile texts and for one of odd
// constructs that every link leads somewhere, that no two places have one name, and that nothing is loaded from
// elsewhere or runs that is no file of ours.
func TestSitesHoldThemselves(t *testing.T) {
	t.Parallel()
	for name, spec := range map[string]string{
		"hostile": hostile, "odd": "../../../../testdata/products/nasty.yaml", "ours": "../../../../spec/openapi.yaml",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := build(t, spec)
			assert.Empty(t, links.Site(files))
			pages := 0
			for page, text := range files {
				if path.Ext(page) == ".html" {
					pages++
					checkElements(t, page, string(text))
				}
			}
			require.Greater(t, pages, 8)
		})
	}
}

func checkElements(t *testing.T, page, text string) {
	t.Helper()
	never := []string{"img", "iframe", "object", "embed", "base", "form", "b", "i", "thing", "of", "green"}
	if path.Dir(page) != "guides" { // where diagrams stand
		never = append(never, "svg")
	}
	for _, m := range elements.FindAllStringSubmatch(text, -1) {
		if slices.Contains(never, m[1]) {
			assert.Fail(t, "a page has an element that it must not have", "%s: %s", page, m[1])
		}
	}
	assert.NotRegexp(t, handlers, text, page)
	assert.NotContains(t, text, "ZgotmplZ", "%s: the template refused a value", page)
	assert.NotContains(t, text, `="javascript:`, page)
	for _, m := range scripts.FindAllStringSubmatch(text, -1) {
		assert.Empty(t, m[1], "%s: a script stands in the page", page)
	}
	assert.Contains(t, text, `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;`, page)
}

// TestCharacters has texts with characters that nobody sees.
func TestCharacters(t *testing.T) {
	t.Parallel()
	spec := strings.Replace(small, "lists things.", `"lists\u0001 \u202Ethings\u2066\u009f\u200e 节点池."`, 1)
	doc, api, err := generator.Describe(t.Context(), generator.Options{SpecName: "openapi.yaml", Spec: []byte(spec), Package: "things"})
	require.NoError(t, err)
	files, err := docs.Build(docs.Input{Document: doc, API: api})
	require.NoError(t, err)
	assert.Empty(t, links.Site(files))
	assert.Contains(t, string(files["operations/ListThings.html"]), "<p>Lists\ufffd \ufffdthings\ufffd\ufffd\u200e 节点池.</p>")
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "site")
	read := func() []string {
		var out []string
		require.NoError(t, filepath.WalkDir(filepath.Dir(dir), func(file string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				rel, _ := filepath.Rel(filepath.Dir(dir), file)
				out = append(out, filepath.ToSlash(rel))
			}
			return err
		}))
		return out
	}
	require.NoError(t, docs.Write(dir, map[string][]byte{"a.html": []byte("1"), "b/c.html": []byte("2")}))
	assert.Equal(t, []string{"site/" + docs.Mark, "site/a.html", "site/b/c.html"}, read())
	require.NoError(t, docs.Write(dir+"/", map[string][]byte{"a.html": []byte("3")}), "a site is replaced")
	assert.Equal(t, []string{"site/" + docs.Mark, "site/a.html"}, read(), "stale files go, and nothing is left beside the site")
	text, err := os.ReadFile(filepath.Join(dir, "a.html"))
	require.NoError(t, err)
	assert.Equal(t, "3", string(text))

	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(dir, link))
	require.NoError(t, docs.Write(link, map[string][]byte{"a.html": []byte("3")}), "a link leads to the folder")
	assert.Equal(t, []string{"site/" + docs.Mark, "site/a.html"}, read())
	target, err := os.Readlink(link)
	require.NoError(t, err)
	assert.Equal(t, dir, target, "the link stays")

	require.NoError(t, os.MkdirAll(filepath.Join(dir, ".git"), 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".git", "HEAD"), nil, 0o600))
	require.EqualError(t, docs.Write(dir, nil), "the folder "+filepath.ToSlash(dir)+" holds a site and a file of somebody else: .git/HEAD. Choose another folder, or take the file out of it")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, ".git")))

	require.NoError(t, os.Remove(filepath.Join(dir, docs.Mark)))
	err = docs.Write(dir, map[string][]byte{"a.html": []byte("4")})
	foreign := new(docs.ForeignError)
	require.ErrorAs(t, err, &foreign)
	assert.Equal(t, dir, foreign.Dir)
	text, err = os.ReadFile(filepath.Join(dir, "a.html"))
	require.NoError(t, err)
	assert.Equal(t, "3", string(text), "what is somebody's work stays")

	empty := t.TempDir()
	require.NoError(t, docs.Write(empty, map[string][]byte{"a.html": []byte("5")}), "an empty folder may be filled")
	require.Error(t, docs.Write(filepath.Join(empty, "a.html"), nil), "a file is no folder")
}

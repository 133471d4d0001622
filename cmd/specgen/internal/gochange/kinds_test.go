package gochange

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Update is a flag of all tests of this package.
var Update = flag.Bool("update", false, "rewrite the expected results; the run fails all the same")

const (
	cases = "../../../../testdata/compatibility"
	page  = "../../../../docs/compatibility.md"
)

// kind is a case: one change of the base, and what it means. testdata/compatibility/README.md
// describes the files.
type kind struct {
	path    string
	archive *txtar.Archive
	title   string
	area    string // name of the folder, which is a heading in the table
	why     string
	edits   []edit
	// consumer is a program that compiles with the base.
	consumer string
	// request is what such a program sends.
	request string
	want    string
}

// edit replaces a text of a file of the base.
type edit struct{ file, old, text string }

// verdict is what became of a case.
type verdict struct {
	wire, golang []change.Change
	consumed     bool // a program or a request has shown it
}

// TestKindsOfChange compares the base with each case, holds what the comparisons say to
// what the case expects and to what programs and servers do, and writes the table of
// docs/compatibility.md.
func TestKindsOfChange(t *testing.T) {
	t.Parallel()
	kinds := readKinds(t)
	b := newBases(t)
	verdicts := make([]verdict, len(kinds))
	t.Run("cases", func(t *testing.T) {
		for i, k := range kinds {
			t.Run(k.area+"/"+strings.TrimSuffix(filepath.Base(k.path), ".txtar"), func(t *testing.T) {
				t.Parallel()
				verdicts[i] = b.judge(t, k)
			})
		}
	})
	if t.Failed() {
		return
	}
	consumed := 0
	for _, v := range verdicts {
		if v.consumed {
			consumed++
		}
	}
	assert.GreaterOrEqual(t, len(kinds), 40)
	assert.GreaterOrEqual(t, consumed, 10)
	checkTable(t, table(t, kinds, verdicts))
}

// judge compares the two sides of a case.
func (b *bases) judge(t *testing.T, k kind) verdict {
	t.Helper()
	var v verdict
	head := edited(t, k, b.files)
	var base *side
	var tree Tree
	if k.ofSpec() {
		doc := openDocument(t, head["openapi.yaml"])
		var err error
		v.wire, err = wire.Compare(t.Context(), b.document, doc)
		require.NoError(t, err)
		base, tree = b.client, generated(t, doc)
	} else {
		base, tree = b.module, moduleOf(t, head)
	}
	h, err := b.loader(base).load(t.Context(), "head", tree, base.module)
	require.NoError(t, err)
	result, err := compareSides(base, h)
	require.NoError(t, err)
	v.golang = result.Changes
	expect(t, k, v)
	if k.consumer != "" {
		v.consumed = true
		require.NoError(t, compile(base, k.consumer), "the program must compile with the base")
		err := compile(h, k.consumer)
		assert.Equal(t, change.Worst(v.golang) == change.Breaking, err != nil, "the program and the comparison disagree: %v", err)
	}
	if k.request != "" {
		v.consumed = true
		require.NoError(t, send(t, b.files["openapi.yaml"], k.request), "the server of the base must accept the request")
		refusal := send(t, head["openapi.yaml"], k.request)
		switch change.Worst(v.wire) {
		case change.Breaking:
			assert.Error(t, refusal, "the comparison says that this breaks")
		case change.Text, change.Compatible:
			assert.NoError(t, refusal, "the comparison says that this does not break")
		case change.Risky: // some requests are refused, and others are not
		}
	}
	return v
}

// bases are what all cases change.
type bases struct {
	files    map[string]string
	document *document.Document
	client   *side // what is generated from the document
	module   *side
	loaders  map[*side]*loader
}

func newBases(t *testing.T) *bases {
	t.Helper()
	b := &bases{files: filesOf(t, filepath.Join(cases, "base.txtar")), loaders: map[*side]*loader{}}
	b.document = openDocument(t, b.files["openapi.yaml"])
	b.client = b.load(t, generated(t, b.document))
	b.module = b.load(t, moduleOf(t, b.files))
	return b
}

func (b *bases) load(t *testing.T, tree Tree) *side {
	t.Helper()
	l := newLoader()
	s, err := l.load(t.Context(), "base", tree, "")
	require.NoError(t, err)
	b.loaders[s] = l
	return s
}

// loader returns a loader that has the standard library as a side has it. Cases run at
// the same time.
func (b *bases) loader(s *side) *loader {
	l := b.loaders[s]
	return &loader{fset: l.fset, std: maps.Clone(l.std)}
}

func (k *kind) ofSpec() bool {
	return slices.ContainsFunc(k.edits, func(e edit) bool { return e.file == "openapi.yaml" })
}

// expect compares what was found with what the case lists.
func expect(t *testing.T, k kind, v verdict) {
	t.Helper()
	var b strings.Builder
	for _, c := range slices.Concat(v.wire, v.golang) {
		fmt.Fprintf(&b, "%s: %s %s %s\n", c.Area, c.Level, c.Kind, c.Subject)
	}
	if *Update && b.String() != k.want {
		k.archive.Files[len(k.archive.Files)-1].Data = []byte(b.String())
		require.NoError(t, os.WriteFile(k.path, txtar.Format(k.archive), 0o600))
		t.Fatal("updated; review the change and run again without -update")
	}
	assert.Equal(t, k.want, b.String(), "run with -update if this is right")
}

// readKinds reads the cases, in the order of their names.
func readKinds(t *testing.T) []kind {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(cases, "*", "*.txtar"))
	require.NoError(t, err)
	var out []kind
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		title, why, ok := strings.Cut(strings.TrimSpace(string(archive.Comment)), "\n")
		require.True(t, ok, "%s: the first line says what changes, and the rest why it is of this level", path)
		k := kind{path: path, archive: archive, title: title, why: strings.Join(strings.Fields(why), " "), area: filepath.Base(filepath.Dir(path))}
		for _, f := range archive.Files {
			k.add(f.Name, string(f.Data))
		}
		require.NotEmpty(t, archive.Files)
		require.Equal(t, "want", archive.Files[len(archive.Files)-1].Name, "%s: the last file is what is found", path)
		out = append(out, k)
	}
	return out
}

func (k *kind) add(name, text string) {
	switch name {
	case "consumer.go":
		k.consumer = text
	case "request":
		k.request = text
	case "want":
		k.want = text
	default:
		old, now, found := strings.Cut(text, "=>\n")
		if !found {
			old, now = "", text
		}
		k.edits = append(k.edits, edit{name, old, now})
	}
}

// edited returns the files of the base with the edits of a case.
func edited(t *testing.T, k kind, base map[string]string) map[string]string {
	t.Helper()
	out := maps.Clone(base)
	for _, e := range k.edits {
		switch {
		case e.old == "": // a new file
			require.NotContains(t, out, e.file)
			out[e.file] = e.text
		case e.text == "" && e.old == "all\n":
			require.Contains(t, out, e.file)
			delete(out, e.file)
		default:
			require.Equal(t, 1, strings.Count(out[e.file], e.old), "the text stands not once in %s of the base:\n%s", e.file, e.old)
			out[e.file] = strings.Replace(out[e.file], e.old, e.text, 1)
		}
	}
	return out
}

func filesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range archive.Files {
		out[f.Name] = string(f.Data)
	}
	return out
}

func openDocument(t *testing.T, text string) *document.Document {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	doc, err := document.Open(path)
	require.NoError(t, err)
	require.Empty(t, doc.Findings)
	return doc
}

func generated(t *testing.T, doc *document.Document) Tree {
	t.Helper()
	tree, err := Generate(t.Context(), doc, t.TempDir())
	require.NoError(t, err)
	return tree
}

// moduleOf writes the Go module.
func moduleOf(t *testing.T, files map[string]string) Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if rel, ok := strings.CutPrefix(name, "module/"); ok {
			path := filepath.Join(dir, filepath.FromSlash(rel))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		}
	}
	return Tree{Dir: dir, Patterns: []string{"./..."}}
}

// compile checks a program that imports packages of a side, with its bodies.
func compile(s *side, program string) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "consumer.go", program, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	conf := types.Config{Importer: importedFrom{s}}
	_, err = conf.Check("consumer", fset, []*ast.File{f}, nil)
	return err
}

// importedFrom finds what programs import: packages of a side, and those they import.
type importedFrom struct{ *side }

func (i importedFrom) Import(path string) (*types.Package, error) {
	for folder, p := range i.packages {
		if path == i.module+"/"+folder {
			return p.types, nil
		}
	}
	seen := map[*types.Package]bool{}
	for _, p := range i.packages {
		seen[p.types] = true
	}
	for _, p := range i.packages {
		if found := below(p.types, path, seen); found != nil {
			return found, nil
		}
	}
	return nil, fmt.Errorf("no package %s", path)
}

// below finds a package among the imports of another.
func below(p *types.Package, path string, seen map[*types.Package]bool) *types.Package {
	for _, imported := range p.Imports() {
		if seen[imported] {
			continue
		}
		seen[imported] = true
		if imported.Path() == path {
			return imported
		}
		if found := below(imported, path, seen); found != nil {
			return found
		}
	}
	return nil
}

// send sends a request, such as
//
//	POST CreateThing /things?zone=a
//	{"name": "n"}
//
// to a fake server of a spec.
func send(t *testing.T, spec, request string) error {
	t.Helper()
	line, body, _ := strings.Cut(strings.TrimSpace(request), "\n")
	f := strings.Fields(line)
	require.Len(t, f, 3, line)
	target, err := url.Parse(f[2])
	require.NoError(t, err)
	raw := roa.RawRequest{Method: f[0], Operation: f[1], Path: target.Path, Query: map[string]string{}}
	for name := range target.Query() {
		raw.Query[name] = target.Query().Get(name)
	}
	if body != "" {
		raw.Body = []byte(body)
	}
	server := acktest.NewServer(t, acktest.WithSpec([]byte(spec)))
	client, err := roa.NewClient(&roa.Service{Name: "things", Version: "2026-01-02", Endpoint: "things.{region}.example.com"}, server.Options()...)
	require.NoError(t, err)
	_, err = client.Call(t.Context(), raw)
	return err
}

// table writes the cases as they stand in the documentation.
func table(t *testing.T, kinds []kind, verdicts []verdict) string {
	t.Helper()
	var b strings.Builder
	for i, k := range kinds {
		if i == 0 || kinds[i-1].area != k.area {
			fmt.Fprintf(&b, "\n### %s\n\n| change | spec | Go | v0.3.0 becomes | v1.3.0 becomes | why |\n| --- | --- | --- | --- | --- | --- |\n",
				strings.ToUpper(k.area[:1])+strings.ReplaceAll(k.area[1:], "-", " "))
		}
		v := verdicts[i]
		rel, err := filepath.Rel(filepath.Dir(page), k.path)
		require.NoError(t, err)
		mark := ""
		if v.consumed {
			mark = " ✓"
		}
		fmt.Fprintf(&b, "| [%s](%s)%s | %s | %s | %s | %s | %s |\n", k.title, filepath.ToSlash(rel), mark,
			worst(v.wire), worst(v.golang), next(t, "v0.3.0", v), next(t, "v1.3.0", v), k.why)
	}
	return b.String()
}

func worst(changes []change.Change) string {
	if len(changes) == 0 {
		return ""
	}
	return change.Worst(changes).String()
}

func next(t *testing.T, last string, v verdict) string {
	t.Helper()
	d, err := version.Decide(last, slices.Concat(v.wire, v.golang))
	require.NoError(t, err)
	return d.Next
}

// checkTable compares the table with that of the documentation.
func checkTable(t *testing.T, table string) {
	t.Helper()
	const begin, end = "<!-- table: begin -->\n", "<!-- table: end -->"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok)
	have, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	if *Update && have != table {
		require.NoError(t, os.WriteFile(page, []byte(before+begin+table+end+after), 0o600))
		t.Fatal("updated; review the change and run again without -update")
	}
	assert.Equal(t, table, have, "run with -update if this is right")
}

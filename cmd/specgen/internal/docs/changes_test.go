package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/history"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
	"github.com/ackgen/ackgen/generator"
)

func TestMain(m *testing.M) { os.Exit(gittest.Main(m)) } //nolint:forbidigo // the main of the tests

// small is a spec with one operation, in the place of which others come.
const small = `openapi: 3.0.3
info: {title: Things, version: "1"}
tags: [{name: Things}]
paths:
  /things:
    get:
      operationId: ListThings
      tags: [Things]
      summary: lists things.
      parameters:
        - {name: color, in: query, description: Of which color., schema: {type: string}}
      responses: {"204": {description: Nothing.}}
`

// TestChanges has a release, the next one, and what is not released yet.
func TestChanges(t *testing.T) {
	t.Parallel()
	get := "\n  /things/{id}:\n    get:\n      operationId: GetThing\n      tags: [Things]\n      summary: returns a thing.\n      parameters:\n" +
		"        - {name: id, in: path, required: true, description: Which., schema: {type: string}}\n      responses: {\"204\": {description: Nothing.}}\n"
	zone := "        - {name: zone, in: query, description: Where., schema: {type: string}}\n      responses: {\"204\": {description: Nothing.}}\n"
	repo := gittest.New(t, map[string]string{"openapi.yaml": small})
	repo.Git("tag", "v0.1.0")
	repo.Commit("more", map[string]string{"openapi.yaml": strings.Replace(small, "paths:", "paths:"+strings.TrimRight(get, "\n"), 1)})
	repo.Git("tag", "v0.2.0")

	site := siteOf(t, repo)
	changes := string(site["changes.html"])
	assert.Contains(t, changes, `<h2 id="v0.2.0">v0.2.0 <span class="note">2026-11-27</span></h2>`)
	assert.Contains(t, changes, `<li>The operation GetThing is new. <span class="note"><a href="operations/GetThing.html">GetThing</a></span></li>`)
	assert.Contains(t, changes, `<p>The first release.</p>`)
	assert.Less(t, strings.Index(changes, "v0.2.0"), strings.Index(changes, "v0.1.0"), "the newest comes first")
	assert.Contains(t, string(site["operations/GetThing.html"]), `<span class="flag since">new in v0.2.0</span></h1>`)
	assert.Contains(t, string(site["operations/ListThings.html"]), `<span class="flag since">since v0.1.0</span></h1>`)

	text := strings.Replace(repo.Read("openapi.yaml"), "      responses: {\"204\": {description: Nothing.}}\n", zone, 1)
	repo.Write(map[string]string{"openapi.yaml": text})
	site = siteOf(t, repo)
	assert.Contains(t, string(site["changes.html"]), `<h2 id="unreleased">Not released yet</h2>`)
	assert.Contains(t, string(site["operations/GetThing.html"])+string(site["operations/ListThings.html"]), `<span class="flag since">in the next release</span>`)
	assert.Contains(t, string(site["operations/GetThing.html"]), `<span class="flag since">since v0.2.0</span></h1>`)
}

func siteOf(t *testing.T, repo gittest.Repo) map[string][]byte {
	t.Helper()
	doc, api, err := generator.Describe(t.Context(), generator.Options{
		SpecName: "openapi.yaml", Spec: []byte(repo.Read("openapi.yaml")), Package: "things", ImportPath: "example.com/things",
	})
	require.NoError(t, err)
	changes, err := history.Read(t.Context(), filepath.Join(repo.Dir, "openapi.yaml"))
	require.NoError(t, err)
	files, err := docs.Build(docs.Input{Document: doc, API: api, History: changes})
	require.NoError(t, err)
	return files
}

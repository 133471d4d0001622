package history_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/history"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
	"github.com/ackgen/ackgen/generator/diag"
)

func TestMain(m *testing.M) { os.Exit(gittest.Main(m)) } //nolint:forbidigo // the main of the tests

const spec = `openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: ListThings
      tags: [Things]
      parameters:
        - {name: color, in: query, schema: {type: string}}
      responses:
        "200": {description: Things., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        name: {type: string}
`

const (
	file     = "spec/openapi.yaml"
	question = "  /things/{id}:\n    get:\n      operationId: GetThing\n      tags: [Things]\n      parameters:\n" +
		"        - {name: id, in: path, required: true, schema: {type: string}}\n      responses: {\"204\": {description: Nothing.}}\ncomponents:"
)

// with returns the spec with pieces of it replaced.
func with(pairs ...string) string { return replace(spec, pairs...) }

func replace(text string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(text) }

// read reads the history of a repository, twice: it is always the same.
func read(t *testing.T, repo gittest.Repo) *history.History {
	t.Helper()
	path := filepath.Join(repo.Dir, filepath.FromSlash(file))
	first, err := history.Read(t.Context(), path)
	require.NoError(t, err)
	second, err := history.Read(t.Context(), path)
	require.NoError(t, err)
	assert.Equal(t, first, second)
	return first
}

// lines returns the changes of a release, a line for each.
func lines(r history.Release) []string {
	var out []string
	for _, p := range r.Parts {
		for _, c := range p.Changes {
			out = append(out, p.Title+": "+c.Subject)
		}
	}
	return out
}

func TestNothingReleased(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "openapi.yaml")
	require.NoError(t, os.WriteFile(path, []byte(spec), 0o600))
	h, err := history.Read(t.Context(), path)
	require.NoError(t, err)
	assert.Empty(t, h.Releases, "there is no repository")

	repo := gittest.New(t, map[string]string{"README": "x"})
	repo.Git("tag", "v0.1.0")
	repo.Commit("spec", map[string]string{file: spec})
	repo.Git("tag", "v0.2.0-rc.1")
	repo.Git("tag", "nightly")
	h = read(t, repo)
	assert.Empty(t, h.Releases, "the only release had no spec")
	assert.Empty(t, h.Newest())
	assert.Zero(t, h.Of("ListThings"))
}

// TestReleases has four versions of a spec: the first, one with more, one that takes
// something away, and one that is unreleased.
func TestReleases(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{file: spec})
	repo.Git("tag", "v0.1.0")
	assert.Empty(t, read(t, repo).Newest(), "all of the first release is as new as the rest")

	more := []string{"components:", question, "name: {type: string}", "name: {type: string}\n        size: {type: string}"}
	repo.Commit("more", map[string]string{file: with(more...)})
	repo.Git("tag", "--annotate", "--message=2", "v0.2.0")
	deprecated := append([]string{"operationId: ListThings\n", "operationId: ListThings\n      deprecated: true\n", "        - {name: color, in: query, schema: {type: string}}\n", "        - {name: zone, in: query, schema: {type: string}}\n"}, more...)
	repo.Commit("less", map[string]string{file: with(deprecated...)})
	repo.Git("tag", "v0.10.0")
	repo.Write(map[string]string{file: with(append([]string{"{title: Things,", "{title: Things, description: About things.,"}, more...)...)})

	h := read(t, repo)
	var versions []string
	for _, r := range h.Releases {
		versions = append(versions, r.Version+" "+r.Date)
	}
	assert.Equal(t, []string{"unreleased ", "v0.10.0 2026-11-27", "v0.2.0 2026-11-27", "v0.1.0 2026-11-27"}, versions)
	assert.True(t, h.Releases[3].First)
	assert.Empty(t, h.Releases[3].Parts)
	assert.Equal(t, []string{"Added: GetThing", "Added: Thing.size"}, lines(h.Releases[2]))
	assert.Equal(t, []string{"Breaking: ListThings query color", "Added: ListThings query zone", "Deprecated: ListThings"}, lines(h.Releases[1]))
	assert.Equal(t, history.Unreleased, h.Newest())

	assert.Equal(t, history.Mark{Since: "v0.2.0"}, h.Of("GetThing"))
	assert.Equal(t, history.Mark{Since: "v0.2.0"}, h.Of("Thing.size"))
	assert.Equal(t, history.Mark{}, h.Of("Thing.name"))
	assert.Equal(t, history.Mark{Since: history.Unreleased}, h.Of("ListThings query color"), "it came back")
	assert.Equal(t, history.Mark{Removed: history.Unreleased}, h.Of("ListThings query zone"))
	assert.Equal(t, history.Mark{Since: "v0.1.0"}, h.Of("ListThings"), "it is no longer deprecated")
}

// TestUnchanged has nothing unreleased.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{file: spec})
	repo.Git("tag", "v0.1.0")
	repo.Commit("deprecate", map[string]string{file: with("operationId: ListThings\n", "operationId: ListThings\n      deprecated: true\n")})
	repo.Git("tag", "v0.1.1")
	h := read(t, repo)
	require.Len(t, h.Releases, 2)
	assert.Equal(t, "v0.1.1", h.Newest())
	assert.Equal(t, history.Mark{Since: "v0.1.0", Deprecated: "v0.1.1"}, h.Of("ListThings"))
}

func TestBrokenSpecs(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{file: "openapi: ["})
	repo.Git("tag", "v0.1.0")
	repo.Commit("mend", map[string]string{file: spec})
	_, err := history.Read(t.Context(), filepath.Join(repo.Dir, filepath.FromSlash(file)))
	var broken *diag.Error
	require.ErrorAs(t, err, &broken)
	require.NotEmpty(t, broken.Findings)
	assert.Equal(t, "v0.1.0:spec/openapi.yaml", broken.Findings[0].Pos.File)
}

package compare_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/compare"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
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
      responses: {"204": {description: Nothing.}}
`

func write(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// side opens a spec, which belongs to a module if there is a client.
func side(t *testing.T, text, client string) *revision.Side {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "spec.yaml")
	write(t, file, text)
	if client != "" {
		write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
		write(t, filepath.Join(dir, "sdk/ack/client.go"), client)
	}
	s, err := revision.Open(t.Context(), file, file)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

func subjects(changes []change.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, string(c.Area)+" "+c.Level.String()+" "+c.Subject)
	}
	return out
}

// ignore is for comparisons of whose progress nobody wants to hear.
func ignore(string) {}

// TestSidesWithClients compares the packages that the modules hold, and generates nothing.
func TestSidesWithClients(t *testing.T) {
	t.Parallel()
	base := side(t, spec, "package ack\n\nfunc Old() {}\n")
	head := side(t, spec, "package ack\n\nfunc New() {}\n")
	got, err := compare.Sides(t.Context(), base, head, ignore)
	require.NoError(t, err)
	assert.Equal(t, []string{"go breaking ack.Old", "go compatible ack.New"}, subjects(got.Changes))
	assert.Len(t, got.Declarations, 2)
}

// TestSidesKeepOtherPackages holds that a break of generated code does not hide what
// changes in packages that are written by hand, and that all changes are sorted.
func TestSidesKeepOtherPackages(t *testing.T) {
	t.Parallel()
	base := side(t, spec, "package ack\n\nfunc Old() {}\n")
	head := side(t, spec, "package ack\n\nfunc New() {}\n")
	write(t, filepath.Join(base.Module, "sdk/roa/roa.go"), "package roa\n\nfunc Gone() {}\n")
	write(t, filepath.Join(head.Module, "sdk/roa/roa.go"), "package roa\n\nfunc Added() {}\n")
	got, err := compare.Sides(t.Context(), base, head, ignore)
	require.NoError(t, err)
	assert.Equal(t, []string{"go breaking ack.Old", "go breaking roa.Gone", "go compatible ack.New", "go compatible roa.Added"}, subjects(got.Changes))
}

// TestSidesOfFiles holds that the client of the folder in which the command runs is not
// taken for that of specs which belong to no module.
func TestSidesOfFiles(t *testing.T) {
	base, head := side(t, spec, ""), side(t, strings.Replace(spec, "name: color", "name: size", 1), "")
	t.Chdir("../../../..") // the repository, which has a client
	require.DirExists(t, "sdk/ack")
	got, err := compare.Sides(t.Context(), base, head, ignore)
	require.NoError(t, err)
	assert.Contains(t, subjects(got.Changes), "go compatible ack.ListThingsRequest.Size")
}

// TestSidesWithoutClients generates the client of both specs, also when only one side has
// its own.
func TestSidesWithoutClients(t *testing.T) {
	t.Parallel()
	other := spec + "  /things/{id}:\n    delete:\n      operationId: RemoveThing\n      tags: [Things]\n" +
		"      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {\"204\": {description: Gone.}}\n"
	got, err := compare.Sides(t.Context(), side(t, spec, "package ack\n"), side(t, other, ""), ignore)
	require.NoError(t, err)
	assert.Contains(t, subjects(got.Changes), "go compatible ack.Client.RemoveThing")
	assert.Contains(t, subjects(got.Changes), "go compatible ackmock.ThingsAPIExpecter.RemoveThing")
	assert.Equal(t, change.Compatible, change.Worst(got.Changes))

	got, err = compare.Sides(t.Context(), side(t, other, ""), side(t, spec, ""), ignore)
	require.NoError(t, err)
	for _, c := range got.Changes {
		if c.Level == change.Breaking {
			assert.True(t, c.Avoidable, c.Message)
		}
	}
	assert.Equal(t, change.Breaking, change.Worst(got.Changes))
	got, err = compare.Sides(t.Context(), side(t, spec, ""), side(t, spec, ""), ignore)
	require.NoError(t, err)
	assert.Empty(t, got.Changes)
}

// TestSidesRefuseBrokenSpecs holds that nothing is compared when a spec has a fault.
func TestSidesRefuseBrokenSpecs(t *testing.T) {
	t.Parallel()
	_, err := compare.Sides(t.Context(), side(t, spec, ""), side(t, spec+"  /broken: {get: {}}\n", ""), ignore)
	require.ErrorContains(t, err, "spec.yaml:")
}

func TestLastVersion(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{"one": "1"})
	last := func(revision string) string {
		v, err := compare.LastVersion(t.Context(), repo.Repo, revision)
		require.NoError(t, err)
		return v
	}
	assert.Empty(t, last("HEAD"))
	for _, tag := range []string{"v0.9.0", "v0.10.0", "v1.0.0-rc.1", "v2", "version", "1.5.0"} {
		repo.Git("tag", tag)
	}
	repo.Commit("two", map[string]string{"two": "2"})
	repo.Git("tag", "v1.0.0")
	assert.Equal(t, "v1.0.0", last("HEAD"))
	assert.Equal(t, "v0.10.0", last("HEAD~1"))
	_, err := compare.LastVersion(t.Context(), repo.Repo, "missing")
	require.ErrorContains(t, err, "find the last version: git tag:")
}

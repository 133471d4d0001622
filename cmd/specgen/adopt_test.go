package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
)

// copySpec copies the spec of this repository into a folder.
func copySpec(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "spec")
	require.NoError(t, os.CopyFS(dir, os.DirFS(specDir)))
	return dir
}

// command runs a command line and returns what it prints.
func command(t *testing.T, exit int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	require.Equal(t, exit, run(args, strings.NewReader(""), &stdout, &stderr), "%s%s", stdout.String(), stderr.String())
	return stdout.String()
}

// probe adds a field to every object of a snapshot, a value to every enum of texts, and
// a parameter to every operation.
func probe(n any) {
	switch n := n.(type) {
	case []any:
		for _, v := range n {
			probe(v)
		}
	case map[string]any:
		for _, v := range n {
			probe(v)
		}
		if properties, ok := n["properties"].(map[string]any); ok && n["type"] == "object" {
			properties["drift_probe"] = map[string]any{"type": "array", "items": map[string]any{
				"type": "object", "sdk_type": "DriftProbe", "properties": map[string]any{"on": map[string]any{"type": "boolean"}},
			}}
		}
		if enum, ok := n["enum"].([]any); ok && n["type"] == "string" {
			n["enum"] = append(enum, "drift-probe")
		}
		if _, ok := n["operation"].(string); ok {
			query, _ := n["query"].([]any)
			n["query"] = append(query, map[string]any{"name": "driftProbe", "type": "string"})
		}
	}
}

// TestAdoptEverywhere adds something to every object, enum and operation of the spec of
// this repository. What is written is found no more, and the spec can be bundled.
func TestAdoptEverywhere(t *testing.T) {
	t.Parallel()
	dir := copySpec(t)
	data, err := os.ReadFile(filepath.Join(dir, "upstream/snapshot.json"))
	require.NoError(t, err)
	var snapshot map[string]any
	require.NoError(t, json.Unmarshal(data, &snapshot))
	probe(snapshot)
	data, err = json.Marshal(snapshot)
	require.NoError(t, err)
	file := filepath.Join(filepath.Dir(dir), "upstream.json")
	require.NoError(t, os.WriteFile(file, data, 0o600))

	var out adopted
	args := []string{"drift", file, "--spec", dir, "--apply", "--snapshot", "probe", "-o", "json"}
	require.NoError(t, json.Unmarshal([]byte(command(t, 1, args...)), &out))
	assert.Greater(t, len(out.Written), 400)
	left := map[drift.Kind]int{}
	for _, l := range out.Left {
		left[l.Difference.Kind]++
		assert.NotContains(t, l.Why, "written in a way", "%s", l.Difference)
	}
	assert.Zero(t, left[drift.ParameterNew])
	b, err := bundle.Build(dir)
	require.NoError(t, err)
	assert.Empty(t, b.Findings)

	before := len(out.Left)
	require.NoError(t, json.Unmarshal([]byte(command(t, 1, args...)), &out))
	assert.Empty(t, out.Written, "the second run writes nothing")
	assert.Len(t, out.Left, before)
}

// TestAdoptRefusesUncommitted writes only into a spec without changes of its own.
func TestAdoptRefusesUncommitted(t *testing.T) {
	t.Parallel()
	dir := copySpec(t)
	git := func(args ...string) {
		cmd := exec.CommandContext(t.Context(), "git", args...) //nolint:gosec // the arguments are those below
		cmd.Dir = dir
		cmd.Env = append(cmd.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com",
			"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, string(said))
	}
	git("init", "--quiet")
	git("add", ".")
	git("commit", "--quiet", "--message=spec")
	args := []string{"drift", "../../testdata/upstream/cli-metadata.json", "--spec", dir, "--apply", "--snapshot", "cli-metadata"}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "note.txt"), []byte("mine"), 0o600))
	var stdout, stderr bytes.Buffer
	require.Equal(t, 2, run(args, strings.NewReader(""), &stdout, &stderr))
	assert.Contains(t, stderr.String(), "has changes that are not committed: commit them first")
	assert.NoFileExists(t, filepath.Join(dir, "upstream/command-line.json"))
	git("add", ".")
	git("commit", "--quiet", "--message=note")
	assert.Contains(t, command(t, 0, args...), "created "+filepath.ToSlash(dir)+"/upstream/command-line.json\n1 file written")
	assert.Equal(t, "nothing to write\n", command(t, 0, args...))
}

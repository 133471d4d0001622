package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// TestDiffDocs runs the commands of the guide on the spec that breaks no rule. Dots stand
// for any text.
func TestDiffDocs(t *testing.T) {
	guide, err := os.ReadFile("../../docs/diff.md")
	require.NoError(t, err)
	base, err := txtar.ParseFile(baseSpec)
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	for _, f := range base.Files {
		for _, dir := range []string{"old", "spec"} {
			file := filepath.Join(dir, filepath.FromSlash(f.Name))
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
			text := string(f.Data)
			if dir == "spec" {
				text = docsEdits.Replace(text)
			}
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		}
	}
	blocks := consoleBlock.FindAllStringSubmatch(string(guide), -1)
	require.Len(t, blocks, 2)
	for _, m := range blocks {
		line, want, _ := strings.Cut(strings.TrimPrefix(m[1], "$ specgen "), "\n")
		var out bytes.Buffer
		assert.Equal(t, 1, run(strings.Fields(line), strings.NewReader(""), &out, &out))
		assert.Regexp(t, "^"+strings.ReplaceAll(regexp.QuoteMeta(want), `\.\.\.`, `(?s:.*)`)+"$", out.String(), line)
	}
}

// docsEdits are the changes that the guide shows.
var docsEdits = strings.NewReplacer(
	"enum: [joining, ready]", "enum: [joining, ready, gone]",
	"operationId: AddNode\n    tags: [Nodes]", "operationId: AddNode\n    tags: [Clusters]",
	"  cpu:\n    type: integer\n    format: int32\n    description: The number of cores.\n", "",
)

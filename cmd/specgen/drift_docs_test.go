package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// TestUpstreamGuide runs the command lines of docs/upstream.md, and finds the lines and
// the decision that it shows.
func TestUpstreamGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/upstream.md")
	require.NoError(t, err)
	golden, err := os.ReadFile("../../golden/specgen/drift/openapi.stdout")
	require.NoError(t, err)
	decided, err := os.ReadFile("../../spec/upstream/decisions.yaml")
	require.NoError(t, err)
	ran := 0
	for _, m := range regexp.MustCompile("(?s)```(\\w*)\n(.*?)```").FindAllStringSubmatch(string(guide), -1) {
		switch m[1] {
		case "":
			ran++
			line, want, _ := strings.Cut(m[2], "\n")
			args, ok := strings.CutPrefix(line, "$ specgen ")
			require.True(t, ok, line)
			var stdout, stderr bytes.Buffer
			run(append(strings.Fields(strings.ReplaceAll(args, "testdata/", "../../testdata/")), "--spec", specDir), strings.NewReader(""), &stdout, &stderr)
			assert.Equal(t, want, strings.ReplaceAll(stdout.String(), "../../", "")+stderr.String())
		case "text":
			for line := range strings.Lines(m[2]) {
				assert.Contains(t, string(golden), line)
			}
		case "yaml":
			var list diag.List
			files := yamlsrc.Files{}
			_, err := drift.ReadDecisions(files.Parse("guide", []byte(m[2]), &list), files)
			require.NoError(t, err)
			assert.Empty(t, list.Sorted())
			assert.Contains(t, string(decided), strings.TrimSpace(m[2][strings.LastIndex(m[2], "- "):]))
		}
	}
	assert.Equal(t, 2, ran)
}

// TestUpstreamGuideListsKinds finds every kind of difference in the guide.
func TestUpstreamGuideListsKinds(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/upstream.md")
	require.NoError(t, err)
	for _, k := range drift.Kinds() {
		assert.Contains(t, string(guide), "`"+string(k)+"`")
	}
}

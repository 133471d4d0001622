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
)

var (
	docBlock = regexp.MustCompile("(?ms)^```(yaml|console)\n(.*?)^```$")
	docWord  = regexp.MustCompile(`'([^']*)'|\S+`)
)

// TestReviewDocs does what docs/review.md says, in a new folder of this module. A block
// of YAML becomes the file that its first line names; a line of dots stands for any lines.
func TestReviewDocs(t *testing.T) {
	guide, err := os.ReadFile("../../docs/review.md")
	require.NoError(t, err)
	temp, err := filepath.Abs("../../.tmp")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(temp, 0o750))
	dir, err := os.MkdirTemp(temp, "docs-") //nolint:usetesting // it has to lie in this module, whose runtime the command uses
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	t.Chdir(dir)
	commands := 0
	for _, m := range docBlock.FindAllStringSubmatch(string(guide), -1) {
		if m[1] == "yaml" {
			head, _, _ := strings.Cut(m[2], "\n")
			name, ok := strings.CutPrefix(head, "# ")
			require.True(t, ok, head)
			require.NoError(t, os.WriteFile(name, []byte(m[2]), 0o600))
			continue
		}
		for session := range strings.SplitSeq("\n"+m[2], "\n$ ") {
			if session == "" {
				continue
			}
			commands++
			line, want, _ := strings.Cut(session, "\n")
			pattern := "^" + regexp.MustCompile(`(?m)^ *\\\.\\\.\\\.\n`).ReplaceAllString(regexp.QuoteMeta(strings.TrimSuffix(want, "\n")+"\n"), `(?s:.*\n)`) + "$"
			assert.Regexp(t, pattern, printed(t, line), line)
		}
	}
	assert.Equal(t, 5, commands)
}

// printed carries out a command line of the guide.
func printed(t *testing.T, line string) string {
	t.Helper()
	var words []string
	for _, m := range docWord.FindAllStringSubmatch(line, -1) {
		words = append(words, strings.Trim(m[0], "'"))
	}
	if words[0] == "cat" {
		data, err := os.ReadFile(words[1])
		require.NoError(t, err)
		return string(data)
	}
	require.Equal(t, "specgen", words[0], line)
	var out bytes.Buffer
	run(words[1:], strings.NewReader(""), &out, &out)
	return out.String()
}

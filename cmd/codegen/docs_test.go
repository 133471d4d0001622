package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var docBlock = regexp.MustCompile("(?ms)^```(yaml|console)\n(.*?)^```$")

// TestDocs runs the commands of the guide, one after the other, in a new module. A
// block of YAML becomes the configuration; a line of dots stands for any lines.
func TestDocs(t *testing.T) {
	guide, err := os.ReadFile("../../docs/codegen.md")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("go.mod", []byte("module example.com/x\n"), 0o600))
	commands := 0
	for _, m := range docBlock.FindAllStringSubmatch(string(guide), -1) {
		if m[1] == "yaml" {
			require.NoError(t, os.WriteFile(configName, []byte(m[2]), 0o600))
			_, err := readConfig(configName)
			require.NoError(t, err)
			continue
		}
		for session := range strings.SplitSeq(m[2], "$ ") {
			if session == "" {
				continue
			}
			commands++
			line, want, _ := strings.Cut(session, "\n")
			args, ok := strings.CutPrefix(line, "go tool codegen")
			require.True(t, ok, line)
			var out bytes.Buffer
			run(strings.Fields(args), strings.NewReader(""), &out, &out)
			pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(want), `\.\.\.`+"\n", `(?s:.*\n)`) + "$"
			assert.Regexp(t, pattern, out.String(), line)
		}
	}
	assert.Equal(t, 5, commands)
}

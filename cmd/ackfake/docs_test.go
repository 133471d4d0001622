package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")
	documented   = regexp.MustCompile("(?m)^\\| `([^|]+)` \\|")
	flagName     = regexp.MustCompile(`^--([a-z-]+)`)
	wordName     = regexp.MustCompile("(?:^|`)([a-z-]+)(?:=|$)")
)

const documentedURL = "http://127.0.0.1:8088"

// TestDocs runs the commands of the guide, but on a free port. Dots stand for any text.
func TestDocs(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/ackfake.md")
	require.NoError(t, err)
	var p *program
	commands := 0
	for _, block := range consoleBlock.FindAllStringSubmatch(string(guide), -1) {
		for session := range strings.SplitSeq("\n"+block[1], "\n$ ") {
			if session == "" {
				continue
			}
			commands++
			line, want, _ := strings.Cut(session, "\n")
			var got string
			if path, isCurl := strings.CutPrefix(line, "curl -s "+documentedURL); isCurl {
				_, got = p.get(t, path)
			} else {
				args, ok := strings.CutPrefix(line, "ackfake")
				require.True(t, ok, line)
				p, got = startText(t, strings.Fields(args)...)
			}
			want = strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(want)), `\.\.\.`, `\S+`)
			assert.Regexp(t, "^"+want+"$", strings.TrimSpace(strings.ReplaceAll(got, p.URL, documentedURL)), line)
		}
	}
	assert.Equal(t, 3, commands)
}

// startText starts the program on a free port, and returns what it prints until it serves.
func startText(t *testing.T, args ...string) (p *program, printed string) {
	t.Helper()
	cmd := command(t, nil, append(args, "--listen", "127.0.0.1:0")...)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it is not stopped otherwise
		_ = cmd.Wait()
	})
	text := readUntil(t, stdout, "quickstart --endpoint ")
	return &program{greeting: greeting{URL: text[strings.LastIndex(text, " ")+1 : len(text)-1]}, cmd: cmd}, text
}

// readUntil reads a text until the end of the line that holds a word.
func readUntil(t *testing.T, r io.Reader, word string) string {
	t.Helper()
	var text bytes.Buffer
	for b := make([]byte, 1); ; {
		_, err := io.ReadFull(r, b)
		require.NoError(t, err, "%s", &text)
		text.WriteByte(b[0])
		if b[0] == '\n' && strings.Contains(text.String(), word) {
			return text.String()
		}
	}
}

// TestDocsAreComplete has every flag, and every word of a fault, in a table of the guide, and nothing else.
func TestDocsAreComplete(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/ackfake.md")
	require.NoError(t, err)
	var flags, words []string
	for _, cell := range documented.FindAllStringSubmatch(string(guide), -1) {
		if name := flagName.FindStringSubmatch(cell[1]); name != nil {
			flags = append(flags, name[1])
			continue
		}
		for _, name := range wordName.FindAllStringSubmatch(cell[1], -1) {
			words = append(words, name[1])
		}
	}
	have := []string{"spec"}
	(&app{}).command().Flags().VisitAll(func(f *pflag.Flag) { have = append(have, f.Name) })
	assert.ElementsMatch(t, have, flags)
	assert.ElementsMatch(t, append(slices.Collect(maps.Keys(settings)), slices.Collect(maps.Keys(switches))...), words)
	help := printedHelp(t)
	for _, word := range words {
		assert.Contains(t, help, word)
	}
}

// printedHelp returns what --help prints.
func printedHelp(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), binary, "--help").Output()
	require.NoError(t, err)
	return string(out)
}

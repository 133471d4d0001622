package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/hostile"
)

// commandsOfSpecs are all that read a spec, and print or write what it says. BAD is a spec that means harm, and GOOD is none.
var commandsOfSpecs = []string{
	"validate --spec BAD", "lint --spec BAD", "list --spec BAD", "list --spec BAD -o json", "diff GOOD BAD", "diff BAD GOOD -o json", "diff GOOD BAD -o markdown",
	"diff GOOD BAD -o github", "diff GOOD BAD -o sarif", "drift BAD --spec GOOD", "drift BAD --spec GOOD -o markdown", "docs --spec BAD --out OUT/site",
}

// ofDocuments are those that look at all of a spec.
var ofDocuments = []string{"lint --spec BAD", "docs --spec BAD --out OUT/site"}

const reviewing = "review GOOD BAD --markdown OUT/review.md --html OUT/review.html"

// TestHostileSpecsInCommands has specs with texts and names that try to be more than data, to all commands that read one.
func TestHostileSpecsInCommands(t *testing.T) {
	t.Parallel()
	for _, text := range hostile.Texts {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			for _, command := range commandsOfSpecs {
				runHostile(t, hostile.WithText(text), command)
			}
		})
	}
	for name, spec := range hostile.Documents("http://127.0.0.1:1") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, command := range ofDocuments {
				runHostile(t, spec, command)
			}
		})
	}
	runHostile(t, hostile.WithText(strings.Join(hostile.Texts, " ")), reviewing) // which generates both clients
}

// runHostile runs a command in a folder of its own, and looks at what it prints and writes.
func runHostile(t *testing.T, spec, command string) {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	require.NoError(t, os.Mkdir(out, 0o700))
	for file, text := range map[string]string{"bad.yaml": spec, "good.yaml": hostile.WithText("harmless")} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
	}
	args := strings.Fields(command)
	for i, arg := range args {
		args[i] = strings.NewReplacer("BAD", filepath.Join(dir, "bad.yaml"), "GOOD", filepath.Join(dir, "good.yaml"), "OUT", out).Replace(arg)
	}
	var stdout, stderr bytes.Buffer
	code := run(args, strings.NewReader(""), &stdout, &stderr)
	assert.True(t, code == cli.Clean || code == cli.Findings || strings.HasPrefix(command, "drift"), "%s: %s", command, stderr.String())
	checkPrinted(t, command, stdout.String())
	checkPrinted(t, command, stderr.String())
	checkWritten(t, dir)
}

// TestHostileNamesOfFiles has a file in a folder of a spec whose name tries to be a finding and a command of its own.
func TestHostileNamesOfFiles(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"x: [\n", "x: 1\n"} {
		for _, command := range []string{"validate", "lint", "bundle"} {
			dir := t.TempDir()
			for file, text := range map[string]string{"root.yaml": "openapi: 3.0.3\n", "schemas/a\n::error::evil\x1b[31m\x9b.yaml": text} {
				file = filepath.Join(dir, file)
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
				require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			}
			var stdout, stderr bytes.Buffer
			code := run([]string{command, "--spec", dir}, strings.NewReader(""), &stdout, &stderr)
			assert.NotEqual(t, cli.Clean, code, command)
			checkPrinted(t, command, stdout.String())
			checkPrinted(t, command, stderr.String())
		}
	}
}

var (
	// forged is a line that a reader of logs would obey.
	forged = regexp.MustCompile(`(?m)^(::|##\[)`)
	// active is a link that runs something, or leads to the machine of the reader.
	active = regexp.MustCompile(`(?i)(href|src|action)\s*=\s*["']?\s*(javascript|data|file|vbscript):`)
)

// checkPrinted holds that a terminal shows all of a text, and obeys nothing.
func checkPrinted(t *testing.T, command, text string) {
	t.Helper()
	assert.True(t, utf8.ValidString(text), command) // which some terminals obey as well
	for _, r := range text {
		if r != '\n' && r != '\t' && r != '\u200c' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			assert.Fail(t, "the text holds what a terminal obeys", "%s: %q", command, r)
			return
		}
	}
	if !strings.Contains(command, "github") {
		assert.NotRegexp(t, forged, text, command)
	}
}

var nameOfFile = regexp.MustCompile(`^(\.specgen-docs|[A-Za-z0-9][A-Za-z0-9._-]{0,200})$`)

// checkWritten holds that files lie in the folder that was named, with names that every system can have, and no link in them is active.
func checkWritten(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		if err != nil || entry.IsDir() || rel == "bad.yaml" || rel == "good.yaml" {
			return err
		}
		assert.True(t, strings.HasPrefix(rel, "out"+string(filepath.Separator)), rel)
		assert.Regexp(t, nameOfFile, filepath.Base(path))
		text, err := os.ReadFile(path)
		if strings.HasSuffix(path, ".html") {
			assert.NotRegexp(t, active, string(text), rel)
			assert.NotContains(t, string(text), "<script>alert", rel)
		}
		return err
	}))
}

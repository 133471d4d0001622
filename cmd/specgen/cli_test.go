package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/modfile"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/clitest"
)

var update = flag.Bool("update", false, "rewrite the goldens of the commands")

const (
	goldenDir = "../../golden/specgen"
	baseSpec  = "../internal/rules/cases/base.txtar"
)

// TestCommands runs every case of testdata/specgen on the spec that breaks no
// rule, in the folder spec.
func TestCommands(t *testing.T) {
	t.Parallel()
	base, err := txtar.ParseFile(baseSpec)
	require.NoError(t, err)
	schemas, err := os.ReadFile("../../spec/extensions.yaml")
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, f := range base.Files {
		files["spec/"+f.Name] = f.Data
	}
	files["spec/extensions.yaml"] = schemas
	clitest.Suite{Cases: "../../testdata/specgen", Golden: goldenDir, Files: files, Run: run, Update: *update}.Test(t)
}

// TestReadme holds that the README names every command.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var help bytes.Buffer
	require.Zero(t, run([]string{"--help"}, strings.NewReader(""), &help, &help))
	_, list, found := strings.Cut(help.String(), "Available Commands:\n")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		name := strings.Fields(line)[0]
		if name == "completion" || name == "help" || name == "man" {
			continue
		}
		assert.Contains(t, string(readme), "| `go run ./cmd/specgen "+name+"` | ")
	}
}

// TestArchitecture holds that ARCHITECTURE.md says why each module is there that this one
// requires.
func TestArchitecture(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	require.NoError(t, err)
	data, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	mod, err := modfile.Parse("go.mod", data, nil)
	require.NoError(t, err)
	for _, r := range mod.Require {
		if r.Indirect {
			continue
		}
		assert.Regexp(t, `(?m)^\| [^|]*`+regexp.QuoteMeta(r.Mod.Path)+`\b[^|]* \| [^|]+ \| [^|]+ \|$`, string(text))
	}
}

func TestManual(t *testing.T) {
	t.Parallel()
	clitest.Manual(t, run, "specgen")
}

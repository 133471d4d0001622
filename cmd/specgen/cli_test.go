package main

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
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

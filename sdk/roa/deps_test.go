package roa

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// allowedModules are all that a program with the generated client links, apart
// from the standard library and ackgen.
var allowedModules = []string{
	"github.com/go-json-experiment/json",
	"github.com/oapi-codegen/runtime",
	"github.com/apapsch/go-jsonmerge/v2", // of oapi-codegen/runtime
	"github.com/google/uuid",             // of oapi-codegen/runtime
	"golang.org/x/time",
}

func TestDependenciesOfClient(t *testing.T) {
	t.Parallel()
	const format = "{{if not .Standard}}{{.ImportPath}} {{.Module.Path}}{{end}}"
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format, "../ack").Output()
	require.NoError(t, err)
	var own []string
	for line := range strings.Lines(string(out)) {
		pkg, module, _ := strings.Cut(strings.TrimSpace(line), " ")
		if module == "github.com/ackgen/ackgen" {
			own = append(own, strings.TrimPrefix(pkg, module+"/"))
			continue
		}
		assert.True(t, slices.Contains(allowedModules, module), "the client links %s", pkg)
	}
	assert.ElementsMatch(t, []string{"sdk/roa", "sdk/ack"}, own)
}

package roa

import (
	"os/exec"
	"path/filepath"
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
	assert.ElementsMatch(t, []string{"sdk/internal/nilcheck", "sdk/internal/oneline", "sdk/roa", "sdk/ack"}, own)
}

// optional are symbols that a program has only when it names the option, or the part of a
// request.
var optional = map[string][]string{
	"WithValidation": {"regexp.(*Regexp).", "sdk/roa.validateRequest", "sdk/roa.checksOf"},
	"WithLogger":     {"log/slog.(*Logger).", "sdk/roa.logAttempt"},
	"WithDriftHook":  {"sdk/roa.(*driftLog)."},
	"WithRateLimit":  {"golang.org/x/time/rate."},
	"WithDump":       {"sdk/roa.(*textDumper)."},
	"Header":         {"sdk/roa.(*Request).Header"},
	"QueryFlat":      {"sdk/roa.(*Request).QueryFlat", "sdk/roa.(*paramWalk)."},
	"Form":           {"sdk/roa.(*Request).Form", "sdk/roa.formOf"},
	"Stream":         {"sdk/roa.(*readerBody)."},
	"ReadJSON":       {"sdk/roa.readJSON"},
}

// TestOptionsBringWhatTheyNeed looks into two programs: one with a single call, and
// one that names every option.
func TestOptionsBringWhatTheyNeed(t *testing.T) {
	t.Parallel()
	call, options := symbolsOf(t, "call"), symbolsOf(t, "options")
	assert.True(t, strings.Contains(call, "sdk/roa.(*lenient)."), "every program decodes leniently")
	for option, symbols := range optional {
		for _, symbol := range symbols {
			assert.True(t, strings.Contains(options, symbol), "%s needs %s", option, symbol)
			assert.False(t, strings.Contains(call, symbol), "only %s needs %s", option, symbol)
		}
	}
}

// symbolsOf builds a program of testdata/size and returns what it is made of, but
// for what packages do at the start and for what is known to the linker only.
func symbolsOf(t *testing.T, program string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), program)
	build := exec.CommandContext(t.Context(), "go", "build", "-C", "../../testdata/size", "-o", file, "./"+program) //nolint:gosec // builds what this test names
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	text, err := build.CombinedOutput()
	require.NoError(t, err, "%s", text)
	text, err = exec.CommandContext(t.Context(), "go", "tool", "nm", file).Output() //nolint:gosec // the program built above
	require.NoError(t, err)
	var code strings.Builder
	for line := range strings.Lines(string(text)) {
		if _, symbol, ok := strings.Cut(line, " T "); ok && !strings.Contains(symbol, ".init") {
			code.WriteString(symbol)
		}
	}
	return code.String()
}

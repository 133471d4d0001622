package roa_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/links"
	"github.com/ackgen/ackgen/internal/budget/program"
)

// TestDependenciesOfPrograms holds that a program with the generated client, or with the
// packages beside it, links nothing that the committed limits do not name. Which packages a
// module is made of may depend on the version of Go, and the modules and the packages of
// ours do not.
func TestDependenciesOfPrograms(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../budgets.yaml")
	require.NoError(t, err)
	committed, err := limits.Parse(text)
	require.NoError(t, err)
	for _, program := range links.Programs() {
		found, err := links.Of(t.Context(), "../..", program)
		require.NoError(t, err)
		allowed := committed.Lists[found.Name]
		for _, l := range found.Lists {
			switch l.Name {
			case links.Modules:
				assert.ElementsMatch(t, allowed[l.Name], l.Items, program.Name)
			case links.Packages:
				assert.ElementsMatch(t, ours(allowed[l.Name]), ours(l.Items), program.Name)
			}
		}
		for _, name := range program.Packages {
			assert.Contains(t, ours(allowed[links.Packages]), "github.com/ackgen/ackgen"+strings.TrimPrefix(name, "."))
		}
	}
}

func ours(packages []string) []string {
	return slices.DeleteFunc(slices.Clone(packages), func(path string) bool { return !strings.HasPrefix(path, "github.com/ackgen/ackgen/") })
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
func symbolsOf(t *testing.T, name string) string {
	t.Helper()
	file, err := program.Program{Module: "../../testdata/size", Package: "./" + name}.Build(t.Context(), t.TempDir())
	require.NoError(t, err)
	text, err := program.Go(t.Context(), "", "tool", "nm", file)
	require.NoError(t, err)
	var code strings.Builder
	for line := range strings.Lines(string(text)) {
		if _, symbol, ok := strings.Cut(line, " T "); ok && !strings.Contains(symbol, ".init") {
			code.WriteString(symbol)
		}
	}
	return code.String()
}

package shim_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
	"github.com/ackgen/ackgen/cmd/specgen/internal/shim"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
)

const upstream = "../../../../testdata/upstream/"

// history reads what the official SDK described at a version. The brackets around some
// placeholders of v5.9.8 are escaped, which no client can be generated of.
func history(t *testing.T, version string) string {
	t.Helper()
	data, err := os.ReadFile(upstream + "cs-" + version + ".yaml")
	require.NoError(t, err)
	return strings.NewReplacer("%5B", "", "%5D", "").Replace(string(data))
}

// TestHistory holds that no break of two majors of the official SDK would have been left.
func TestHistory(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	base, head := open(t, "v5.9.8", history(t, "v5.9.8")), open(t, "v7.0.0", history(t, "v7.0.0"))
	changes, err := wire.Compare(ctx, base, head)
	require.NoError(t, err)
	assert.Equal(t, "12 changes break programs, which asks for a major version from v1 on, and a minor one before.\n"+
		"With the advice followed, none is left, which asks for a minor version from v1 on, and a patch one before.", shim.Summary(shim.Advise(changes)))

	before, err := gochange.Generate(ctx, base, t.TempDir())
	require.NoError(t, err)
	after, err := gochange.Generate(ctx, head, t.TempDir())
	require.NoError(t, err)
	result, err := gochange.Compare(ctx, before, after)
	require.NoError(t, err)
	require.Equal(t, change.Breaking, change.Worst(result.Changes))
	measured, err := shim.Measure(ctx, base, head, append(changes, result.Changes...))
	require.NoError(t, err)
	assert.Contains(t, shim.Summary(measured), "93 changes break programs")
	assert.Contains(t, shim.Summary(measured), "none is left")
	for _, c := range measured {
		if c.Area == change.Go && c.Avoidable {
			assert.Contains(t, c.Advice, "In the spec, at ", c.Subject)
		}
	}
}

// TestSummary counts.
func TestSummary(t *testing.T) {
	t.Parallel()
	left, avoided := change.Change{Level: change.Breaking}, change.Change{Level: change.Breaking, Avoidable: true}
	for want, changes := range map[string][]change.Change{
		"": {{Level: change.Risky}},
		"1 change breaks programs, which asks for a major version from v1 on, and a minor one before.\n" +
			"With the advice followed, none is left, which asks for a minor version from v1 on, and a patch one before.": {avoided},
		"2 changes break programs, which asks for a major version from v1 on, and a minor one before.\n" +
			"With the advice followed, 1 is left, which asks for a major version from v1 on, and a minor one before.": {avoided, left, {Level: change.Risky, Avoidable: true}},
		"3 changes break programs, which asks for a major version from v1 on, and a minor one before.\n" +
			"With the advice followed, 2 are left, which asks for a major version from v1 on, and a minor one before.": {avoided, left, left},
	} {
		assert.Equal(t, want, shim.Summary(changes))
	}
}

// TestUnknownKind holds that what nobody has thought of is not called avoidable.
func TestUnknownKind(t *testing.T) {
	t.Parallel()
	out := shim.Advise([]change.Change{
		{Area: change.Wire, Kind: "never-seen", Level: change.Breaking}, {Area: change.Wire, Kind: "never-seen", Level: change.Risky},
		{Area: change.Go, Kind: "operation-removed", Level: change.Breaking},
	})
	assert.False(t, out[0].Avoidable)
	assert.Contains(t, out[0].Advice, "major version")
	assert.Empty(t, out[1].Advice)
	assert.Empty(t, out[2].Advice, "what becomes of the Go code is measured")
}

// TestKeepRefuses holds that a document that cannot be read whole is not compared.
func TestKeepRefuses(t *testing.T) {
	t.Parallel()
	good := open(t, "good", "openapi: 3.0.3\n")
	_, err := shim.Keep(good, open(t, "files", "openapi: 3.0.3\npaths: {/a: {$ref: other.yaml}}\n"))
	require.ErrorContains(t, err, "files.yaml:2:20 refers to another file, other.yaml: assemble it first")
	_, err = shim.Keep(open(t, "broken", "openapi: [\n"), good)
	require.ErrorContains(t, err, "broken.yaml:")
}

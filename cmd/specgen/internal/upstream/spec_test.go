package upstream_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

const dataDir = "../../../../testdata/upstream"

func parse(t *testing.T, path string) *upstream.Description {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	d, err := upstream.Parse(data)
	require.NoError(t, err)
	require.NotEmpty(t, d.Operations)
	return d
}

// TestSpecLacksNothing compares our spec with what the provider publishes. What the
// spec leaves out stands in decisions.txt with the reason.
func TestSpecLacksNothing(t *testing.T) {
	t.Parallel()
	decided := map[string]string{}
	data, err := os.ReadFile(filepath.Join(dataDir, "decisions.txt"))
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		gap, reason, _ := strings.Cut(line, ": ")
		require.NotEmpty(t, reason, "%s has no reason", gap)
		decided[gap] = reason
	}
	ours := parse(t, "../../../../spec/openapi.yaml")
	for _, file := range []string{"cs-v7.6.0.yaml", "cli-metadata.json"} {
		for _, gap := range upstream.Gaps(parse(t, filepath.Join(dataDir, file)), ours) {
			if decided[gap.String()] == "" {
				t.Errorf("the spec lacks what %s has: %s", file, gap)
			}
			delete(decided, gap.String())
		}
	}
	assert.Empty(t, decided, "decisions about what the spec does not lack")
}

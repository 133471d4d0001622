package changelog_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
)

// TestHistory writes the sections of real versions, in which no line stands twice.
func TestHistory(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		from, to      string
		broken, added int
	}{{"v5.9.8", "v7.0.0", 12, 12}, {"v7.0.0", "v7.6.0", 0, 31}} {
		before, err := document.Open("../../../../testdata/upstream/cs-" + v.from + ".yaml")
		require.NoError(t, err)
		after, err := document.Open("../../../../testdata/upstream/cs-" + v.to + ".yaml")
		require.NoError(t, err)
		changes, err := wire.Compare(t.Context(), before, after)
		require.NoError(t, err)
		section := changelog.Section(changelog.Content{Version: v.to, Date: "2026-02-27", Changes: changes, Groups: changelog.GroupsOf(after.Tree)})
		_, broken, _ := strings.Cut(section, "### Breaking changes")
		broken, added, found := strings.Cut(broken, "### Added")
		if !found {
			_, added, _ = strings.Cut(section, "### Added")
		}
		assert.Equal(t, v.broken, strings.Count(broken, "\n- "), section)
		assert.Equal(t, v.added, strings.Count(added, "\n- "), section)
		seen := map[string]bool{}
		for line := range strings.SplitSeq(section, "\n") {
			assert.False(t, line != "" && seen[line], "twice: %s", line)
			seen[line] = true
		}
	}
}

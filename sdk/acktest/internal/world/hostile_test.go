package world_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// TestLoadHostile puts another value in each place of a snapshot in turn. Loading either refuses it, or gives a state that goes on and can be saved.
func TestLoadHostile(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	s := world.New(world.NewSteppedClock(start), 1)
	create(t, s)
	s.Advance(2 * time.Minute)
	saved, err := s.Save()
	require.NoError(t, err)
	for _, bad := range []any{nil, "-1h", 1 << 62} {
		for n := 0; ; n++ {
			var tree any
			require.NoError(t, json.Unmarshal(saved, &tree))
			place, path := n, ""
			tree, path = spoil(tree, bad, &place, "")
			if path == "" && place >= 0 {
				break
			}
			text, err := json.Marshal(tree)
			require.NoError(t, err)
			s := world.New(world.NewSteppedClock(start), 1)
			assert.NotPanics(t, func() {
				if s.Load(text) != nil {
					return
				}
				s.Advance(24 * time.Hour)
				_, err = s.Save()
				require.NoError(t, err)
			}, "%s is %v", path, bad)
		}
	}
}

// spoil puts a value in the nth place of a tree, counted down, and returns the path of that place.
func spoil(tree, bad any, n *int, path string) (spoiled any, where string) {
	if *n--; *n < 0 {
		return bad, path + "/"
	}
	switch tree := tree.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(tree)) {
			if tree[k], where = spoil(tree[k], bad, n, path+"/"+k); *n < 0 {
				return tree, where
			}
		}
	case []any:
		for i := range tree {
			if tree[i], where = spoil(tree[i], bad, n, fmt.Sprintf("%s/%d", path, i)); *n < 0 {
				return tree, where
			}
		}
	}
	return tree, ""
}

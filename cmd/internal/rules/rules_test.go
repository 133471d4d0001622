package rules_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/rules"
)

// TestRulesAreComplete looks at the texts of every rule; the tests of lint run
// the examples.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	all := rules.All()
	require.NotEmpty(t, all)
	assert.True(t, slices.IsSortedFunc(all, func(a, b rules.Rule) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	}))
	for _, r := range all {
		assert.Regexp(t, `^(ACK|GEN)[0-9]{3}$`, r.Code)
		assert.Regexp(t, `^[a-zA-Z].*[^.]$`, r.Title, r.Code)
		assert.Regexp(t, `^[A-Za-z].*\.$`, r.Why, r.Code)
		assert.Regexp(t, `^[a-z].*[^.]$`, r.Fix, r.Code)
		assert.Contains(t, rules.Groups(), r.Group, r.Code)
		assert.Equal(t, r.NoCase == "", len(r.Bad) > 0 && len(r.Good) > 0, "%s has examples or says why not", r.Code)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	r, ok := rules.Find("gen012")
	require.True(t, ok)
	assert.Equal(t, "GEN012", r.Code)
	_, ok = rules.Find("GEN999")
	assert.False(t, ok)
	_, ok = rules.Find("base")
	assert.False(t, ok, "the base spec is not a rule")
	assert.Contains(t, rules.BaseSpec(), "root.yaml")
}

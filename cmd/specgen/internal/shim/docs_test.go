package shim

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocs holds that users read the advice that the commands give, and whether it helps.
func TestDocs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../../docs/compatibility.md")
	require.NoError(t, err)
	text := string(data)
	for _, a := range advices {
		assert.Contains(t, text, "| "+yesOrNo(a.keeps)+" | "+a.says+" |\n", a.kinds)
	}
	for _, c := range slices.Concat(responses, requests, []correction{cannotRead, cannotSend}) {
		assert.Contains(t, text, "| "+yesOrNo(c.keeps)+" | "+c.says+" |\n", "%s to %s", c.from, c.to)
	}
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

package naming_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/naming"
)

func TestMarks(t *testing.T) {
	t.Parallel()
	const text = "Set `node_id` or `Node.id`, not `a b`, ``, `1x`, `x.`, `x.y.z`, *`y-z`*, `größe` or `open"
	assert.Equal(t, []string{"node_id", "Node.id", "y-z", "größe"}, naming.Marks(text))
	got := naming.ReplaceMarks(text, func(name string) string {
		if name == "y-z" {
			return ""
		}
		return strings.ToUpper(name)
	})
	assert.Equal(t, "Set NODE_ID or NODE.ID, not `a b`, ``, `1x`, `x.`, `x.y.z`, *`y-z`*, GRÖSSE or `open", strings.ReplaceAll(got, "GRÖßE", "GRÖSSE"))
}

package yamlsrc

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
)

// TestFaultsAreFoundWhereverTheyAre breaks a long document in several ways and
// places.
func TestFaultsAreFoundWhereverTheyAre(t *testing.T) {
	t.Parallel()
	const length = 3000
	for name, c := range map[string]struct {
		text string
		off  int // the fault's line from that of the text on
	}{
		"open bracket":              {"x: [\n", 0},
		"open bracket in a mapping": {"k1:\n  k2: [1,\n", 1},
		"open brace":                {"x: {a: 1\n", 0},
		"open quote":                {"x: \"\n", 0},
		"open single quote":         {"x: 'it\n", 0},
		"colon in a text":           {"x: a: b\n", 0},
		"indentation":               {"x:\n    a: 1\n   b: 2\n", 2},
		"tab":                       {"x:\n\ta: 1\n", 1},
		"list after a mapping":      {"- x\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, at := range []int{1, length / 2, length} {
				lines := strings.SplitAfter(strings.Repeat("key: value\n", length), "\n")
				lines[at] = c.text + lines[at]
				text := strings.Join(lines, "")
				var list diag.List
				Files{}.Parse("f", []byte(text), &list)
				found := list.Sorted()
				require.Len(t, found, 1)
				assert.Equal(t, at+1+c.off, found[0].Pos.Line, found[0].Message)
			}
		})
	}
}

// TestSoundLinesIsLinear counts what is parsed to find a fault: it must not grow
// with the square of the text. It is the most when no part parses.
func TestSoundLinesIsLinear(t *testing.T) {
	t.Parallel()
	lines := bytes.SplitAfter([]byte(strings.Repeat("- x\n", 5000)), []byte("\n"))
	total := len(bytes.Join(lines, nil))
	for _, reached := range []int{1, 2, 2500, len(lines)} {
		for _, began := range []int{0, 1, 1200, reached} {
			for want, parses := range map[int]bool{-1: false, reached - 1: true} {
				parsed := 0
				got := soundLines(lines, reached, began, func(part []byte) bool {
					parsed += len(part)
					return parses
				})
				assert.LessOrEqual(t, parsed, 4*total, "reached %d, began %d", reached, began)
				assert.Equal(t, want, got, "reached %d, began %d", reached, began)
			}
		}
	}
}

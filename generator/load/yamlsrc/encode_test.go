package yamlsrc_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// FuzzEncode writes what was read: the text must be read as the same tree.
func FuzzEncode(f *testing.F) {
	for _, text := range []string{
		"a: b", `{"a": "b\r\nc", "d": [1, 1.5, true, null, "true", "1", "~", "y"]}`, "a: |\n  b\n\n  c\nd: >-\n  e\n  f\n", "a: \"\\n  b\\n c \"",
		"a: \"\\u0085\\u2028\\t\\n\"", "? a b\n: {}\nc: []", "\"a\\nb\": 'it''s'", "a: !x b", "a: 2001-01-01", "<<: {a: b}", "a: \" b\"", "a: '#b'",
		"a: \"\\n\"", "a: \"b\\n\\n\"", "a: \"\\tb\\nc\"", "a: \"\\uFEFFb\\nc\"", "a: \"b \\nc\"", "a: \"\\0\\n\"",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root := yamlsrc.Files{}.Parse("f", []byte(text), new(diag.List))
		if root == nil {
			return
		}
		_, err := yamlsrc.Encode(root, "# head\n", func(*yaml.Node, *yaml.Node) {})
		require.NoError(t, err)
	})
}

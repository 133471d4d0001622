package yamlsrc_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// TestJSONEscapes reads texts with every escape of JSON: values must be those that a
// reader of JSON sees, and keys behind them keep their positions.
func TestJSONEscapes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`"https:\/\/example.com\/"`, `"\ud83d\ude00"`, `"a\uD83D\uDE00\/b\ud83d\ude00"`, `"é 😀 \u00e9\u4e2d"`, `"\"\\\/\b\f\n\r\t"`,
		`"\\/"`, `"\\ud83d\\ude00"`, `"\\\/"`, `""`, `"a, b: c # d"`, `"\u005c\u002f"`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			doc := `{"a": ` + text + `, "b": 1}`
			var want struct{ A string }
			require.NoError(t, json.Unmarshal([]byte(doc), &want))
			var list diag.List
			root := yamlsrc.Files{}.Parse("f", []byte(doc), &list)
			require.Empty(t, list.Sorted())
			assert.Equal(t, want.A, yamlsrc.Text(root, "a"))
			key, _ := yamlsrc.Get(root, "b")
			assert.Equal(t, len([]rune(`{"a": `+text+`, `))+1, key.Column)
		})
	}
}

func TestAsYAMLLeavesOtherTextAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "a: '\\/'\n", `{a: "\/"}`, `{"a": "\/",}`, `{"a": 1}`, "\ufeff{\"a\": 1}",
	} {
		assert.Equal(t, text, string(yamlsrc.AsYAML([]byte(text))))
	}
	assert.Equal(t, "\ufeff{\"a\": \"/\" }", string(yamlsrc.AsYAML([]byte("\ufeff{\"a\": \"\\/\"}"))))
}

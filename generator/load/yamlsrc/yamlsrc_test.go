package yamlsrc_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// TestParseFindings checks the positions of broken input: those of the YAML parser
// name where the surrounding construct began.
func TestParseFindings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"colon":             {"a: 1\nb: c: d\ne: 1\n", "f:2:1 ACK001"},
		"tab":               {"a:\n\tb: 1\n", "f:2:2 ACK001"},
		"indent":            {"a:\n    b: 1\n   c: 2\nd: 1\n", "f:3:4 ACK001"},
		"open bracket":      {"a: 1\nb: [1, 2\nc: 3\n", "f:2:1 ACK001"},
		"open quote at end": {"a: 1\nb: 2\nc: \"x\n", "f:3:1 ACK001"},
		"control character": {"a: 1\nb: \x01\n", "f:2:1 ACK001"},
		"not UTF-8":         {"a: é\nb: é\xff\n", "f:2:5 ACK001"},
		"unknown anchor":    {"a: 1\nb: *x\n", "f:2:1 ACK001"},
		"empty":             {"", "f:1:1 ACK003"},
		"comment only":      {"# x\n", "f:1:1 ACK003"},
		"second document":   {"a: 1\n---\nb: 1\n", "f:2:1 ACK003"},
		"broken second":     {"a: 1\n---\nb: c: d\n", "f:3:1 ACK001"},
		"anchor":            {"a: &x 1\n", "f:1:4 ACK003"},
		"list as key":       {"? [a]\n: 1\n", "f:1:3 ACK003"},
		"null as key":       {"a: 1\n~: 1\n", "f:2:1 ACK003"},
		"NaN":               {"a: [1, .nan]\n", "f:1:8 ACK003"},
		"infinity":          {"a: -.inf\n", "f:1:4 ACK003"},
		"infinity as key":   {"a: 1\n.inf: 1\n", "f:2:1 ACK003"},
		"duplicate key":     {"a: 1\nb: {c: 1, c: 2}\n", "f:2:11 ACK002"},

		"brackets over lines":       {"a: 1\nb: [1,\n  2,\n  3,\n  4,\n  {c: d: e},\n  5]\nf: 1\n", "f:7:2 ACK001"},
		"mark before the text":      {"\ufeffa: 1\nb: c: d\n", "f:2:1 ACK001"},
		"line ends of Windows":      {"a: 1\r\nb: c: d\r\n", "f:2:1 ACK001"},
		"UTF-16 of the other order": {"\xfe\xff\x00a\x00:", "f:1:1 ACK001"},
		"UTF-16":                    {"\xff\xfea\x00:\x00 \x001\x00", "f:1:1 ACK001"},
		"JSON that YAML lacks":      {"{\"a\": \"\\ud83d\", \"b\": 1}\n", "f:1:13 ACK001"},
		"JSON without a comma":      {"{\n  \"a\": 1\n  \"b\": 2\n}\n", "f:3:3 ACK001"},
		"JSON without a colon":      {"{\"é\": {\"b\" 2}}", "f:1:12 ACK001"},
		"JSON that is cut off":      {"{\n  \"a\": [1,\n    2\n\n", "f:3:6 ACK001"},
		"JSON in an open string":    {"{\"a\": \"b}\n", "f:1:10 ACK001"},
		"JSON with a wrong bracket": {"{\"a\": [1}, \"b\": 2}\n", "f:1:9 ACK001"},
		"JSON and more":             {"{\"a\": 1}\n}\n", "f:2:1 ACK001"},
		"JSON after a mark":         {"\ufeff{\"a\": 1 \"b\": 2}\n", "f:1:9 ACK001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var list diag.List
			n := yamlsrc.Files{}.Parse("f", []byte(c.text), &list)
			found := list.Sorted()
			require.Len(t, found, 1)
			assert.Equal(t, c.want, found[0].Pos.String()+" "+found[0].Code, found[0].Message)
			assert.NotContains(t, found[0].Message, "yaml:")
			assert.Equal(t, strings.HasPrefix(name, "UTF-16"), strings.Contains(found[0].Message, "the text is UTF-16: save it as UTF-8"))
			if name == "duplicate key" {
				require.Len(t, found[0].Notes, 1)
				assert.Equal(t, 5, found[0].Notes[0].Pos.Col)
				assert.NotNil(t, n, "the tree is still of use")
			} else {
				assert.Nil(t, n)
			}
		})
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	var list diag.List
	files := yamlsrc.Files{}
	n := files.Parse("f", []byte("a: 1\nb: {c: x}\n"), &list)
	require.True(t, list.Sound())
	require.NotNil(t, n)
	key, value := yamlsrc.Get(n, "b")
	assert.Equal(t, diag.Pos{File: "f", Line: 2, Col: 1}, files.Pos(key))
	assert.Equal(t, "x", yamlsrc.Text(value, "c"))
	assert.Empty(t, yamlsrc.Text(n, "b"), "a mapping has no text")
	assert.Nil(t, yamlsrc.Value(n, "missing"))
	assert.Nil(t, yamlsrc.Value(nil, "a"))
	assert.Equal(t, diag.Pos{}, files.Pos(nil))
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0": "0", "-5": "-5", "+7": "7", "0x10": "16", "1_000": "1000",
		"9007199254740993": "9007199254740993", "9007199254740993.0": "9007199254740993", "9.007199254740993e15": "9007199254740993",
		"9223372036854775807": "9223372036854775807", "-9223372036854775808": "-9223372036854775808",
		"18446744073709551615": "18446744073709551615", "18446744073709551617": "18446744073709551617",
		"1e3": "1000", "0.1": "0.1", "-2.50": "-2.5", "1e-7": "0.0000001", "1e-999999999": "0",
		"0.12345678901234567890": "0.1234567890123456789", "9007199254740992.5": "9007199254740992.5", ".inf": "", "1e999999999": "", ".nan": "",
		"text": "", `"12"`: "", "true": "", "null": "", "{a: 1}": "", "[1]": "",
	} {
		var doc yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(text), &doc))
		assert.Equal(t, want, yamlsrc.Number(doc.Content[0]), text)
	}
	assert.Empty(t, yamlsrc.Number(nil))
}

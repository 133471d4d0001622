package yamlsrc_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func TestPositionsKey(t *testing.T) {
	t.Parallel()
	var list diag.List
	root := yamlsrc.Files{}.Parse("f", []byte(`a:
  get: {x: 1, y: {z: 2}}
  x: 3
list:
  - name: n
    x: 4
  - {name: n, x: 5}
`), &list)
	require.True(t, list.Sound())
	positions := yamlsrc.NewPositions(root)
	for _, c := range []struct {
		what      string
		line, col int
		own, name string
		want      string
	}{
		{"below a key that begins its mapping", 2, 3, "get", "x", "2:9"},
		{"one level deeper", 2, 15, "y", "z", "2:19"},
		{"beside it, when the position is that of the mapping", 2, 3, "", "x", "3:3"},
		{"in an entry of a list", 5, 5, "name", "x", "6:5"},
		{"in braces", 7, 6, "name", "x", "7:15"},
		{"no such key", 2, 3, "get", "none", ""},
		{"no such position", 99, 1, "get", "x", ""},
	} {
		got := ""
		if key := positions.Key(c.line, c.col, c.own, c.name); key != nil {
			got = fmt.Sprintf("%d:%d", key.Line, key.Column)
		}
		assert.Equal(t, c.want, got, c.what)
	}
}

func TestChild(t *testing.T) {
	t.Parallel()
	var list diag.List
	root := yamlsrc.Files{}.Parse("f", []byte("a: [x, {b: y}]\n"), &list)
	require.True(t, list.Sound())
	a := yamlsrc.Child(root, "a")
	assert.Equal(t, "x", yamlsrc.Child(a, "0").Value)
	assert.Equal(t, "y", yamlsrc.Text(yamlsrc.Child(a, "1"), "b"))
	for _, token := range []string{"2", "-1", "x", ""} {
		assert.Nil(t, yamlsrc.Child(a, token), token)
	}
	assert.Nil(t, yamlsrc.Child(root, "b"))
	assert.Nil(t, yamlsrc.Child(a.Content[0], "0"), "a scalar has no children")
}

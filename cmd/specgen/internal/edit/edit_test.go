package edit_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/edit"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func word(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{word(key), value}}
}

// TestAddPair adds the key z, whose value is a mapping, to the mapping under m.
func TestAddPair(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after string }{
		"at the end":         {"m:\n  a: 1\n", "m:\n  a: 1\n  z:\n    k: v w\n"},
		"before what is out": {"m:\n  a: 1\nn: 2\n", "m:\n  a: 1\n  z:\n    k: v w\nn: 2\n"},
		"comments stay": {
			"# head\nm: # of m\n  # of a\n  a: 1 # one\n\n# of n\nn: 2\n", "# head\nm: # of m\n  # of a\n  a: 1 # one\n  z:\n    k: v w\n\n# of n\nn: 2\n",
		},
		"a comment in between":     {"m:\n  a: 1\n# of b\n  b: 2\nn: 3\n", "m:\n  a: 1\n# of b\n  b: 2\n  z:\n    k: v w\nn: 3\n"},
		"number signs in texts":    {"m: {a: b#c}\n", "m: {a: b#c, z: {k: \"v w\"}}\n"},
		"a comment at the end":     {"m:\n  a: 1\n  # more to come\nn: 2\n", "m:\n  a: 1\n  # more to come\n  z:\n    k: v w\nn: 2\n"},
		"behind a block":           {"m:\n  a: |\n    text\n\n    more\n\nn: 2\n", "m:\n  a: |\n    text\n\n    more\n  z:\n    k: v w\n\nn: 2\n"},
		"a block like a comment":   {"m:\n  a: |\n    # text\n# of n\nn: 2\n", "m:\n  a: |\n    # text\n  z:\n    k: v w\n# of n\nn: 2\n"},
		"behind a folded text":     {"m:\n  a: one\n    two\nn: 2\n", "m:\n  a: one\n    two\n  z:\n    k: v w\nn: 2\n"},
		"behind a list":            {"m:\n  a:\n  - b\n  - c\nn: 2\n", "m:\n  a:\n  - b\n  - c\n  z:\n    k: v w\nn: 2\n"},
		"behind an inner mapping":  {"m:\n  a: {b: 1,\n    c: 2}\nn: 2\n", "m:\n  a: {b: 1,\n    c: 2}\n  z:\n    k: v w\nn: 2\n"},
		"in a list":                {"l:\n  - m:\n      a: 1\n    b: 2\n  - c\n", "l:\n  - m:\n      a: 1\n      z:\n        k: v w\n    b: 2\n  - c\n"},
		"no line feed at the end":  {"m:\n  a: 1", "m:\n  a: 1\n  z:\n    k: v w\n"},
		"in flow style":            {"m: {a: 1}\n", "m: {a: 1, z: {k: \"v w\"}}\n"},
		"empty":                    {"m: {}\n", "m: {z: {k: \"v w\"}}\n"},
		"over lines":               {"m: {a: 1,\n  b: [c, d] # why\n  }\nn: 2\n", "m: {a: 1,\n  b: [c, d], z: {k: \"v w\"} # why\n  }\nn: 2\n"},
		"brackets in texts":        {"m: {a: 'it''s }', b: \"\\\"]}\", c: it's}\n", "m: {a: 'it''s }', b: \"\\\"]}\", c: it's, z: {k: \"v w\"}}\n"},
		"texts over lines":         {"m: {a: 'b\n  }'}\n", "m: {a: 'b\n  }', z: {k: \"v w\"}}\n"},
		"letters of several bytes": {"m: {ä: 'ö}'}\n", "m: {ä: 'ö}', z: {k: \"v w\"}}\n"},
		"lines of Windows":         {"m:\r\n  a: |\r\n    b\r\nn: 2\r\n", "m:\r\n  a: |\r\n    b\r\n  z:\r\n    k: v w\r\nn: 2\r\n"},
		"like JSON":                {"{\"m\": {\"a\": \"#}\"}}\n", "{\"m\": {\"a\": \"#}\", z: {k: \"v w\"}}}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := edit.Parse("f.yaml", []byte(c.before))
			require.NoError(t, err)
			require.NoError(t, f.AddPair(find(f.Root(), "m"), "z", mapping("k", word("v w"))))
			got, err := f.Bytes()
			require.NoError(t, err)
			assert.Equal(t, c.after, string(got))
		})
	}
}

// find returns the first value of a key in a tree.
func find(n *yaml.Node, key string) *yaml.Node {
	if v := yamlsrc.Value(n, key); v != nil {
		return v
	}
	for _, c := range n.Content {
		if v := find(c, key); v != nil {
			return v
		}
	}
	return nil
}

// TestSeveral makes several changes to one text, those outside first.
func TestSeveral(t *testing.T) {
	t.Parallel()
	f, err := edit.Parse("f.yaml", []byte("a:\n  b:\n    c: 1\n    d: x\nl:\n  - 1\ns: [a,\n  b]\nt: text\nu: |\n  block\n"))
	require.NoError(t, err)
	root := f.Root()
	assert.Same(t, root, f.At(1, 1, yaml.MappingNode))
	assert.Nil(t, f.At(1, 1, yaml.SequenceNode))
	a := yamlsrc.Value(root, "a")
	require.NoError(t, f.AddPair(root, "z", word("1")))
	require.NoError(t, f.AddPair(a, "y", word("true")))
	require.NoError(t, f.AddPair(yamlsrc.Value(a, "b"), "x", mapping("k", word("v"))))
	require.NoError(t, f.AddPairBefore(root, "w", word("v"), "u", "t"))
	require.NoError(t, f.AddItem(yamlsrc.Value(root, "l"), mapping("k", word("v"))))
	require.NoError(t, f.AddItem(yamlsrc.Value(root, "l"), word("two")))
	require.NoError(t, f.AddItem(yamlsrc.Value(root, "s"), word("c")))
	require.NoError(t, f.AddItem(yamlsrc.Value(root, "s"), word("d: e")))
	require.NoError(t, f.SetValue(yamlsrc.Value(a, "b"), "d", "y"))
	require.NoError(t, f.AddParagraph(root, "t", "More."))
	require.NoError(t, f.AddParagraph(root, "u", "More."))
	got, err := f.Bytes()
	require.NoError(t, err)
	assert.Equal(t, `a:
  b:
    c: 1
    d: y
    x:
      k: v
  y: "true"
l:
  - 1
  - k: v
  - two
s: [a,
  b, c, "d: e"]
w: v
t: |
  text

  More.
u: |
  block

  More.
z: "1"
`, string(got))
}

// TestAddPairBefore adds the key z before u, and before what is said of u.
func TestAddPairBefore(t *testing.T) {
	t.Parallel()
	for before, after := range map[string]string{
		"t: 1\n# of t\n\n# of u\n# more of u\nu: 2\n": "t: 1\n# of t\n\nz: v\n# of u\n# more of u\nu: 2\n",
		"u: 2\nt: 1\n":         "z: v\nu: 2\nt: 1\n",
		"# of u\nu: 2\n":       "z: v\n# of u\nu: 2\n",
		"t: 1\n":               "t: 1\nz: v\n",
		"{t: 1, u: 2, w: 3}\n": "{t: 1, u: 2, w: 3, z: v}\n",
	} {
		f, err := edit.Parse("f.yaml", []byte(before))
		require.NoError(t, err)
		require.NoError(t, f.AddPairBefore(f.Root(), "z", word("v"), "u"))
		got, err := f.Bytes()
		require.NoError(t, err, before)
		assert.Equal(t, after, string(got))
	}
}

// TestPlaces has places that nothing can be added to. The text stays as it is.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for text, change := range map[string]func(f *edit.File, root *yaml.Node) error{
		"a: !t {b: 1}\n": func(f *edit.File, root *yaml.Node) error { return f.AddPair(yamlsrc.Value(root, "a"), "z", word("1")) },
		"a: 'b'\n":       func(f *edit.File, root *yaml.Node) error { return f.SetValue(root, "a", "c") },
		"a: b\n  d\n":    func(f *edit.File, root *yaml.Node) error { return f.SetValue(root, "a", "c") },
		"a: !t b\n":      func(f *edit.File, root *yaml.Node) error { return f.SetValue(root, "a", "c") },
		"b: c\n":         func(f *edit.File, root *yaml.Node) error { return f.SetValue(root, "a", "c") },
		"a: >-\n  b\n":   func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: |-\n  b\n":   func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: |+\n  b\n\n": func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a:\n  b\n":      func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: b\n  c\n":    func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"b: d\n":         func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: b # c\n":     func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: [b]\n":       func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"{a: b}\n":       func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
		"a: \"\"\n":      func(f *edit.File, root *yaml.Node) error { return f.AddParagraph(root, "a", "c") },
	} {
		f, err := edit.Parse("f.yaml", []byte(text))
		require.NoError(t, err)
		require.ErrorIs(t, change(f, f.Root()), edit.ErrPlace, text)
		got, err := f.Bytes()
		require.NoError(t, err)
		assert.Equal(t, text, string(got))
	}
}

// TestBytesRefuses holds that no text is returned that means something else: a quoted text
// goes on in a line that looks like the end of its mapping.
func TestBytesRefuses(t *testing.T) {
	t.Parallel()
	f, err := edit.Parse("f.yaml", []byte("m:\n  a: \"b\n c\"\nn: 2\n"))
	require.NoError(t, err)
	require.NoError(t, f.AddPair(find(f.Root(), "m"), "z", word("v")))
	_, err = f.Bytes()
	require.ErrorIs(t, err, edit.ErrPlace)
}

// TestAddToAdded refuses to add to what has no place in the text yet.
func TestAddToAdded(t *testing.T) {
	t.Parallel()
	f, err := edit.Parse("f.yaml", []byte("a: 1\n"))
	require.NoError(t, err)
	added := mapping("k", word("v"))
	require.NoError(t, f.AddPair(f.Root(), "z", added))
	require.ErrorIs(t, f.AddPair(added, "y", word("1")), edit.ErrPlace)
}

// TestBroken refuses a text that is not YAML.
func TestBroken(t *testing.T) {
	t.Parallel()
	_, err := edit.Parse("f.yaml", []byte("a: ["))
	require.ErrorContains(t, err, "f.yaml:1:")
	for _, text := range []string{"a: 1\r\nb: 2\n", "a: 1\rb: 2\n", "a: \"b\u0085 c\"\n"} {
		_, err = edit.Parse("f.yaml", []byte(text))
		require.ErrorIs(t, err, edit.ErrPlace, "%q", text)
	}
}

// FuzzAdd adds to every collection of a text. Either that is refused, or the text holds
// what it held and what was added.
func FuzzAdd(f *testing.F) {
	for _, text := range []string{
		"a: {b: [c, d], e: 'f'}\ng:\n  - h: |\n      i\n    j: >\n      k\n\n  - l\n", "[a, {b: c}]", "a:\n- b\n- - c\n  - d\ne: f\n", "? a\n: b\n",
		"{\"a\": {}, \"b\": [], c: \"\\\"]\", 'd': ''''}", "a: 'b\n\n  c'\n# d\n", "a: b # c\n  #d\n", "--- {a: b}\n...\n", "a: !x {b: c}", "- [a,\n# ]\nb]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := edit.Parse("f.yaml", []byte(text))
		if err != nil {
			return
		}
		var add func(n *yaml.Node)
		add = func(n *yaml.Node) {
			inner := slices.Clip(n.Content)
			switch n.Kind {
			case yaml.MappingNode:
				if yamlsrc.Value(n, "added") == nil {
					_ = file.AddPair(n, "added", word("a b"))
				}
			case yaml.SequenceNode:
				_ = file.AddItem(n, mapping("added", word("yes")))
			}
			for _, c := range inner {
				add(c)
			}
		}
		add(file.Root())
		after, err := file.Bytes()
		if err != nil {
			return // refused
		}
		again, err := edit.Parse("f.yaml", after)
		require.NoError(t, err)
		same, err := again.Bytes()
		require.NoError(t, err)
		assert.Equal(t, string(after), string(same))
	})
}

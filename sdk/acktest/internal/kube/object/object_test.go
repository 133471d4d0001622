package object_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	o, err := object.Decode([]byte(`{"a":{"b":"c","n":12345678901234567890,"m":7,"t":true,"l":[{"x":1},2],"s":{"k":"v","n":1}}}`))
	require.NoError(t, err)
	assert.Equal(t, "c", object.String(o, "a", "b"))
	assert.Empty(t, object.String(o, "a", "m"))
	assert.Nil(t, object.Get(o, "a", "b", "c"))
	assert.Equal(t, json.Number("12345678901234567890"), object.Get(o, "a", "n"))
	_, ok := object.Integer(o, "a", "n")
	assert.False(t, ok)
	m, ok := object.Integer(o, "a", "m")
	assert.True(t, ok)
	assert.Equal(t, int64(7), m)
	assert.True(t, object.Bool(o, "a", "t"))
	assert.Len(t, object.List(o, "a", "l"), 2)
	assert.Len(t, object.Maps(o, "a", "l"), 1)
	assert.Equal(t, map[string]string{"k": "v"}, object.Strings(o, "a", "s"))

	c := object.Clone(o)
	object.Set(c, "new", "a", "b", "x")
	object.Remove(c, "a", "n")
	object.Remove(c, "z", "n")
	assert.Equal(t, "new", object.String(c, "a", "b", "x"))
	assert.Equal(t, "c", object.String(o, "a", "b"))
	assert.NotNil(t, object.Get(o, "a", "n"))
	assert.Nil(t, object.Clone(nil))
}

func TestDecodeYAML(t *testing.T) {
	t.Parallel()
	o, err := object.DecodeYAML([]byte("a: 1\nb: 1.50\nc: 0x10\nd: true\ne: ~\nf: [x, '2']\ng: {h: 2026-01-01}\ni: 1_000\n"))
	require.NoError(t, err)
	text, err := json.Marshal(o)
	require.NoError(t, err)
	assert.Equal(t, `{"a":1,"b":1.50,"c":16,"d":true,"e":null,"f":["x","2"],"g":{"h":"2026-01-01"},"i":1000}`, string(text))
	tests := []struct{ text, want string }{
		{"", "not well-formed"},
		{"a: [", "not well-formed"},
		{"a: 1\n---\nb: 2\n", "more than one document"},
		{"- a", "the body is not an object"},
		{"a: 1\na: 2", "line 2: a field is there twice"},
		{"[a]: 1", "not a text"},
		{"a: &x [b]\nc: *x", "aliases are not supported"},
		{"a: .inf", "has no form in JSON"},
		{strings.Repeat("[", 1500) + strings.Repeat("]", 1500), "nested too deeply"},
	}
	for _, tt := range tests {
		_, err := object.DecodeYAML([]byte(tt.text))
		assert.ErrorContains(t, err, tt.want, tt.text)
	}
}

package jsontext_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/jsontext"
)

func TestForms(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, yaml, wire, line, block string }{
		{name: "digits are kept", yaml: "12345678901234567890.10", wire: "12345678901234567890.10"},
		{name: "another notation", yaml: "0x10", wire: "16"},
		{name: "a quoted number", yaml: `"12"`, wire: `"12"`},
		{name: "markup", yaml: `"<a> & \"b\""`, wire: `"<a> & \"b\""`},
		{name: "null and boolean", yaml: "[null, ~, True]", wire: "[null,null,true]", line: "[null, null, true]", block: "[null, null, true]"},
		{name: "nothing inside", yaml: "{a: {}, b: []}", wire: `{"a":{},"b":[]}`, line: `{"a": {}, "b": []}`, block: `{"a": {}, "b": []}`},
		{name: "order", yaml: "{b: 1, a: 2}", wire: `{"b":1,"a":2}`, line: `{"b": 1, "a": 2}`, block: `{"b": 1, "a": 2}`},
		{name: "aliases", yaml: "{a: &x {n: 1}, b: *x}", wire: `{"a":{"n":1},"b":{"n":1}}`, line: `{"a": {"n": 1}, "b": {"n": 1}}`, block: `{"a": {"n": 1}, "b": {"n": 1}}`},
		{
			name:  "long values have lines",
			yaml:  `{list: [aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, "c\nd"], short: [1]}`,
			wire:  `{"list":["aaaaaaaaaaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","c\nd"],"short":[1]}`,
			line:  `{"list": ["aaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "c\nd"], "short": [1]}`,
			block: "{\n  \"list\": [\n    \"aaaaaaaaaaaaaaaaaaaaaaaa\",\n    \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n    \"c\\nd\"\n  ],\n  \"short\": [1]\n}",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var doc yaml.Node
			require.NoError(t, yaml.Unmarshal([]byte(tt.yaml), &doc))
			n := doc.Content[0]
			if n.Kind == yaml.ScalarNode { // which has one form
				tt.line, tt.block = tt.wire, tt.wire
			}
			assert.Equal(t, tt.wire, jsontext.Wire(n))
			assert.Equal(t, tt.line, jsontext.Line(n))
			assert.Equal(t, tt.block, jsontext.Block(n))
		})
	}
}

package visible_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/internal/visible"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                          "",
		"a\n\tb\u2028c\u00a0d":      "a b c d",
		"a\u202eb\u2066c":           `a\u202eb\u2066c`,
		"a\x1b[31mb\x00\u0085\x7fc": `a\u001b[31mb\u0000 \u007fc`,
		"\ufeffa\u200bb\u00ad":      `\ufeffa\u200bb\u00ad`,
		"e\u200dr \u05e9\u05dc":     "e\u200dr \u05e9\u05dc",
		"\U000e0041":                `\udb40\udc41`,
		"a\x9bb":                    "a\ufffdb", // which some terminals obey
	} {
		assert.Equal(t, want, visible.Line(in), "%q", in)
	}
	assert.Equal(t, "a\n\tb", visible.Block("a\n\tb"))
	assert.Equal(t, `a\u000d`+"\n", visible.Block("a\r\n"))
	assert.Equal(t, `a\n\u001bb`, visible.Escaped("a\n\x1bb"))
}

func TestRemark(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\n::error::b":      `a\n::error::b`,
		"a\n \t::stop::b\nc": "a\\n \t::stop::b\nc",
		"a\n##[group]b":      `a\n##[group]b`,
		"a::b\nc ::d":        "a::b\nc ::d",
	} {
		assert.Equal(t, want, visible.Remark(in), "%q", in)
	}
}

func TestSegments(t *testing.T) {
	t.Parallel()
	text := func(s string) visible.Segment { return visible.Segment{Text: s} }
	code := func(s string) visible.Segment { return visible.Segment{Code: true, Text: s} }
	for in, want := range map[string][]visible.Segment{
		"":            nil,
		"a":           {text("a")},
		"`a`":         {code("a")},
		"a `b` c":     {text("a "), code("b"), text(" c")},
		"a `b` `c`d`": {text("a "), code("b"), text(" "), code("c"), text("d`")},
		"``":          {text("``")},
		"` `":         {text("` `")},
		"` a `":       {code("a")},
		"`a\nb`":      {code("a b")},
	} {
		assert.Equal(t, want, visible.Segments(in), "%q", in)
	}
}

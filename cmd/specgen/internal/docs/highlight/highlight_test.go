package highlight_test

import (
	"html"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/highlight"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ language, code, want string }{
		"go": {
			"go", "func f() { // two\n\treturn \"<b>\", 2\n}\n",
			`<span class="hl-keyword">func</span> <span class="hl-name">f</span>() { <span class="hl-comment">// two</span>
	<span class="hl-keyword">return</span> <span class="hl-string">&#34;&lt;b&gt;&#34;</span>, <span class="hl-number">2</span>
}
`,
		},
		"json": {
			"json", `{"a": [1, true]}`,
			`{<span class="hl-name">&#34;a&#34;</span>: [<span class="hl-number">1</span>, <span class="hl-keyword">true</span>]}`,
		},
		"yaml":    {"yaml", "a: b # c\n", `<span class="hl-name">a</span>: <span class="hl-number">b</span> <span class="hl-comment"># c</span>` + "\n"},
		"shell":   {"sh", "go run . # it\n", `go run . <span class="hl-comment"># it</span>` + "\n"},
		"console": {"console", "$ ls\nfile\n", `<span class="hl-output">$</span> ls` + "\n" + `<span class="hl-output">file` + "\n</span>"},
		"text":    {"text", "a < b\n", "a &lt; b\n"},
		"unknown": {"<x>", "a & b", "a &amp; b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, string(highlight.Code(tc.language, tc.code)))
		})
	}
}

var tags = regexp.MustCompile(`</?span[^>]*>`)

// TestCodeKeepsTheText holds that what a reader copies is what was written, whatever it is.
func TestCodeKeepsTheText(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"go", "json", "yaml", "sh", "console", "diff", "text"} {
		for _, code := range []string{"", "\n", "a", "</code><script>alert(1)</script>", "`\"'\\", "ü\t\n\n", "$ a\nb\n"} {
			got := string(highlight.Code(language, code))
			assert.Equal(t, code, html.UnescapeString(tags.ReplaceAllString(got, "")), language)
			assert.NotContains(t, got, "<script")
		}
	}
}

func FuzzCode(f *testing.F) {
	f.Add("go", "package a\n")
	f.Add("console", "$ a <<B\nb\n")
	f.Fuzz(func(t *testing.T, language, code string) {
		got := tags.ReplaceAllString(string(highlight.Code(language, code)), "")
		assert.NotContains(t, got, "<")
		assert.NotContains(t, got, ">")
	})
}

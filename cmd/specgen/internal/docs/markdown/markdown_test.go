package markdown_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/markdown"
)

// TestHeadings holds names of headings that GitHub was seen to make.
func TestHeadings(t *testing.T) {
	t.Parallel()
	source := []byte("# The spec\n\n## x-ack-removed\n\n### `ExampleServer.WithExamples`, and [more](a.md)\n\n" +
		"## It's new_in **Go** 1.26!\n\n## Update\n\n## Update\n\nUpdate\n---\n\n## 中文 – Über\n")
	_, headings := markdown.Parse(markdown.Markdown().Parser(), source)
	var got [][2]string
	for _, h := range headings {
		got = append(got, [2]string{h.Title, h.ID})
	}
	assert.Equal(t, [][2]string{
		{"The spec", "the-spec"},
		{"x-ack-removed", "x-ack-removed"},
		{"ExampleServer.WithExamples, and more", "exampleserverwithexamples-and-more"},
		{"It's new_in Go 1.26!", "its-new_in-go-126"},
		{"Update", "update"},
		{"Update", "update-1"},
		{"Update", "update-2"},
		{"中文 – Über", "中文--über"},
	}, got)
}

func TestText(t *testing.T) {
	t.Parallel()
	source := []byte("one *two*\nthree `four` <https://a.example>\n\n| a | b |\n| --- | --- |\n| c | d |\n\n```go\nx :=  1\n```\n\n<b>no</b>\n")
	doc, _ := markdown.Parse(markdown.Markdown().Parser(), source)
	assert.Equal(t, "one two three four https://a.example a b c d x := 1 no", markdown.Text(doc, source))
}

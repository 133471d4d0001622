package links_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/links"
)

func TestSite(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		page string
		want []string
	}{
		"good": {`<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="assets/a.css"><script defer src="assets/a.js"></script></head>
<body><a href="#b">b</a> <a href="#">top</a> <a href="b/c.html#d">c</a> <a href="b/c.html">c</a> <a href="https://a.example/?b=1&amp;c#d">d</a><br>
<a href="mailto:a@b.example">e</a><h2 id="b">B &amp; &nbsp; C</h2><details open><summary>a</summary></details><p aria-labelledby="b">a</p></body></html>`, nil},
		"no file":     {`<a href="b/d.html">a</a>`, []string{`index.html: link "b/d.html": there is no file b/d.html`}},
		"no place":    {`<a href="b/c.html#e">a</a><a href="#e">a</a>`, []string{`index.html: link "b/c.html#e": b/c.html has no place e`, `index.html: link "#e": index.html has no place e`}},
		"no script":   {`<script src="b.js"></script>`, []string{`index.html: link "b.js": there is no file b.js`}},
		"no label":    {`<p aria-labelledby="a b" id="a"></p>`, []string{`index.html: link "#b": index.html has no place b`}},
		"out":         {`<a href="../a.html">a</a>`, []string{`index.html: link "../a.html": there is no file ../a.html`}},
		"absolute":    {`<a href="/b/c.html">a</a>`, []string{`index.html: link "/b/c.html": links to files are relative paths`}},
		"query":       {`<a href="b/c.html?d">a</a>`, []string{`index.html: link "b/c.html?d": links to files are relative paths`}},
		"plain":       {`<a href="http://a.example">a</a>`, []string{`index.html: link "http://a.example": links to other hosts begin with https:`}},
		"script":      {`<a href="javascript:a">a</a>`, []string{`index.html: link "javascript:a": links to other hosts begin with https:`}},
		"space":       {`<a href="https://a.example/b c">a</a>`, []string{`index.html: link "https://a.example/b c": this is no address`}},
		"no address":  {`<a href="https://a%zz">a</a>`, []string{`index.html: link "https://a%zz": this is no address`}},
		"names":       {`<p id="a"></p><p id="a"></p>`, []string{`index.html: several elements are called "a"`}},
		"not a page":  {`<a href="#b"`, []string{`index.html: this is no page: XML syntax error on line 1: unexpected EOF`}},
		"empty links": {`<a href="">a</a>`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, links.Site(map[string][]byte{
				"index.html": []byte(tc.page), "b/c.html": []byte(`<p id="d"><a href="../index.html">a</a></p>`), "assets/a.css": nil, "assets/a.js": nil,
			}))
		})
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	got, err := links.Markdown(fstest.MapFS{
		"README.md": {Data: []byte("# A\n\n[b](docs/b.md#c-d) [e](#a) [f](docs) <https://a.example> <a@b.example>\n\n" +
			"[g](docs/c.md) [h](#b) [i](docs/b.md#e) ![j](k.svg) [l][m] http://n.example `[o](p)`\n\n[m]: q.md\n\n    [r](s)\n")},
		"docs/b.md":                {Data: []byte("## C, d\n\n[a](../README.md#a)\n[c](../docs/b.md#d)\n")},
		"web/node_modules/a/a.md":  {Data: []byte("[a](b)")},
		".tmp/a.md":                {Data: []byte("[a](b)")},
		"docs/text-is-no-markdown": {Data: []byte("[a](b)")},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{
		`README.md: link "docs/c.md": there is no file docs/c.md`,
		`README.md: link "#b": README.md has no place b`,
		`README.md: link "docs/b.md#e": docs/b.md has no place e`,
		`README.md: link "q.md": there is no file q.md`,
		`README.md: link "k.svg": there is no file k.svg`,
		`README.md: link "http://n.example": links to other hosts begin with https:`,
		`docs/b.md: link "../docs/b.md#d": docs/b.md has no place d`,
	}, got)
}

// TestRepository holds that no link in the Markdown of this repository is dead.
func TestRepository(t *testing.T) {
	t.Parallel()
	got, err := links.Markdown(os.DirFS("../../../../.."))
	require.NoError(t, err)
	assert.Empty(t, got)
}

package guide_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/guide"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/links"
)

const (
	root       = "../../../../.."
	repository = "https://code.example/blob/main"
)

// read reads guides of a repository with some files.
func read(files map[string]string) ([]guide.Group, error) {
	fsys := fstest.MapFS{"spec/operations/nodes/ListNodes.yaml": {}, "spec/schemas/nodes/Node.yaml": {}, "cmd/a b/main.go": {}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return guide.Read(fsys, repository)
}

const order = "- title: Use\n  guides: [docs/a.md, spec/README.md]\n"

func TestRead(t *testing.T) {
	t.Parallel()
	groups, err := read(map[string]string{
		guide.Order: order,
		"docs/a.md": `# First *steps*

What you need, ` + "`and`" + `
no more.

<!-- left out -->

## Call it

[The spec](../spec/README.md#the-rules), [here](#call-it), [there](https://a.example/?b=1&c=2), [code](../cmd/a%20b/main.go#L3), [list](../spec/operations/nodes/ListNodes.yaml),
[node](../spec/schemas/nodes/Node.yaml), [folder](../cmd).

` + "```go\nreturn 1 < 2\n```\n" + `
### Call it

| a | b |
| :-- | --- |
| <b@a.example> | 1 |

#### Deep
`,
		"spec/README.md": "# The spec\n\nRules.\n\n![The life of a node](life.svg)\n",
		"spec/life.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img" aria-labelledby="t"><title id="t">Life</title>` +
			`<style>rect { fill: red }</style><rect class="a" width="1"/></svg>` + "\n",
	})
	require.NoError(t, err)
	require.Len(t, groups, 1)
	assert.Equal(t, "Use", groups[0].Title)
	require.Len(t, groups[0].Guides, 2)
	a, spec := groups[0].Guides[0], groups[0].Guides[1]
	assert.Equal(t, []string{"a", "docs/a.md", "First steps", "What you need, and no more."}, []string{a.Name, a.Path, a.Title, a.Summary})
	assert.Equal(t, []guide.Heading{{ID: "call-it", Title: "Call it", Level: 2}, {ID: "call-it-1", Title: "Call it", Level: 3}}, a.Headings)
	assert.Equal(t, `<p>What you need, <code>and</code>
no more.</p>
<h2 id="call-it">Call it <a class="anchor" href="#call-it" aria-label="Link to this section">#</a></h2>
<p><a href="spec.html#the-rules">The spec</a>, <a href="#call-it">here</a>, <a href="https://a.example/?b=1&amp;c=2">there</a>, `+
		`<a href="https://code.example/blob/main/cmd/a%20b/main.go#L3">code</a>, <a href="../operations/ListNodes.html">list</a>,
<a href="../schemas/Node.html">node</a>, <a href="https://code.example/blob/main/cmd">folder</a>.</p>
<pre tabindex="0" data-language="go"><code><span class="hl-keyword">return</span> <span class="hl-number">1</span> &lt; <span class="hl-number">2</span>
</code></pre>
<h3 id="call-it-1">Call it <a class="anchor" href="#call-it-1" aria-label="Link to this section">#</a></h3>
<div class="table" tabindex="0" role="region" aria-label="Table"><table>
<thead>
<tr>
<th align="left">a</th>
<th>b</th>
</tr>
</thead>
<tbody>
<tr>
<td align="left"><a href="mailto:b@a.example">b@a.example</a></td>
<td>1</td>
</tr>
</tbody>
</table></div>
<h4 id="deep">Deep <a class="anchor" href="#deep" aria-label="Link to this section">#</a></h4>
`, string(a.Body))
	assert.Equal(t, "spec", spec.Name)
	assert.Contains(t, string(spec.Body), `<span class="diagram"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img" `+
		`aria-labelledby="t"><title id="t">Life</title><rect class="a" width="1"/></svg></span>`)
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"no title":            {"Text.\n", "docs/a.md: it must begin with a heading of the first level"},
		"another level":       {"## A\n\nText.\n", "it must begin with a heading of the first level"},
		"text before":         {"Text.\n\n# A\n", "it must begin with a heading of the first level"},
		"two titles":          {"# A\n\nText.\n\n# B\n", `"B" is a second heading of the first level`},
		"no summary":          {"# A\n\n- item\n", "a paragraph must follow its title"},
		"a dead link":         {"# A\n\n[b](b.md)\n", `link "b.md": there is no file docs/b.md`},
		"a link out":          {"# A\n\n[b](../../b.md)\n", `link "../../b.md": there is no file ../b.md`},
		"a script":            {"# A\n\n[b](javascript:alert(1))\n", `link "javascript:alert(1)": it must begin with https:`},
		"not encrypted":       {"# A\n\n[b](http://b.example)\n", `link "http://b.example": it must begin with https:`},
		"no scheme":           {"# A\n\n[b](//b.example)\n", `link "//b.example": it must begin with https:`},
		"absolute":            {"# A\n\n[b](/docs/a.md)\n", `link "/docs/a.md": it must begin with https:`},
		"an element":          {"# A\n\nB <b>c</b>\n", "raw HTML is not taken: <b>"},
		"a block":             {"# A\n\nB\n\n<script>alert(1)</script>\n", "raw HTML is not taken: <script>"},
		"a block and comment": {"# A\n\nB\n\n<div><!-- c --></div>\n", "raw HTML is not taken: <div>"},
		"no image":            {"# A\n\n![b](b.svg)\n", `image "b.svg": open docs/b.svg`},
		"an image elsewhere":  {"# A\n\n![b](https://b.example/c.svg)\n", `image "https://b.example/c.svg": open`},
		"an active image":     {"# A\n\n![b](script.svg)\n", `image "script.svg": the element script is not taken`},
		"a loading image":     {"# A\n\n![b](load.svg)\n", `image "load.svg": the attribute fill is not taken`},
		"a listening image":   {"# A\n\n![b](on.svg)\n", `image "on.svg": the attribute onload is not taken`},
		"a declared image":    {"# A\n\n![b](entity.svg)\n", `image "entity.svg": it must have no instructions`},
		"a broken image":      {"# A\n\n![b](broken.svg)\n", `image "broken.svg": XML syntax error`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(map[string]string{
				guide.Order: order, "docs/a.md": tc.text, "spec/README.md": "# B\n\nText.\n",
				"docs/script.svg": `<svg><script>alert(1)</script></svg>`, "docs/load.svg": `<svg><rect fill="url(https://a.example)"/></svg>`,
				"docs/on.svg": `<svg onload="alert(1)"></svg>`, "docs/entity.svg": `<!DOCTYPE svg><svg/>`, "docs/broken.svg": `<svg><g></svg>`,
			})
			assert.ErrorContains(t, err, tc.want)
		})
	}
}

func TestReadOrder(t *testing.T) {
	t.Parallel()
	groups, err := read(nil)
	require.NoError(t, err)
	assert.Empty(t, groups, "a repository without guides")
	_, err = read(map[string]string{guide.Order: "- name: Use\n"})
	require.ErrorContains(t, err, "docs/guides.yaml: yaml: unmarshal errors")
	_, err = read(map[string]string{guide.Order: order})
	require.ErrorContains(t, err, "docs/a.md: open docs/a.md")
}

// TestGuides holds that every guide of this repository is on the site, once, and can be read.
func TestGuides(t *testing.T) {
	t.Parallel()
	groups, err := guide.Read(os.DirFS(root), repository)
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	require.NoError(t, err)
	want := []string{"spec/README.md"}
	for _, file := range files {
		want = append(want, "docs/"+filepath.Base(file))
	}
	var got []string
	names := map[string]bool{}
	for _, group := range groups {
		for _, g := range group.Guides {
			got = append(got, g.Path)
			assert.False(t, names[g.Name], "%s is the name of two guides", g.Name)
			names[g.Name] = true
			assert.LessOrEqual(t, len(g.Summary), 300, "%s: what it begins with is shown in lists", g.Path)
			assert.False(t, strings.HasSuffix(g.Summary, ":"), "%s: what it begins with is shown in lists, without what follows", g.Path)
		}
	}
	assert.ElementsMatch(t, want, got)
	assert.Empty(t, links.Site(siteOf(t, groups)))
}

// siteOf returns the guides as a site, beside empty pages for what the spec describes.
func siteOf(t *testing.T, groups []guide.Group) map[string][]byte {
	t.Helper()
	site := map[string][]byte{}
	for _, kind := range []string{"operations", "schemas"} {
		files, err := filepath.Glob(filepath.Join(root, "spec", kind, "*", "*.yaml"))
		require.NoError(t, err)
		for _, file := range files {
			site[kind+"/"+strings.TrimSuffix(filepath.Base(file), ".yaml")+".html"] = nil
		}
	}
	for _, group := range groups {
		for _, g := range group.Guides {
			site["guides/"+g.Name+".html"] = []byte(g.Body)
		}
	}
	return site
}

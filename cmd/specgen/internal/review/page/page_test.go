package page_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/page"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/reviewtest"
)

func html(t *testing.T, r *review.Review) string {
	t.Helper()
	out, err := page.HTML(r)
	require.NoError(t, err)
	again, err := page.HTML(r)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(out, again), "the same review makes the same bytes")
	return string(out)
}

var (
	ids   = regexp.MustCompile(` id="([^"]*)"`)
	links = regexp.MustCompile(` href="([^"]*)"`)
	tags  = regexp.MustCompile(`<([a-z0-9]+)`)
)

// TestPageHoldsItself holds that every link leads to a place of the page, that no two
// places have one name, and that nothing is loaded.
func TestPageHoldsItself(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*review.Review{"sample": reviewtest.Sample(), "hostile": reviewtest.Bad(30), "nothing": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := html(t, r)
			require.True(t, strings.HasPrefix(out, page.Mark))
			known := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(out, -1) {
				assert.False(t, known[m[1]], "%s is there twice", m[1])
				known[m[1]] = true
			}
			for _, m := range links.FindAllStringSubmatch(out, -1) {
				place, ok := strings.CutPrefix(m[1], "#")
				assert.True(t, ok && known[place], "%s leads nowhere", m[1])
			}
			for _, m := range tags.FindAllStringSubmatch(out, -1) {
				assert.NotContains(t, []string{"script", "img", "link", "iframe", "object", "embed", "base", "form", "svg"}, m[1])
			}
			assert.NotRegexp(t, ` (on[a-z]+|style|src)=`, regexp.MustCompile(`>[^<]*<`).ReplaceAllString(out, "><"))
			assert.NotContains(t, out, "@import")
			assert.NotContains(t, out, "url(")
			assert.NotContains(t, out, "ZgotmplZ", "the template refused a value")
		})
	}
}

// TestPageSaysEverything looks for each thing that a reviewer needs.
func TestPageSaysEverything(t *testing.T) {
	t.Parallel()
	out := html(t, reviewtest.Sample())
	for _, want := range []string{
		"Blocked: 2 breaking changes wait for an approval", "<strong>v2.0.0</strong> <span>major, after v1.2.0</span>", "A breaking change raises the major version: the path of the module must end in /v2.",
		`Forced by <a href="#c-49646b0abd3b"><code>49646b0abd3b</code></a>: <bdi><code>ListNodes query state</code>: the parameter <code>state</code> is gone.</bdi>`, "specgen review v1.2.0 HEAD --approve FINGERPRINT --role ROLE --reason TEXT",
		"<code>integer</code> <span aria-hidden=\"true\">→</span> <code>string</code>", "as maintainer: <bdi>The service never sent a number.</bdi>",
		"<code>--approve 49646b0abd3b</code>", "<bdi>keep the parameter and deprecate it</bdi>", "<code>DescribeNode</code> <code>ListNodes</code>",
		"<del>-\tState *string `json:&#34;-&#34;`\n</del>", "<span class=\"note\">func, new</span>", "<span class=\"note\">type, gone</span>", "<ins>+  - cpu: &#34;4&#34;\n</ins>",
		"<code>AddNode</code> <span class=\"note\">unchanged</span>", `<code>ListNodes</code> <span class="tag breaking">breaking</span>`,
		"- Operation of nodes: `RemoveNode`.", "It was <code>deprecated</code> for a year.", "spec/approvals.yaml:7:16",
	} {
		assert.Contains(t, out, want)
	}
	r := reviewtest.Sample()
	r.Changes = r.Approved()
	assert.Contains(t, html(t, r), "Ready: no unapproved break")
	assert.Contains(t, html(t, &review.Review{}), "Nothing changes for programs")
}

// TestPageIsFast renders as many changes as a new version of a large API has.
func TestPageIsFast(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 10000, strings.Count(html(t, reviewtest.Bad(2500)), `<li id="c-`))
}

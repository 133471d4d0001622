package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	unescape "html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/page"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/reviewtest"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
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

// TestPageNamesEachChange holds that changes with one fingerprint have places of their own.
func TestPageNamesEachChange(t *testing.T) {
	t.Parallel()
	c := reviewtest.Changes()[0]
	out := html(t, review.Make(review.Input{Changes: []change.Change{c, c, c}}))
	for _, id := range []string{"c-" + c.Fingerprint(), "c-" + c.Fingerprint() + "-2", "c-" + c.Fingerprint() + "-3"} {
		assert.Equal(t, 1, strings.Count(out, `<li id="`+id+`">`))
	}
	out = html(t, review.Make(review.Input{Changes: []change.Change{c, c}, Decision: version.Decision{Forcing: &c}}))
	assert.Contains(t, out, `Forced by <a href="#c-`+c.Fingerprint()+`">`, "the first of them decides")
}

// TestPageFolds holds that many harmless changes are folded by kind, and breaks never.
func TestPageFolds(t *testing.T) {
	t.Parallel()
	list := func(level change.Level, n int) []change.Change {
		var out []change.Change
		for i := range n {
			out = append(out, change.Change{Area: change.Wire, Level: level, Kind: []string{"removed", "added"}[i%2], Subject: strconv.Itoa(i)})
		}
		return out
	}
	for _, tt := range []struct {
		level change.Level
		n     int
		folds bool
	}{{change.Compatible, 30, false}, {change.Compatible, 31, true}, {change.Text, 31, true}, {change.Risky, 99, false}, {change.Breaking, 99, false}} {
		out := html(t, review.Make(review.Input{Changes: list(tt.level, tt.n)}))
		assert.Equal(t, tt.n, strings.Count(out, `<li id="c-`))
		if !tt.folds {
			assert.NotContains(t, out, `<details class="fold">`, "%v %d", tt.level, tt.n)
			continue
		}
		added := strings.Index(out, `<code>added</code> <span class="note">15</span>`)
		assert.Positive(t, added)
		assert.Greater(t, strings.Index(out, `<code>removed</code> <span class="note">16</span>`), added)
	}
}

// TestPageKeepsNewApart holds that what is new does not hide what has changed.
func TestPageKeepsNewApart(t *testing.T) {
	t.Parallel()
	r := reviewtest.Sample()
	r.Examples = append(r.Examples, review.Example{Operation: "RemoveNode", Part: "request body", Head: "id: i-1\n"})
	out := html(t, r)
	_, examples, _ := strings.Cut(out, `<section id="examples"`)
	assert.Regexp(t, `(?s)<code>ListNodes</code>.*<code>AddNode</code>.*<summary>1 new operation</summary>.*<code>RemoveNode</code>`, examples)
	_, declarations, _ := strings.Cut(out, `<section id="declarations"`)
	assert.Regexp(t, `(?s)<code>ListNodesRequest</code>.*<summary>1 new</summary>.*<code>Client.RemoveNode</code>.*<code>Old</code>`, declarations)
}

// TestPageTellsOfOneExample holds that an operation is new only with all of its examples,
// and unchanged only with none that differs.
func TestPageTellsOfOneExample(t *testing.T) {
	t.Parallel()
	example := func(base, head string) review.Example {
		return review.Example{Operation: "AddNode", Part: "request body", Base: base, Head: head}
	}
	for _, list := range [][]review.Example{
		{example("a: 1\n", "a: 2\n"), example("b: 1\n", "b: 1\n")}, {example("a: 1\n", "a: 2\n"), example("", "b: 1\n")}, {example("", "b: 1\n"), example("a: 1\n", "a: 2\n")},
	} {
		out := html(t, &review.Review{Examples: list})
		assert.Contains(t, out, "<summary><code>AddNode</code></summary>")
		assert.NotContains(t, out, "new operation")
	}
	assert.Contains(t, html(t, &review.Review{Examples: []review.Example{example("", "b: 1\n")}}), "1 new operation")
}

// TestPagePolicy holds that the page forbids all but its own style.
func TestPagePolicy(t *testing.T) {
	t.Parallel()
	out := html(t, &review.Review{})
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(out)
	require.Len(t, policy, 2)
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(out)
	require.Len(t, style, 2)
	sum := sha256.Sum256([]byte(style[1]))
	assert.Equal(t, "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; base-uri 'none'; form-action 'none'", unescape.UnescapeString(policy[1]))
}

// TestPageIsFast renders as many changes as a new version of a large API has.
func TestPageIsFast(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 10000, strings.Count(html(t, reviewtest.Bad(2500)), `<li id="c-`))
}

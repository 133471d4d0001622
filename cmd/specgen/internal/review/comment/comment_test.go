package comment

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	htmlrenderer "github.com/yuin/goldmark/renderer/html"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/reviewtest"
	"github.com/ackgen/ackgen/internal/visible"
)

var github = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(htmlrenderer.WithUnsafe()))

// rendered turns Markdown into HTML, as GitHub would.
func rendered(t *testing.T, markdown string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, github.Convert([]byte(markdown), &b))
	return b.String()
}

var (
	comments = regexp.MustCompile(`<!-- -->`)
	tag      = regexp.MustCompile(`</?([a-z0-9]+)[^>]*>`)
)

// shown returns what a reader sees of HTML.
func shown(out string) string {
	return html.UnescapeString(tag.ReplaceAllString(comments.ReplaceAllString(out, ""), ""))
}

// TestProse holds that a text is shown as it is, whatever it holds, and is nothing but
// text and code.
func TestProse(t *testing.T) {
	t.Parallel()
	for _, text := range append(slices.Clone(reviewtest.Hostile), "`a``b`") {
		checkProse(t, text)
	}
}

func checkProse(t *testing.T, text string) {
	t.Helper()
	out := rendered(t, "- entry: "+prose(text))
	var want strings.Builder
	for _, s := range visible.Segments(short(text)) {
		want.WriteString(s.Text)
	}
	assert.Equal(t, strings.TrimSpace("entry: "+want.String()), strings.TrimSpace(shown(out)), "%q", prose(text))
	for _, m := range tag.FindAllStringSubmatch(out, -1) {
		assert.Contains(t, []string{"ul", "li", "code", "span"}, m[1], out)
	}
	outside := regexp.MustCompile(`<code>[^<]*</code>`).ReplaceAllString(out, "")
	assert.NotRegexp(t, `@\w|#\d|://|www\.|(?i)GH-\d`, outside, "GitHub would make a link of it")
}

func FuzzProse(f *testing.F) {
	for _, text := range reviewtest.Hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\ufffd") || strings.ToValidUTF8(text, "") != text {
			return // what a spec cannot hold
		}
		checkProse(t, text)
	})
}

// TestCode holds that code is shown as it is.
func TestCode(t *testing.T) {
	t.Parallel()
	for _, text := range append(reviewtest.Hostile, "", "`", "a`", "``a", " a ") {
		want := short(visible.Line(text))
		if want == "" {
			want = " "
		}
		out := rendered(t, "- "+code(text))
		assert.Equal(t, want, strings.Trim(shown(out), "\n"), "%q", code(text))
		assert.Equal(t, 1, strings.Count(out, "<code>"), out)
	}
}

// TestFence holds that nothing ends a block of code before its end.
func TestFence(t *testing.T) {
	t.Parallel()
	text := strings.Split(strings.Join(reviewtest.Hostile, "\n"), "\n")
	out := rendered(t, fence("diff", text)+"\nbehind\n")
	assert.Equal(t, 1, strings.Count(out, "<pre>"))
	assert.True(t, strings.HasSuffix(out, "</code></pre>\n<p>behind</p>\n"), out[len(out)-100:])
	assert.Contains(t, html.UnescapeString(out), "`` ``` ````")
}

// TestMarkdownFits holds that no comment is longer than GitHub takes, that one that is
// cut says so, and that what folds is closed.
func TestMarkdownFits(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*review.Review{
		"sample": reviewtest.Sample(), "hostile": reviewtest.Bad(30), "many": reviewtest.Bad(2500), "nothing": {Base: "a", Head: "b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := Markdown(r)
			assert.Equal(t, out, Markdown(r))
			assert.True(t, strings.HasPrefix(out, Mark))
			assert.LessOrEqual(t, len(out), Limit)
			assert.Equal(t, name == "many", strings.Contains(out, "This comment is cut"))
			page := rendered(t, out)
			assert.Equal(t, strings.Count(page, "<details>"), strings.Count(page, "</details>"))
			for _, m := range tag.FindAllStringSubmatch(page, -1) {
				assert.NotContains(t, []string{"a", "img", "script", "h1", "blockquote", "ol"}, m[1])
			}
		})
	}
}

// TestMarkdownUsesItsRoom holds that a long section does not push out the short ones, and
// takes what they leave.
func TestMarkdownUsesItsRoom(t *testing.T) {
	t.Parallel()
	r := reviewtest.Bad(2500)
	r.Changelog = "- short\n"
	out := Markdown(r)
	assert.Contains(t, out, "- short\n")
	assert.Contains(t, out, "<summary>Changes on the wire (")
	assert.Contains(t, out, "<summary>Changes of the Go packages (")
	assert.Contains(t, out, "### Breaks without approval")
	assert.Greater(t, len(out), Limit*3/4)
}

func TestShare(t *testing.T) {
	t.Parallel()
	of := func(n int) section { return section{title: "t", items: []item{{text: strings.Repeat("x", n)}}} }
	frame := of(0).size()
	left := 1000 - frame - 10
	assert.Equal(t, []int{0, frame + 10, left / 2, left - left/2}, share([]section{{}, of(10), of(5000), of(9000)}, 1000))
	assert.Equal(t, []int{frame + 1, frame + 2}, share([]section{of(1), of(2)}, 1000))
}

// TestPrintKeepsGroups holds that an entry stands below the name of its group, also when
// others have no room.
func TestPrintKeepsGroups(t *testing.T) {
	t.Parallel()
	s := section{title: "t", items: []item{{"a", "1"}, {"a", "2"}, {"b", strings.Repeat("x", 100)}, {"b", "3"}}}
	before, after := s.frame()
	text, left := s.print(len(before) + len(after) + more + 20)
	assert.Equal(t, 1, left)
	assert.Equal(t, before+"\n**a**\n\n12\n**b**\n\n3\n… and 1 more.\n"+after, text)
	text, left = s.print(len(before) + len(after))
	assert.Equal(t, 4, left)
	assert.Empty(t, text, "nothing has room")
	_, left = s.print(s.size() - 1)
	assert.Equal(t, 1, left, "the last entry lacks one character of room")
	text, left = s.print(s.size())
	assert.Zero(t, left)
	assert.Equal(t, before+"\n**a**\n\n12\n**b**\n\n"+strings.Repeat("x", 100)+"3"+after, text)
}

// TestPrintKeepsCode holds that a block of code that is cut is closed.
func TestPrintKeepsCode(t *testing.T) {
	t.Parallel()
	s := section{title: "t", language: "sh", items: []item{{text: "a\n"}, {text: "```\n"}, {text: strings.Repeat("x", 100) + "\n"}}}
	text, left := s.print(s.size() - 100)
	assert.Equal(t, 1, left)
	assert.Equal(t, "\n<details>\n<summary>t</summary>\n\n````sh\na\n```\n… and 1 more lines\n````\n\n</details>\n", text)
}

// TestMarkdownSaysEverything looks for what a reader of a pull request needs.
func TestMarkdownSaysEverything(t *testing.T) {
	t.Parallel()
	out := Markdown(reviewtest.Sample())
	for _, want := range []string{
		"**Blocked: 2 breaking changes wait for an approval.**", "**v2.0.0** (major, after `v1.2.0`)", "The change that forces it (`49646b0abd3b`): `ListNodes query state`: the parameter `state` is gone.",
		"specgen review v1.2.0 HEAD --approve FINGERPRINT --role ROLE --reason TEXT", "- `ListNodes query state`: the parameter `state` is gone. (`string` → nothing) · `49646b0abd3b`",
		"<summary>Approved breaks (1)</summary>", "Approved as maintainer: The service never sent a number.", "<summary>Changes on the wire (3)</summary>",
		"<summary>Presets touched (1)</summary>", "`ListNodes` (breaking), `AddNode` (risky)", "-\tState *string", "-  - cpu: 4", "- Operation of nodes: `RemoveNode`.",
		"<summary>Approvals that can be removed (1)</summary>", "<summary>Examples before and after (2)</summary>",
	} {
		assert.Contains(t, out, want)
	}
	assert.NotContains(t, out, "`AddNode`, request body", "an example that is the same is on the page only")
	assert.Contains(t, Markdown(&review.Review{Base: "a", Head: "b"}), "**Nothing changes for programs.**")
	r := reviewtest.Sample()
	r.Changes = r.Approved()
	assert.Contains(t, Markdown(r), "**Ready: no unapproved break.**")
}

// TestMarkdownCutsOne holds that a comment says so when a single entry has no room.
func TestMarkdownCutsOne(t *testing.T) {
	t.Parallel()
	out := Markdown(&review.Review{Base: "a", Head: "b", Declarations: []review.Declaration{
		{Package: "ack", Name: "Large", Head: strings.Repeat("x\n", Limit)}, {Package: "ack", Name: "Small", Head: "x\n"},
	}})
	assert.LessOrEqual(t, len(out), Limit)
	assert.Contains(t, out, "This comment is cut, because GitHub takes 65,536 characters: 1 entry is not shown.")
	assert.Contains(t, out, "`ack.Small`")
	assert.NotContains(t, out, "`ack.Large`")
}

// TestShort cuts what is longer than a comment shows, and nothing that fits.
func TestShort(t *testing.T) {
	t.Parallel()
	fits := strings.Repeat("ä", longest)
	assert.Equal(t, fits, short(fits))
	assert.Equal(t, fits+"…", short(fits+"b"))
}

// TestStale names the change that an approval was for, or why it was given.
func TestStale(t *testing.T) {
	t.Parallel()
	out := Markdown(&review.Review{Stale: []approval.Approval{
		{Fingerprint: "0123456789ab", Reason: "Nobody uses it.", Change: "Node.cpu is gone"}, {Fingerprint: "0123456789ac", Reason: "It never worked."},
	}})
	assert.Contains(t, out, "- `0123456789ab`: Node.cpu is gone\n- `0123456789ac`: It never worked.\n")
}

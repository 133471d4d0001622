// Package markdown parses Markdown as GitHub does, so that a file reads the same there and
// on the site, down to the names of its headings.
//
// It may import goldmark and the standard library.
package markdown

import (
	"iter"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Markdown is the dialect of GitHub: CommonMark with tables, bare addresses as links, and so on.
func Markdown(options ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append([]goldmark.Option{goldmark.WithExtensions(
		extension.Linkify, extension.Strikethrough, extension.TaskList,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), // without styles, which a policy may forbid
	)}, options...)...)
}

// A Heading is a heading of a document.
type Heading struct {
	Node  *ast.Heading
	Title string // its text without markup
	ID    string // that links end in after the #
}

// Parse parses a document and returns its headings in order.
func Parse(p parser.Parser, source []byte) (doc ast.Node, headings []Heading) {
	doc = p.Parse(text.NewReader(source))
	taken := map[string]int{}
	for n := range Nodes[*ast.Heading](doc) {
		title := Text(n, source)
		id := slug(title)
		count := taken[id]
		taken[id]++
		if count > 0 {
			id += "-" + strconv.Itoa(count)
			taken[id]++
		}
		headings = append(headings, Heading{n, title, id})
	}
	return doc, headings
}

// slug returns what GitHub makes of the text of a heading.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// Nodes returns an iterator over all nodes of a type, in the order of the document. The nodes may be changed, but not moved.
func Nodes[T ast.Node](root ast.Node) iter.Seq[T] {
	return func(yield func(T) bool) {
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // which returns the errors of this function: none
			if node, ok := n.(T); ok && entering && !yield(node) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}

// Text returns the text of a node without markup. Lines, cells and blocks are separated by one space.
func Text(root ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // as in Nodes
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Value(source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *ast.AutoLink:
			if entering {
				b.Write(n.Label(source))
			}
		default:
			if n.Type() == ast.TypeBlock {
				if lines := n.Lines(); entering && n.IsRaw() && n.Kind() != ast.KindHTMLBlock {
					b.Write(lines.Value(source))
				}
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

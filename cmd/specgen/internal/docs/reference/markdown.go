package reference

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// text takes a description apart. Names in back-ticks become links: of the fields in own,
// which are anchors of the page by name, of operations and of schemas.
func (b *builder) text(markdown string, own map[string]string) Text {
	if strings.TrimSpace(markdown) == "" {
		return nil
	}
	r := reader{source: []byte(markdown), link: func(name string) string { return b.linkOf(name, own) }}
	return r.blocks(markdownParser.Parse(text.NewReader(r.source)))
}

var markdownParser = goldmark.DefaultParser() // several builds may use it at once

// linkOf returns where a name leads, or "".
func (b *builder) linkOf(name string, own map[string]string) string {
	if anchor := own[name]; anchor != "" {
		return "#" + anchor
	}
	if b.operations[name] != nil {
		return OperationPage(name)
	}
	schema, property, _ := strings.Cut(name, ".")
	s := b.component(schema)
	switch {
	case s == nil:
		return ""
	case property == "":
		return SchemaPage(schema)
	case s.Properties[property] != nil:
		_, anchors := b.schemaAnchors(s)
		return SchemaPage(schema) + "#" + anchors[property]
	}
	return ""
}

// reader turns the tree of a Markdown text into blocks. What HTML there is in it becomes
// text.
type reader struct {
	source []byte
	link   func(name string) string
}

func (r reader) blocks(parent ast.Node) Text {
	var out Text
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.List:
			list := Block{Ordered: n.IsOrdered()}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				list.Items = append(list.Items, r.blocks(item))
			}
			out = append(out, list)
		case *ast.Blockquote:
			out = append(out, r.blocks(n)...)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			out = append(out, Block{Code: strings.TrimRight(r.lines(n), "\n")})
		case *ast.ThematicBreak:
		default:
			out = append(out, Block{Paragraph: r.spans(n, Span{Strong: n.Kind() == ast.KindHeading})})
		}
	}
	return out
}

// lines returns the text of a block that holds nothing but lines.
func (r reader) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(r.source))
	}
	return b.String()
}

// spans returns the pieces inside of a node, which look like the one around them.
func (r reader) spans(parent ast.Node, around Span) []Span {
	var out []Span
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		span := around
		switch n := n.(type) {
		case *ast.Text:
			span.Text = string(n.Value(r.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				span.Text += " "
			}
		case *ast.String:
			span.Text = string(n.Value)
		case *ast.CodeSpan:
			span.Text, span.Code = r.plain(n), true
			if span.Link == "" {
				span.Link = r.link(span.Text)
			}
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				span.Text += string(segment.Value(r.source))
			}
		case *ast.AutoLink:
			span.Text, span.Link = string(n.Label(r.source)), webAddress(string(n.URL(r.source)))
		case *ast.Link:
			span.Link = webAddress(string(n.Destination))
			out = append(out, r.spans(n, span)...)
			continue
		case *ast.Emphasis:
			span.Strong = true
			out = append(out, r.spans(n, span)...)
			continue
		default:
			out = append(out, r.spans(n, span)...)
			continue
		}
		out = join(out, span)
	}
	return out
}

// plain returns the text inside of a node.
func (r reader) plain(n ast.Node) string {
	var b strings.Builder
	for _, s := range r.spans(n, Span{}) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// join adds a span, to the last one if they look alike.
func join(spans []Span, s Span) []Span {
	if len(spans) == 0 {
		return append(spans, s)
	}
	last := &spans[len(spans)-1]
	if last.Code || s.Code || last.Strong != s.Strong || last.Link != s.Link {
		return append(spans, s)
	}
	last.Text += s.Text
	return spans
}

// webAddress returns an address if it leads to the web, else "".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}

package guide

import (
	"html/template"
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/highlight"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/markdown"
)

// page is a guide that becomes HTML, with what goldmark does not know of it.
type page struct {
	site   *site
	file   string
	ids    map[*ast.Heading]string
	images map[*ast.Image]template.HTML
}

func (p *page) markdown() goldmark.Markdown {
	return markdown.Markdown(goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(p, 0))))
}

// RegisterFuncs tells goldmark what is rendered here. What scrolls sideways can be reached by keyboard.
func (p *page) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, p.heading)
	r.Register(ast.KindFencedCodeBlock, p.fenced)
	r.Register(ast.KindCodeBlock, p.code)
	r.Register(ast.KindImage, p.image)
	r.Register(table.KindTable, p.table)
}

func (p *page) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, _ := node.(*ast.Heading) // as it is registered for, here and below
	tag, id := "h"+strconv.Itoa(n.Level), template.HTMLEscapeString(p.ids[n])
	if entering {
		_, _ = w.WriteString("<" + tag + ` id="` + id + `">`)
	} else {
		_, _ = w.WriteString(` <a class="anchor" href="#` + id + `" aria-label="Link to this section">#</a></` + tag + ">\n")
	}
	return ast.WalkContinue, nil
}

func (p *page) fenced(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, _ := node.(*ast.FencedCodeBlock)
	if entering {
		writeCode(w, string(n.Language(source)), string(n.Lines().Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func (p *page) code(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeCode(w, "text", string(node.Lines().Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func writeCode(w util.BufWriter, language, code string) {
	_, _ = w.WriteString(`<pre tabindex="0" data-language="` + template.HTMLEscapeString(language) + `"><code>`)
	_, _ = w.WriteString(string(highlight.Code(language, code)) + "</code></pre>\n")
}

func (p *page) image(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, _ := node.(*ast.Image)
	if entering {
		_, _ = w.WriteString(`<span class="diagram">` + string(p.images[n]) + `</span>`)
	}
	return ast.WalkSkipChildren, nil
}

func (p *page) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="table" tabindex="0" role="region" aria-label="Table"><table>` + "\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

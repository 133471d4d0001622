// Package highlight marks what the words of code are, so that a style sheet can color
// them. It happens when pages are made: pages need no script for it.
//
// It may import chroma and the standard library.
package highlight

import (
	_ "embed" // for the style
	"html/template"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Style colors what Code marks, in light and dark: it follows the color-scheme that the page has.
//
//go:embed highlight.css
var Style string

// lexerOf maps what stands after the fence of a block to a lexer of chroma. Any other block is text.
var lexerOf = map[string]string{
	"go": "go", "json": "json", "yaml": "yaml", "diff": "diff", "sh": "bash", "shell": "bash", "console": "console",
}

// Code returns code as HTML: its text with spans around what has a color, to put between <code> and </code>. The language is
// the word after the fence of a block in Markdown. Code of an unknown language stays without spans.
func Code(language, code string) template.HTML {
	name, known := lexerOf[language]
	if !known {
		return escaped(code)
	}
	tokens, err := chroma.Coalesce(lexers.Get(name)).Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, code)
	if err != nil {
		return escaped(code) // which shows the same, without colors
	}
	var b strings.Builder
	left := len(code)
	for token := range tokens.Stdlib() {
		text := token.Value[:min(len(token.Value), left)] // some lexers add the end of a last line
		left -= len(text)
		if class := classOf(token.Type); class != "" {
			b.WriteString(`<span class="` + class + `">` + template.HTMLEscapeString(text) + `</span>`)
			continue
		}
		b.WriteString(template.HTMLEscapeString(text))
	}
	return template.HTML(b.String()) //nolint:gosec // every text in it is escaped
}

func escaped(code string) template.HTML {
	return template.HTML(template.HTMLEscapeString(code)) //nolint:gosec // it is escaped
}

// classOf returns the class of the style sheet for a type of token. Few are enough, and make small pages: chroma knows a hundred.
func classOf(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return "hl-comment"
	case t.InCategory(chroma.Keyword), t == chroma.GenericDeleted:
		return "hl-keyword"
	case t.InSubCategory(chroma.LiteralString), t == chroma.GenericInserted:
		return "hl-string"
	case t.InCategory(chroma.Literal):
		return "hl-number"
	case t == chroma.NameFunction, t == chroma.NameBuiltin, t == chroma.NameTag, t == chroma.NameVariable:
		return "hl-name"
	case t == chroma.GenericPrompt, t == chroma.GenericOutput:
		return "hl-output"
	}
	return ""
}

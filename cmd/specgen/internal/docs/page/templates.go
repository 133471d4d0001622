package page

import (
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/highlight"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
)

//go:embed *.gohtml
var layouts embed.FS

// policy lets a page load the files of the site, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"

// parse returns the templates of pages from which root leads to the root of the site.
func parse(root string, api *reference.API) (*template.Template, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"href":      func(link string) string { return href(root, link) },
		"operation": reference.OperationPage,
		"known":     func(ids []string) []string { return known(api, ids) },
		"schema":    reference.SchemaPage,
		"godoc":     func(anchor string) string { return godoc(api.ImportPath, anchor) },
		"listed":    func(g *reference.Group, current string) bool { return listed(len(api.Operations()), g, current) },
		"lower":     strings.ToLower,
		"sentence":  sentence,
		"brief":     func(t reference.Text) string { return t[:min(1, len(t))].String() }, // where links of its page would lead nowhere
		"count":     count,
		"json":      func(code string) template.HTML { return highlight.Code("json", code) },
		"code":      codeOf,
		"go": func(m reference.GoMethod) template.HTML {
			return highlight.Code("go", "func (c *Client) "+m.Name+m.Signature)
		},
		"path":     pathParts,
		"words":    words,
		"places":   func() []string { return []string{"Path", "Query", "Header"} },
		"in":       in,
		"policy":   func() string { return policy },
		"style":    func() string { return href(root, StylePath) },
		"required": required,
		"statuses": func() map[string]string { return statusTexts },
	}).ParseFS(layouts, "*.gohtml")
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	return t, nil
}

// maxListed is how many operations the navigation lists. It stands on every page, so that
// the size of the site grows with its square.
const maxListed = 300

// listed reports whether the navigation lists the operations of a group, of all that there
// are: on the page of another group it may only lead to them.
func listed(all int, g *reference.Group, current string) bool {
	return all <= maxListed || g.Name == current && len(g.Operations) <= maxListed
}

// href returns a link as it stands on a page.
func href(root, link string) string {
	if strings.HasPrefix(link, "#") || strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") {
		return link
	}
	return root + link
}

// godoc returns the address of the documentation of a Go name, or "" for a package that
// is not published.
func godoc(importPath, anchor string) string {
	if importPath == "" {
		return ""
	}
	if anchor == "" {
		return "https://pkg.go.dev/" + importPath
	}
	return "https://pkg.go.dev/" + importPath + "#" + anchor
}

// sentence begins the first sentence of a text in upper case.
func sentence(t reference.Text) reference.Text {
	if len(t) == 0 || len(t[0].Paragraph) == 0 || t[0].Paragraph[0].Code {
		return t
	}
	out := append(reference.Text{}, t...)
	spans := append([]reference.Span{}, t[0].Paragraph...)
	runes := []rune(spans[0].Text)
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
		spans[0].Text = string(runes)
	}
	out[0].Paragraph = spans
	return out
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// codeOf marks up an example of a body.
func codeOf(contentType, text string) template.HTML {
	if strings.Contains(contentType, "json") {
		return highlight.Code("json", text)
	}
	return highlight.Code("", text)
}

// pathPart is a piece of the path of an operation: a placeholder, or what is between two.
type pathPart struct {
	Text        string
	Placeholder bool
}

// pathParts takes a path apart at its placeholders.
func pathParts(path string) []pathPart {
	var out []pathPart
	for path != "" {
		open := strings.IndexByte(path, '{')
		end := strings.IndexByte(path, '}')
		if open < 0 || end < open {
			return append(out, pathPart{Text: path})
		}
		if open > 0 {
			out = append(out, pathPart{Text: path[:open]})
		}
		out = append(out, pathPart{path[open : end+1], true})
		path = path[end+1:]
	}
	return out
}

// words takes a name apart where a line may break: before each word.
func words(name string) []string {
	var out []string
	begin := 0
	for i := 1; i < len(name); i++ {
		if unicode.IsUpper(rune(name[i])) && unicode.IsLower(rune(name[i-1])) {
			out, begin = append(out, name[begin:i]), i
		}
	}
	return append(out, name[begin:])
}

// required counts the fields that a caller must set.
func required(fields []*reference.Field) int {
	n := 0
	for _, f := range fields {
		if f.Required {
			n++
		}
	}
	return n
}

// in returns the parameters that travel in a place.
func in(place string, parameters []*reference.Field) []*reference.Field {
	var out []*reference.Field
	for _, f := range parameters {
		if strings.EqualFold(f.In, place) {
			out = append(out, f)
		}
	}
	return out
}

// statusTexts say what the badges mean.
var statusTexts = map[string]string{
	"deprecated": "The provider advises against it.",
	"legacy":     "Only older documents know it.",
	"preview":    "It may still change.",
	"removed":    "The provider's API has it no longer.",
}

// known returns those of operations that have a page.
func known(api *reference.API, ids []string) []string {
	var out []string
	for _, op := range api.Operations() {
		if slices.Contains(ids, op.ID) {
			out = append(out, op.ID)
		}
	}
	slices.Sort(out)
	return out
}

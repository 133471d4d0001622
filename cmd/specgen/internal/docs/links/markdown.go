package links

import (
	"io/fs"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/markdown"
)

// Markdown returns what is wrong with the links of the Markdown files of a repository: links to files and headings that are
// not there, and addresses without a sensible form. Folders of tools, whose names begin with a dot, and node_modules are left out.
func Markdown(files fs.FS) ([]string, error) {
	documents := map[string]*document{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".md") {
			return nil
		}
		source, err := fs.ReadFile(files, name)
		documents[name] = parseMarkdown(source)
		return err
	})
	exists := func(path string) bool { _, err := fs.Stat(files, path); return err == nil }
	return check(documents, exists), err
}

func parseMarkdown(source []byte) *document {
	out := &document{ids: map[string]bool{}}
	doc, headings := markdown.Parse(markdown.Markdown().Parser(), source)
	for _, h := range headings {
		out.ids[h.ID] = true
	}
	for l := range markdown.Nodes[*ast.Link](doc) {
		out.links = append(out.links, string(l.Destination))
	}
	for i := range markdown.Nodes[*ast.Image](doc) {
		out.links = append(out.links, string(i.Destination))
	}
	for a := range markdown.Nodes[*ast.AutoLink](doc) {
		if a.AutoLinkType == ast.AutoLinkURL {
			out.links = append(out.links, string(a.URL(source)))
		}
	}
	return out
}

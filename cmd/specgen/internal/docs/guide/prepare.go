package guide

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/markdown"
)

// prepare makes a document fit for the site: links lead to pages, images are loaded, and raw HTML is refused, but for comments,
// which are left out. All that is wrong is reported at once.
func (p *page) prepare(doc ast.Node, source []byte) error {
	var wrong []error
	for link := range markdown.Nodes[*ast.Link](doc) {
		to, err := p.site.target(p.file, string(link.Destination))
		wrong = append(wrong, err)
		link.Destination = []byte(to)
	}
	for image := range markdown.Nodes[*ast.Image](doc) {
		svg, err := p.site.diagram(p.file, string(image.Destination))
		wrong = append(wrong, err)
		p.images[image] = svg
	}
	for raw := range markdown.Nodes[*ast.RawHTML](doc) {
		wrong = append(wrong, fmt.Errorf("raw HTML is not taken: %s", raw.Segments.Value(source)))
	}
	var comments []*ast.HTMLBlock
	for raw := range markdown.Nodes[*ast.HTMLBlock](doc) {
		if raw.HTMLBlockType != ast.HTMLBlockType2 {
			wrong = append(wrong, fmt.Errorf("raw HTML is not taken: %s", raw.Lines().Value(source)))
		}
		comments = append(comments, raw)
	}
	for _, raw := range comments {
		raw.Parent().RemoveChild(raw.Parent(), raw)
	}
	return errors.Join(wrong...)
}

// described is a fragment of the spec that has a page in the reference.
var described = regexp.MustCompile(`^spec/(operations|schemas)/[^/]+/([^/]+)\.yaml$`)

// target returns where a link of a file leads on the site.
func (s *site) target(file, link string) (string, error) {
	u, err := url.Parse(link)
	if err != nil {
		return "", fmt.Errorf("link %q: %w", link, err)
	}
	switch {
	case u.Scheme == "https" && u.Host != "", u.Scheme == "" && u.Host == "" && u.Path == "" && u.Fragment != "":
		return link, nil
	case u.Scheme != "", u.Host != "", u.RawQuery != "", u.Path == "", path.IsAbs(u.Path):
		return "", fmt.Errorf("link %q: it must begin with https:, be a relative path, or name a heading", link)
	}
	to := path.Join(path.Dir(file), u.Path)
	if _, err := fs.Stat(s.files, to); err != nil {
		return "", fmt.Errorf("link %q: there is no file %s", link, to)
	}
	fragment := ""
	if u.Fragment != "" {
		fragment = "#" + u.EscapedFragment()
	}
	if name, ok := s.pages[to]; ok {
		return name + ".html" + fragment, nil
	}
	if m := described.FindStringSubmatch(to); m != nil {
		return "../" + m[1] + "/" + m[2] + ".html", nil
	}
	return s.repository + "/" + (&url.URL{Path: strings.TrimSuffix(to, "/")}).EscapedPath() + fragment, nil
}

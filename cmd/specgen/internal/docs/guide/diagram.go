package guide

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// What a diagram may be made of. Nothing of it runs or loads anything.
var (
	elements   = []string{"svg", "title", "desc", "style", "g", "rect", "path", "circle", "text", "tspan"}
	attributes = []string{
		"xmlns", "viewBox", "role", "aria-labelledby", "id", "class", "width", "height", "transform", "text-anchor",
		"x", "y", "rx", "cx", "cy", "r", "d",
	}
)

// diagram returns the image that a file shows, to stand in the page itself: there it has the colors of the page and a text that can
// be selected. Its own style is left out, as it is for where the image stands alone.
func (s *site) diagram(file, image string) (template.HTML, error) {
	text, err := fs.ReadFile(s.files, path.Join(path.Dir(file), image))
	if err != nil {
		return "", fmt.Errorf("image %q: %w", image, err)
	}
	out, err := inline(text)
	if err != nil {
		return "", fmt.Errorf("image %q: %w", image, err)
	}
	return template.HTML(out), nil //nolint:gosec // inline knows all its elements and attributes
}

func inline(svg []byte) ([]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	var out []byte
	style := false
	for {
		from := decoder.InputOffset()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return bytes.TrimSpace(out), nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := harmless(token); err != nil {
				return nil, err
			}
			style = token.Name.Local == "style"
		case xml.EndElement:
			if style {
				style = false
				continue
			}
		case xml.CharData:
		default:
			return nil, errors.New("it must have no instructions and no comments")
		}
		if !style {
			out = append(out, svg[from:decoder.InputOffset()]...)
		}
	}
}

func harmless(e xml.StartElement) error {
	if !slices.Contains(elements, e.Name.Local) {
		return fmt.Errorf("the element %s is not taken", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !slices.Contains(attributes, a.Name.Local) || a.Name.Space != "" || strings.Contains(a.Value, "url(") {
			return fmt.Errorf("the attribute %s is not taken", a.Name.Local)
		}
	}
	return nil
}

package links

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Site returns what is wrong with the links of a site, whose files it gets by their paths: links to files and places that are
// not there, addresses without a sensible form, and names that several elements of a page have. It is empty for a good site.
func Site(files map[string][]byte) []string {
	var findings []string
	pages := map[string]*document{}
	for name, content := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		page, problems := parsePage(content)
		pages[name] = page
		for _, problem := range problems {
			findings = append(findings, name+": "+problem)
		}
	}
	exists := func(path string) bool { _, ok := files[path]; return ok }
	return append(findings, check(pages, exists)...)
}

// named are the attributes whose value is a list of names of the same page.
var named = map[string]bool{"for": true, "aria-labelledby": true, "aria-describedby": true, "aria-controls": true}

// parsePage returns the places and links of a page.
func parsePage(content []byte) (page *document, problems []string) {
	page = &document{ids: map[string]bool{"top": true}} // which browsers know in every page
	decoder := xml.NewDecoder(bytes.NewReader(content))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return page, problems
		}
		if err != nil {
			return page, append(problems, fmt.Sprintf("this is no page: %v", err))
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range element.Attr {
			switch name := a.Name.Local; {
			case name == "id":
				if page.ids[a.Value] {
					problems = append(problems, fmt.Sprintf("several elements are called %q", a.Value))
				}
				page.ids[a.Value] = true
			case name == "href", name == "src":
				page.links = append(page.links, a.Value)
			case named[name]:
				for place := range strings.FieldsSeq(a.Value) {
					page.links = append(page.links, "#"+place)
				}
			}
		}
	}
}

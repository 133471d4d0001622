// Package docs builds the site of a spec: a reference of all operations and schemas,
// with guides, code and search where it is given them.
//
// It may import its subpackages, specgen's terms, the generator's load and model, go.yaml.in/yaml/v3 and
// the standard library.
package docs

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/asset"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/guide"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/highlight"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/history"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/page"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/search"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/snippet"
	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
)

// Input is what a site is made of. All but the document and its model may be missing:
// what has no data is left out.
type Input struct {
	Document *load.Document
	API      *model.API
	// Sources is sources.yaml, which explains what the spec cites.
	Sources *yaml.Node
	// Guides are groups of guides in the order of the navigation.
	Guides []guide.Group
	// History is what changed from release to release.
	History *history.History
	// Terms are words that readers search for and the spec does not use.
	Terms []terms.Term
}

// Build returns the files of the site by their paths. Equal input gives equal bytes.
func Build(in Input) (map[string][]byte, error) {
	site := page.Site{API: reference.Build(in.Document, in.API, in.Sources), HeadScripts: []string{assets + asset.Theme}}
	for _, name := range asset.Scripts() {
		site.Scripts = append(site.Scripts, assets+name)
	}
	for _, g := range in.Guides {
		site.Guides = append(site.Guides, guides(g))
	}
	if in.History != nil {
		in.History.Annotate(site.API)
		site.Releases = in.History.Releases
	}
	var err error
	if site.Snippets, err = snippets(in.Document, in.API); err != nil {
		return nil, err
	}
	files, err := page.Build(site)
	if err != nil {
		return nil, err
	}
	scripts, err := asset.Files()
	if err != nil {
		return nil, err
	}
	for name, data := range scripts {
		files[assets+name] = data
	}
	if files[assets+search.FileName], err = search.Index(search.Input{API: site.API, Guides: append(found(site.Guides), changes(site.Releases)), Terms: in.Terms}); err != nil {
		return nil, err
	}
	files[page.StylePath] = []byte(page.Style + guide.Style)
	return files, nil
}

// guides turns a group of guides into what pages show.
func guides(g guide.Group) page.GuideGroup {
	out := page.GuideGroup{Title: g.Title}
	for _, from := range g.Guides {
		to := page.Guide{Name: from.Name, Title: from.Title, Summary: from.Summary, Body: from.Body}
		for _, h := range from.Headings {
			to.Headings = append(to.Headings, page.Heading{ID: h.ID, Title: h.Title, Level: h.Level})
		}
		out.Guides = append(out.Guides, to)
	}
	return out
}

// found says what of the guides can be found.
func found(groups []page.GuideGroup) []search.Guide {
	var out []search.Guide
	for _, g := range groups {
		for _, from := range g.Guides {
			to := search.Guide{Page: from.Page(), Title: from.Title, Summary: from.Summary}
			for _, h := range from.Headings {
				to.Headings = append(to.Headings, search.Heading{ID: h.ID, Title: h.Title})
			}
			out = append(out, to)
		}
	}
	return out
}

// changes says what of the page of changes can be found.
func changes(releases []history.Release) search.Guide {
	out := search.Guide{Page: "changes.html", Title: "Changes", Summary: "What changed in the API from release to release."}
	for _, r := range releases {
		out.Headings = append(out.Headings, search.Heading{ID: r.Version, Title: r.Version})
	}
	return out
}

// snippets returns the code that calls each operation, by id. Programs in Go need a client
// that they can import.
func snippets(doc *load.Document, api *model.API) (map[string][]page.Snippet, error) {
	writer := snippet.New(doc, api)
	out := map[string][]page.Snippet{}
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			set, err := writer.Of(op)
			if err != nil {
				return nil, fmt.Errorf("write the code of %s: %w", op.Action, err)
			}
			var all []page.Snippet
			if api.ImportPath != "" {
				all = inLanguage("Go", "go", set.Go)
			}
			out[op.Action] = append(all, inLanguage("curl", "sh", set.Curl)...)
		}
	}
	return out, nil
}

// inLanguage marks up code. Where there is one piece of code in a language, the name of the
// language says enough.
func inLanguage(name, language string, from []snippet.Snippet) []page.Snippet {
	var out []page.Snippet
	for _, s := range from {
		to := page.Snippet{Language: name, Title: s.Title, Code: highlight.Code(language, s.Code)}
		if len(from) == 1 {
			to.Title = ""
		}
		out = append(out, to)
	}
	return out
}

// assets is the folder of scripts and the style.
const assets = "assets/"

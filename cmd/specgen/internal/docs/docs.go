// Package docs builds the site of a spec: a reference of all operations and schemas,
// with guides, code and search where it is given them.
//
// It may import its subpackages, the generator's load and model, go.yaml.in/yaml/v3 and
// the standard library.
package docs

import (
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/asset"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/page"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
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
}

// Build returns the files of the site by their paths. Equal input gives equal bytes.
func Build(in Input) (map[string][]byte, error) {
	site := page.Site{API: reference.Build(in.Document, in.API, in.Sources), HeadScripts: []string{assets + asset.Theme}}
	for _, name := range asset.Scripts() {
		site.Scripts = append(site.Scripts, assets+name)
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
	files[page.StylePath] = []byte(page.Style)
	return files, nil
}

// assets is the folder of scripts and the style.
const assets = "assets/"

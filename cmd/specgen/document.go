package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// document is the spec that validate, lint and list work on.
type document struct {
	name     string
	dir      string // the folder of the settings
	data     []byte
	folder   fs.FS     // of the files that the document refers to; nil when it was assembled
	tree     *oas.Node // nil when the document cannot be read
	files    yamlsrc.Files
	locate   func(diag.Pos) diag.Pos // leads to what people edit
	findings []diag.Finding
	// whole is false when findings left holes in the document.
	whole bool
	// fragments is true when the document was assembled from fragments.
	fragments bool
}

// document assembles the fragments of the folder that --spec names, or reads the
// document if it is a file.
func (a app) document() (*document, error) {
	spec, err := bundle.Locate(a.Spec)
	if err != nil {
		return nil, err
	}
	if spec.IsFile {
		return read(spec)
	}
	return assemble(spec)
}

func read(spec bundle.Spec) (*document, error) {
	data, err := os.ReadFile(spec.File)
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	name := filepath.ToSlash(spec.File)
	d := &document{
		name: name, dir: spec.Dir, data: data, folder: spec.Folder(), files: yamlsrc.Files{},
		locate: func(p diag.Pos) diag.Pos { return p },
	}
	var list diag.List
	if root := d.files.Parse(name, data, &list); root != nil && root.Kind != yaml.MappingNode {
		list.Addf(d.files.Pos(root), yamlsrc.CodeForm, "", "the document must hold a mapping")
	} else if root != nil {
		d.tree = oas.New(oas.Document, "", root)
		if src := load.Read(name, data, d.folder, new(diag.List)); src != nil { // Load reports what is wrong with it
			d.tree, d.files = src.Tree, src.Files
		}
	}
	d.findings = list.Sorted()
	d.whole = len(d.findings) == 0
	return d, nil
}

func assemble(spec bundle.Spec) (*document, error) {
	b, err := bundle.Build(spec.Dir)
	if err != nil {
		return nil, err
	}
	return &document{
		name: filepath.ToSlash(spec.Dir), dir: spec.Dir, data: b.YAML, tree: b.Tree, files: b.Files, findings: b.Findings,
		whole: b.Tree != nil && b.Whole(), fragments: true,
		locate: func(p diag.Pos) diag.Pos {
			pos, ok := b.Source(p.Line, p.Col)
			if !ok {
				return diag.Pos{File: filepath.ToSlash(filepath.Join(spec.Dir, "root.yaml")), Line: 1, Col: 1}
			}
			return pos
		},
	}, nil
}

// atSource moves findings about the text of the document to the positions in the
// fragments, which people edit.
func (d *document) atSource(findings []diag.Finding) []diag.Finding {
	for i := range findings {
		f := &findings[i]
		f.Pos = d.locate(f.Pos)
		f.Notes = slices.Clone(f.Notes)
		for j := range f.Notes {
			f.Notes[j].Pos = d.locate(f.Notes[j].Pos)
		}
	}
	return findings
}

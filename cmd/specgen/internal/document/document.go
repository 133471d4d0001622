// Package document reads the spec that the commands work on: the fragments of a
// folder, put together in memory, or one OpenAPI document.
//
// It may import cmd/internal/bundle, the generator's diag, load, oas and yamlsrc, and
// go.yaml.in/yaml/v3.
package document

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Document is a spec.
type Document struct {
	// Name is what messages call it.
	Name string
	// Dir is the folder of the settings.
	Dir string
	// Data is the text: of the file, or of the bundle that the fragments make.
	Data []byte
	// Folder holds the files that the document refers to. It is nil when it was
	// assembled.
	Folder fs.FS
	// Tree is nil when the document cannot be read.
	Tree *oas.Node
	// Files tells the file of every node of the tree.
	Files yamlsrc.Files
	// Findings tell what is wrong with the text and the fragments.
	Findings []diag.Finding
	// Whole is false when findings left holes in the document.
	Whole bool
	// Fragments is true when the document was assembled from fragments.
	Fragments bool

	locate func(diag.Pos) diag.Pos // leads to what people edit
}

// Open assembles the fragments of a folder, or reads the document if path is a file.
// The error is about reading; what is wrong with the document is in its findings.
func Open(path string) (*Document, error) { return OpenAs(path, filepath.ToSlash(path)) }

// OpenAs is Open for a document that messages and positions call by another name than
// its path, because it is a copy.
func OpenAs(path, name string) (*Document, error) {
	spec, err := bundle.Locate(path)
	if err != nil {
		return nil, err
	}
	if spec.IsFile {
		return read(spec, name)
	}
	return assemble(spec, name)
}

func read(spec bundle.Spec, name string) (*Document, error) {
	data, err := os.ReadFile(spec.File)
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	d := &Document{
		Name: name, Dir: spec.Dir, Data: data, Folder: spec.Folder(), Files: yamlsrc.Files{},
		locate: func(p diag.Pos) diag.Pos { return p },
	}
	var list diag.List
	if root := d.Files.Parse(name, data, &list); root != nil && root.Kind != yaml.MappingNode {
		list.Addf(d.Files.Pos(root), yamlsrc.CodeForm, "", "the document must hold a mapping")
	} else if root != nil {
		d.Tree = oas.New(oas.Document, "", root)
		if src := load.Read(name, data, d.Folder, new(diag.List)); src != nil { // Load reports what is wrong with it
			d.Tree, d.Files = src.Tree, src.Files
		}
	}
	d.Findings = list.Sorted()
	d.Whole = len(d.Findings) == 0
	return d, nil
}

func assemble(spec bundle.Spec, name string) (*Document, error) {
	b, err := bundle.Build(spec.Dir)
	if err != nil {
		return nil, err
	}
	dir := filepath.ToSlash(spec.Dir)
	named := func(p diag.Pos) diag.Pos {
		if rest, ok := strings.CutPrefix(p.File, dir); ok {
			p.File = name + rest
		}
		return p
	}
	return &Document{
		Name: name, Dir: spec.Dir, Data: b.YAML, Tree: b.Tree, Files: b.Files, Findings: moved(b.Findings, named),
		Whole: b.Tree != nil && b.Whole(), Fragments: true,
		locate: func(p diag.Pos) diag.Pos {
			pos, ok := b.Source(p.Line, p.Col)
			if !ok {
				return diag.Pos{File: name + "/root.yaml", Line: 1, Col: 1}
			}
			return named(pos)
		},
	}, nil
}

// AtSource moves findings about the text of the document to the positions in the
// fragments, which people edit.
func (d *Document) AtSource(findings []diag.Finding) []diag.Finding { return moved(findings, d.locate) }

// moved gives findings other positions.
func moved(findings []diag.Finding, to func(diag.Pos) diag.Pos) []diag.Finding {
	for i := range findings {
		f := &findings[i]
		f.Pos = to(f.Pos)
		f.Notes = slices.Clone(f.Notes)
		for j := range f.Notes {
			f.Notes[j].Pos = to(f.Notes[j].Pos)
		}
	}
	return findings
}

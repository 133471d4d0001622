// Package load reads an OpenAPI document and hands it on only when it is
// sound: parsed, with every reference resolved, and valid.
//
// It may import kin-openapi, go.yaml.in/yaml/v3, its own subpackages and
// generator/diag.
package load

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/validate"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// CodeSibling marks a key beside a reference. OpenAPI 3.0 ignores such keys, and
// the generator drops nothing in silence.
const CodeSibling = "GEN001"

// Document is a sound document that knows the positions of its objects and keys.
type Document struct {
	*openapi3.T

	// File is how findings call the document.
	File string

	source *Source
}

// Tree returns the objects of the document, with those of the files that it refers to.
// It must not be changed.
func (d *Document) Tree() *oas.Node { return d.source.Tree }

// Pos returns the position of a node of the tree.
func (d *Document) Pos(n *yaml.Node) diag.Pos { return d.source.Files.Pos(n) }

// NodeAt returns the node of the tree that begins at a line and column which kin-openapi
// tells, or nil. Where a mapping begins with its first key, it is the key.
func (d *Document) NodeAt(line, col int) *yaml.Node {
	n := d.source.positions.At(line, col, "")
	for n != nil && n.Kind == yaml.MappingNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	return n
}

// Locate returns the position of a key below an object. It follows the path of keys
// as deep as it leads, and returns the position of the object itself when it leads
// nowhere. A number in the path is an index of a list. Unlike Origin, Locate finds
// keys of extensions, too, and it knows the files that the document refers to.
func (d *Document) Locate(o *openapi3.Origin, path ...string) diag.Pos {
	if o == nil || o.Key == nil {
		return diag.Pos{File: d.File}
	}
	at := d.source.positions.At(o.Key.Line, o.Key.Column, o.Key.Name)
	if at == nil {
		return diag.Pos{File: d.File, Line: o.Key.Line, Col: o.Key.Column}
	}
	for _, name := range path {
		key := d.source.positions.Below(at, name)
		if key == nil {
			break
		}
		at = key
	}
	return d.source.Files.Pos(at)
}

// Number returns the number at the end of a path of keys below an object as it stands
// in the document, in plain decimal digits. It returns "" when there is none.
// kin-openapi keeps numbers as float64, in which large ones lose their last digits.
func (d *Document) Number(o *openapi3.Origin, path ...string) string {
	return yamlsrc.Number(d.Value(o, path...))
}

// Text returns the scalar below a key of an object, or "". Unlike kin-openapi, it
// finds keys that stand beside a reference.
func (d *Document) Text(o *openapi3.Origin, key string) string {
	if v := d.Value(o, key); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

// Value returns the node that a path of keys leads to from an object, or nil. It must not
// be changed.
func (d *Document) Value(o *openapi3.Origin, path ...string) *yaml.Node {
	if o == nil || o.Key == nil {
		return nil
	}
	at := d.source.positions.At(o.Key.Line, o.Key.Column, o.Key.Name)
	for _, name := range path {
		if at = d.source.positions.Below(at, name); at == nil {
			return nil
		}
	}
	if v := d.source.positions.ValueOf(at); v != nil {
		return v
	}
	return at // the item of a list
}

// LocateRoot is Locate from the document itself on.
func (d *Document) LocateRoot(path ...string) diag.Pos {
	at := d.source.positions.Root()
	pos := d.source.Files.Pos(at)
	for _, name := range path {
		key, value := yamlsrc.Get(at, name)
		if key == nil {
			break
		}
		at, pos = value, d.source.Files.Pos(key)
	}
	return pos
}

// Load parses and validates data, the content of a spec that findings call file, and
// what it refers to in its folder, as [Read] does. It reports everything that is wrong
// to diags and returns nil when anything is.
func Load(ctx context.Context, file string, data []byte, folder fs.FS, diags *diag.List) *Document {
	src := Read(file, data, folder, diags)
	if src == nil {
		return nil
	}
	if !diags.Sound() {
		src.text = nil // references lead nowhere
	}
	doc, findings := validate.Document(ctx, src.text, src.Tree, src.Files, src.positions)
	for _, f := range findings {
		diags.Add(f)
	}
	checkSiblings(src.Files, src.Tree, diags)
	checkExtensions(src.Files, src.Tree, diags)
	if !diags.Sound() {
		return nil
	}
	return &Document{T: doc, File: file, source: src}
}

// BesideReference are the keys beside a reference whose meaning reaches the field that
// the reference stands for, although OpenAPI 3.0 ignores them.
var BesideReference = []string{"description", "summary", "nullable", "deprecated"}

// checkSiblings reports what stands beside references. OpenAPI 3.0 ignores it, and so
// does the generator but for texts; an extension of ours was meant to have an effect.
func checkSiblings(files yamlsrc.Files, doc *oas.Node, diags *diag.List) {
	for n := range doc.All() {
		ref := n.RefNode()
		if ref == nil {
			continue
		}
		for key := range yamlsrc.Pairs(n.Value) {
			if key.Value == "$ref" || slices.Contains(BesideReference, key.Value) {
				continue
			}
			diags.Add(diag.Finding{
				Pos: files.Pos(key), Code: CodeSibling, Warning: !strings.HasPrefix(key.Value, extensionPrefix), Subject: n.Subject(), Message: "the key " + key.Value + " stands beside $ref, where OpenAPI 3.0 ignores it",
				Fix: "move it into " + ref.Value,
			})
		}
	}
}

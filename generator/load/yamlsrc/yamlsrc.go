// Package yamlsrc reads YAML files into node trees that remember where every
// node came from, and turns what is wrong with the YAML itself into findings.
//
// It may import generator/diag, go.yaml.in/yaml/v3 and the standard library. The
// generator and specgen read every file through it.
package yamlsrc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
)

// Codes of the findings of this package.
const (
	CodeSyntax       = "ACK001"
	CodeDuplicateKey = "ACK002"
	CodeForm         = "ACK003"
)

// Files maps nodes to the file that they were read from.
type Files map[*yaml.Node]string

// Pos returns the position of a node. It has no line for nodes that no file
// holds, and is the zero Pos for a nil node.
func (f Files) Pos(n *yaml.Node) diag.Pos {
	if n == nil {
		return diag.Pos{}
	}
	return diag.Pos{File: f[n], Line: n.Line, Col: n.Column}
}

// Parse reads one YAML document. It adds findings and returns nil when the text is
// not YAML, or holds what JSON has not: a second document, anchors and aliases,
// keys that are not texts, infinite numbers. Duplicate keys are findings too, but
// the tree is still returned.
func (f Files) Parse(path string, data []byte, l *diag.List) *yaml.Node {
	if !utf8.Valid(data) {
		l.Addf(invalidUTF8(path, data), CodeSyntax, "", "%s", encoding(data))
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(AsYAML(data)))
	var doc, next yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		l.Add(empty(path))
		return nil
	} else if err != nil {
		l.Add(fault(path, data, err))
		return nil
	}
	switch err := dec.Decode(&next); {
	case errors.Is(err, io.EOF):
	case err != nil:
		l.Add(fault(path, data, err))
		return nil
	default:
		l.Addf(diag.Pos{File: path, Line: next.Line, Col: next.Column}, CodeForm, "",
			"a second YAML document starts here: readers ignore it")
		return nil
	}
	root := doc.Content[0]
	if root.ShortTag() == "!!null" {
		l.Add(empty(path))
		return nil
	}
	if !f.adopt(path, root, 1, l) {
		return nil
	}
	return root
}

func empty(path string) diag.Finding {
	return diag.Finding{Pos: diag.Pos{File: path, Line: 1, Col: 1}, Code: CodeForm, Message: "the file is empty", Fix: "fill it or remove it"}
}

// maxDepth bounds how deep a document is nested: no API needs it, and the time that validation takes grows with the square of it.
const maxDepth = 500

// adopt registers the tree and reports what is not accepted in it.
func (f Files) adopt(path string, n *yaml.Node, depth int, l *diag.List) bool {
	f[n] = path
	if depth > maxDepth {
		l.Addf(f.Pos(n), CodeForm, "", "this is nested deeper than %d levels", maxDepth)
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		l.Addf(f.Pos(n), CodeForm, "", "anchors and aliases are not supported: write the value out or move it to a fragment")
		return false
	}
	if f, ok := number(n); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		l.Addf(diag.Pos{File: path, Line: n.Line, Col: n.Column}, CodeForm, "", "JSON has no number %s", n.Value)
		return false
	}
	ok := true
	for _, c := range n.Content {
		ok = f.adopt(path, c, depth+1, l) && ok
	}
	if n.Kind != yaml.MappingNode {
		return ok
	}
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!null" {
			l.Addf(f.Pos(key), CodeForm, "", "a mapping key must be a text")
			ok = false
			continue
		}
		if first := seen[key.Value]; first != nil {
			l.Add(diag.Finding{
				Pos: f.Pos(key), Code: CodeDuplicateKey, Message: fmt.Sprintf("key %q occurs twice in one mapping", key.Value),
				Notes: []diag.Note{{Pos: f.Pos(first), Message: "first here"}},
			})
			continue
		}
		seen[key.Value] = key
	}
	return ok
}

// number returns the value of a floating-point number.
func number(n *yaml.Node) (value float64, ok bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!float" {
		return 0, false
	}
	err := n.Decode(&value)
	return value, err == nil
}

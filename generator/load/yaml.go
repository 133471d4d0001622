package load

import (
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
)

var yamlLine = regexp.MustCompile(`line (\d+): `)

// parse returns the root mapping of a YAML document, or nil after a finding.
// The OpenAPI loader would find the same faults without saying where.
func parse(file string, data []byte, diags *diag.List) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		pos, msg := diag.Pos{File: file}, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatchIndex(msg); m != nil {
			pos.Line, _ = strconv.Atoi(msg[m[2]:m[3]])
			pos.Col = 1
			msg = msg[:m[0]] + msg[m[1]:]
		}
		diags.Addf(pos, CodeSyntax, "", "not YAML: %s", oneLine(msg))
		return nil
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		diags.Addf(diag.Pos{File: file, Line: 1, Col: 1}, CodeSyntax, "", "not an OpenAPI document: the root is no mapping")
		return nil
	}
	checkKeys(file, doc.Content[0], diags)
	return doc.Content[0]
}

// checkKeys reports keys that stand twice in one mapping.
func checkKeys(file string, n *yaml.Node, diags *diag.List) {
	if n.Kind == yaml.MappingNode {
		first := map[string]*yaml.Node{}
		for i := 0; i < len(n.Content); i += 2 {
			k := n.Content[i]
			if prev, dup := first[k.Value]; dup {
				diags.Add(diag.Finding{
					Pos: at(file, k), Code: CodeSyntax, Message: "the key " + strconv.Quote(k.Value) + " stands twice in one mapping",
					Notes: []diag.Note{{Pos: at(file, prev), Message: "the first one is here"}},
				})
				continue
			}
			first[k.Value] = k
		}
	}
	for _, c := range n.Content {
		checkKeys(file, c, diags)
	}
}

// checkRefs reports references that lead nowhere or out of the file, and keys
// beside a reference: OpenAPI 3.0 ignores these, and nothing may be dropped in
// silence.
func checkRefs(file string, root *yaml.Node, diags *diag.List) {
	var walk func(n *yaml.Node, names bool)
	walk = func(n *yaml.Node, names bool) {
		if n.Kind != yaml.MappingNode {
			for _, c := range n.Content {
				walk(c, false)
			}
			return
		}
		for i := 0; i < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			switch {
			case names:
				walk(v, false)
			case k.Value == "$ref" && v.Kind == yaml.ScalarNode:
				checkRef(file, root, n, v, diags)
			case !holdsData[k.Value]:
				walk(v, holdsNames[k.Value])
			}
		}
	}
	walk(root, false)
}

// holdsData are the keys under which "$ref" is data and no reference.
var holdsData = map[string]bool{"example": true, "examples": true, "default": true, "enum": true, "value": true}

// holdsNames are the keys of mappings whose own keys are chosen by the author,
// so that a property may be called "default".
var holdsNames = map[string]bool{
	"properties": true, "schemas": true, "parameters": true, "responses": true, "requestBodies": true, "headers": true,
	"paths": true, "content": true, "securitySchemes": true, "variables": true,
}

func checkRef(file string, root, holder, ref *yaml.Node, diags *diag.List) {
	pointer, local := strings.CutPrefix(ref.Value, "#/")
	if !local {
		diags.Addf(at(file, ref), CodeRef, "", "the reference %q leaves this file; bundle the spec first", ref.Value)
		return
	}
	if !resolves(root, strings.Split(pointer, "/")) {
		diags.Addf(at(file, ref), CodeRef, "", "the reference %q leads nowhere", ref.Value)
	}
	for i := 0; i < len(holder.Content); i += 2 {
		if k := holder.Content[i]; k.Value != "$ref" {
			diags.Addf(at(file, k), CodeRef, "", "%q stands beside $ref, where OpenAPI 3.0 ignores it; move it to the referenced place", k.Value)
		}
	}
}

func resolves(n *yaml.Node, path []string) bool {
	for _, step := range path {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		if n = child(n, step); n == nil {
			return false
		}
	}
	return true
}

func child(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func at(file string, n *yaml.Node) diag.Pos {
	return diag.Pos{File: file, Line: n.Line, Col: n.Column}
}

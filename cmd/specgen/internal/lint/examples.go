package lint

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

var exampleRules = []Rule{
	{"ACK150", false, checkMasks},
	{"ACK151", false, checkBodyExample},
	{"ACK152", false, checkResponseExample},
	{"ACK153", false, checkExampleKeys},
}

// values returns the nodes of all examples, defaults and enums of an object.
func values(o *oas.Node) []*yaml.Node {
	var out []*yaml.Node
	switch o.Kind {
	case oas.Schema:
		for _, key := range []string{"example", "default", "enum"} {
			if v := o.Get(key); v != nil {
				out = append(out, v)
			}
		}
	case oas.Parameter, oas.MediaType:
		if v := o.Get("example"); v != nil {
			out = append(out, v)
		}
	case oas.Example:
		if v := o.Get("value"); v != nil {
			out = append(out, v)
		}
	}
	return out
}

func checkMasks(p *pass) {
	for o := range p.doc.All() {
		for _, v := range values(o) {
			eachScalar(v, func(s *yaml.Node) {
				if strings.Contains(s.Value, "**") {
					p.report(s, o, "an example of %s holds a mask of asterisks", label(o))
				}
			})
		}
	}
}

func eachScalar(n *yaml.Node, visit func(*yaml.Node)) {
	if n.Kind == yaml.ScalarNode {
		visit(n)
	}
	for _, c := range n.Content {
		eachScalar(c, visit)
	}
}

func checkBodyExample(p *pass) {
	for body := range p.doc.Of(oas.RequestBody) {
		for mt := range body.In("content") {
			if !hasExample(mt) && !p.isBinary(mt) {
				p.report(mt.Key, mt, "the request body has no example")
			}
		}
	}
}

func checkResponseExample(p *pass) {
	for r := range p.doc.Of(oas.Response) {
		if !isComponent(r) && !strings.HasPrefix(r.Name, "2") {
			continue
		}
		for mt := range r.In("content") {
			if !hasExample(mt) && !p.isBinary(mt) {
				p.report(mt.Key, mt, "%s has no example", label(r))
			}
		}
	}
}

// isBinary reports whether a body is bytes, of which YAML can hold no example.
func (p *pass) isBinary(mt *oas.Node) bool {
	schema := mt.Child("schema")
	if schema == nil {
		return false
	}
	s := p.deref(schema)
	return s != nil && s.Text("format") == "binary"
}

func checkExampleKeys(p *pass) {
	for o := range p.doc.Of(oas.Parameter, oas.MediaType) {
		schema := o.Child("schema")
		if schema == nil {
			continue
		}
		if v := o.Get("example"); v != nil {
			p.exampleKeys(o, schema, v)
		}
		for e := range o.In("examples") {
			if v := e.Get("value"); v != nil {
				p.exampleKeys(o, schema, v)
			}
		}
	}
	for _, s := range p.schemas() {
		if v := s.Get("example"); v != nil {
			p.exampleKeys(s, s, v)
		}
	}
}

func (p *pass) exampleKeys(o, schema *oas.Node, v *yaml.Node) {
	s := p.deref(schema)
	if s == nil {
		return
	}
	switch {
	case v.Kind == yaml.SequenceNode && s.Child("items") != nil:
		for _, item := range v.Content {
			p.exampleKeys(o, s.Child("items"), item)
		}
	case v.Kind == yaml.MappingNode && s.Child("additionalProperties") != nil:
		for _, value := range yamlsrc.Pairs(v) {
			p.exampleKeys(o, s.Child("additionalProperties"), value)
		}
	case v.Kind == yaml.MappingNode && s.Has("properties"):
		p.exampleProperties(o, s, v)
	}
}

func (p *pass) exampleProperties(o, s *oas.Node, v *yaml.Node) {
	properties := s.Get("properties")
	for key, value := range yamlsrc.Pairs(v) {
		if yamlsrc.Value(properties, key.Value) == nil {
			var names []string
			for name := range yamlsrc.Pairs(properties) {
				names = append(names, name.Value)
			}
			hint := spell.Hint(key.Value, names)
			p.report(key, o, "an example has the key %q, which schema %s does not know%s", key.Value, s.Subject(), hint)
			continue
		}
		for prop := range s.In("properties") {
			if prop.Name == key.Value {
				p.exampleKeys(o, prop, value)
			}
		}
	}
}

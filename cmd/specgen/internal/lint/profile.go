package lint

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var profileRules = []Rule{{"ACK144", false, checkProfile}}

// checkProfile reports what OpenAPI and the generator allow and this project leaves
// out, so that every spec file reads the same and shows a review all that changes.
func checkProfile(p *pass) {
	for n := range p.doc.All() {
		switch {
		case n.IsRef():
			p.besideReference(n)
		case n.Kind == oas.Schema:
			p.profileOfSchema(n)
		case n.Kind == oas.Parameter:
			p.profileOfParameter(n)
		case n.Kind == oas.RequestBody:
			p.profileOfBody(n)
		case n.Kind == oas.Response:
			p.mediaTypes(n, "application/json", "text/plain")
		case n.Kind == oas.Operation:
			p.without(n, "security", "servers", "callbacks")
		}
	}
}

// besideReference reports the texts beside a reference, which OpenAPI 3.0 ignores. The
// generator reports all other keys.
func (p *pass) besideReference(n *oas.Node) {
	for _, key := range load.BesideReference {
		if at := n.KeyOf(key); at != nil {
			p.report(at, n, "the key %s stands beside $ref, where OpenAPI 3.0 ignores it", key)
		}
	}
}

// formats are the formats of each type that have a meaning in Go.
var formats = map[string][]string{"string": {"date-time"}, "integer": {"int32", "int64"}, "number": {"float", "double"}}

func (p *pass) profileOfSchema(s *oas.Node) {
	for key := range yamlsrc.Pairs(s.Value) {
		if _, known := keywords[key.Value]; !known && !isExtension(key.Value) {
			p.report(key, s, "%s uses %s, which this project leaves out", label(s), key.Value)
		}
	}
	typ := s.Text("type")
	if format := s.Get("format"); format != nil && formats[typ] != nil && !slices.Contains(formats[typ], format.Value) {
		p.report(format, s, "%s has the format %q, which Go does not show", label(s), format.Value)
	}
	if s.Has("enum") && typ != "string" {
		p.report(s.KeyOf("enum"), s, "%s lists values of another type than string", label(s))
	}
	if !s.Has("properties") {
		return
	}
	if !isComponent(s) {
		p.report(s.Start(), s, "%s is an object without a name", label(s))
	}
	if s.Has("additionalProperties") {
		p.report(s.KeyOf("additionalProperties"), s, "%s has both properties and additionalProperties", label(s))
	}
}

func (p *pass) profileOfParameter(n *oas.Node) {
	p.without(n, "allowReserved", "allowEmptyValue")
	if in := n.Get("in"); in != nil && in.Value != "path" && in.Value != "query" {
		p.report(in, n, "%s is sent in the %s", label(n), in.Value)
	}
	if style := n.Get("style"); style != nil && style.Value != "form" && style.Value != "simple" {
		p.report(style, n, "%s has the style %s", label(n), style.Value)
	}
	s := p.deref(n.Child("schema"))
	if s != nil && s.Text("type") == "array" && n.Text("explode") != "false" {
		p.report(n.Start(), n, "%s is a list that is not sent as one value", label(n))
	}
}

func (p *pass) profileOfBody(n *oas.Node) {
	if n.Text("required") != "true" {
		p.report(n.Start(), n, "the request body is optional")
	}
	p.mediaTypes(n, "application/json")
}

// mediaTypes reports a body that is offered in another media type, or in several.
func (p *pass) mediaTypes(n *oas.Node, allowed ...string) {
	var seen []*yaml.Node
	for media := range n.In("content") {
		seen = append(seen, media.Key)
		if !slices.Contains(allowed, media.Name) || len(seen) > 1 {
			p.report(media.Key, n, "%s is %s, and this project has one of %s", label(n), media.Name, strings.Join(allowed, ", "))
		}
	}
}

func (p *pass) without(n *oas.Node, keys ...string) {
	for _, key := range keys {
		if at := n.KeyOf(key); at != nil {
			p.report(at, n, "the %s has %s, which this project leaves out", n.Kind, key)
		}
	}
}

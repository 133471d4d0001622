package lint

import (
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var parameterRules = []Rule{
	{info("ACK120", "a parameter stands in the path or in the query",
		"The API sends headers for signing only, and no cookies; the SDK binds neither.",
		"use in: path or in: query"), false, checkParameterIn},
	{info("ACK121", "an array in the query says style: form and explode: false",
		"Lists are sent as a,b,c; the default of OpenAPI repeats the parameter, which the service does not read.",
		"write style: form and explode: false beside the schema"), false, checkArrayStyle},
	{info("ACK122", "a query parameter holds a scalar or an array of scalars, or declares its JSON text as content",
		"There is no agreed way to write objects into a query; the service wants JSON text there.",
		"replace schema with content: {application/json: {schema: ...}}"), false, checkQueryObject},
	{info("ACK123", "a parameter has an example",
		"The example goes into the documentation and is what the fake server is tried with.",
		"add example, or example beside the schema in content"), false, checkParameterExample},
	{info("ACK124", "a path parameter holds a scalar",
		"A path segment is one escaped value; there is no agreed way to write lists or objects into it.",
		"use a scalar schema, or another place for the value"), false, checkPathScalar},
}

// writtenParameters returns the parameters that are no references.
func (p *pass) writtenParameters() []*oas.Node {
	var out []*oas.Node
	for n := range p.doc.Of(oas.Parameter) {
		if !n.IsRef() {
			out = append(out, n)
		}
	}
	return out
}

func checkParameterIn(p *pass) {
	for _, param := range p.writtenParameters() {
		if in := param.Text("in"); in != "path" && in != "query" {
			at := param.Get("in")
			if at == nil {
				at = param.Start()
			}
			p.report(at, param, "%s stands in %q", label(param), in)
		}
	}
}

func checkArrayStyle(p *pass) {
	for _, param := range p.writtenParameters() {
		s := p.deref(param.Child("schema"))
		if param.Text("in") != "query" || s == nil || s.Text("type") != "array" {
			continue
		}
		switch {
		case param.Text("style") != "form":
			p.report(orStart(param, "style"), param, "%s is an array and does not say style: form", label(param))
		case param.Text("explode") != "false":
			p.report(orStart(param, "explode"), param, "%s is an array and does not say explode: false", label(param))
		}
	}
}

// orStart returns the value of a key, or the start of the object without it.
func orStart(n *oas.Node, key string) *yaml.Node {
	if v := n.Get(key); v != nil {
		return v
	}
	return n.Start()
}

func scalar(s *oas.Node) bool {
	switch s.Text("type") {
	case "string", "integer", "number", "boolean":
		return true
	}
	return false
}

func checkQueryObject(p *pass) {
	for _, param := range p.writtenParameters() {
		s := p.deref(param.Child("schema"))
		if param.Text("in") != "query" || s == nil || scalar(s) {
			continue
		}
		if s.Text("type") == "array" {
			if items := p.deref(s.Child("items")); items == nil || scalar(items) {
				continue
			}
		}
		p.report(param.KeyOf("schema"), param, "%s holds objects or JSON without declaring it as content", label(param))
	}
}

func checkPathScalar(p *pass) {
	for _, param := range p.writtenParameters() {
		if param.Text("in") != "path" {
			continue
		}
		if s := p.deref(param.Child("schema")); s == nil || !scalar(s) {
			p.report(orStart(param, "schema"), param, "%s stands in the path and holds no scalar", label(param))
		}
	}
}

func checkParameterExample(p *pass) {
	for _, param := range p.writtenParameters() {
		if hasExample(param) {
			continue
		}
		found := false
		for mt := range param.In("content") {
			found = found || hasExample(mt)
		}
		if !found {
			p.report(param.Start(), param, "%s has no example", label(param))
		}
	}
}

// hasExample reports whether an object has an example or examples.
func hasExample(n *oas.Node) bool {
	return n.Has("example") || (n.Get("examples") != nil && len(n.Get("examples").Content) > 0)
}

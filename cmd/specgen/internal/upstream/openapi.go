package upstream

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// openAPI reads an OpenAPI document. Each named schema becomes one Schema, so that
// types which hold themselves end.
type openAPI struct {
	schemas *yaml.Node
	named   map[string]*Schema
}

func readOpenAPI(root *yaml.Node) *Description {
	r := openAPI{schemas: yamlsrc.Value(yamlsrc.Value(root, "components"), "schemas"), named: map[string]*Schema{}}
	d := &Description{}
	for path, item := range yamlsrc.Pairs(yamlsrc.Value(root, "paths")) {
		for _, method := range oas.Methods {
			if op := yamlsrc.Value(item, method); op != nil {
				d.Operations = append(d.Operations, r.operation(path.Value, method, op))
			}
		}
	}
	return d
}

func (r openAPI) operation(path, method string, op *yaml.Node) Operation {
	out := Operation{
		Name: yamlsrc.Text(op, "operationId"), Method: strings.ToUpper(method), Path: path, Deprecated: isTrue(op, "deprecated"),
		Status: defaultStatus, Body: r.content(yamlsrc.Value(op, "requestBody")),
	}
	for _, p := range sequence(yamlsrc.Value(op, "parameters")) {
		out.Parameters = append(out.Parameters, r.parameter(p))
	}
	for status, response := range yamlsrc.Pairs(yamlsrc.Value(op, "responses")) {
		if strings.HasPrefix(status.Value, "2") {
			out.Status, out.Response = status.Value, r.content(response)
			break
		}
	}
	return out
}

func (r openAPI) parameter(p *yaml.Node) Parameter {
	out := Parameter{Name: yamlsrc.Text(p, "name"), In: yamlsrc.Text(p, "in"), Required: isTrue(p, "required")}
	if s := yamlsrc.Value(p, "schema"); s != nil {
		out.Schema = r.schema(s)
		return out
	}
	out.JSON, out.Schema = true, r.content(p)
	return out
}

// content returns the first schema of what has content, or nil.
func (r openAPI) content(n *yaml.Node) *Schema {
	for _, media := range yamlsrc.Pairs(yamlsrc.Value(n, "content")) {
		if s := yamlsrc.Value(media, "schema"); s != nil {
			return r.schema(s)
		}
	}
	return nil
}

func (r openAPI) schema(n *yaml.Node) *Schema {
	name, isRef := strings.CutPrefix(yamlsrc.Text(n, "$ref"), "#/components/schemas/")
	if !isRef {
		s := &Schema{}
		r.fill(s, n)
		return s
	}
	if s := r.named[name]; s != nil {
		return s
	}
	s := &Schema{Name: name}
	r.named[name] = s
	r.fill(s, yamlsrc.Value(r.schemas, name))
	return s
}

func (r openAPI) fill(s *Schema, n *yaml.Node) {
	s.Type, s.Format, s.Deprecated = yamlsrc.Text(n, "type"), yamlsrc.Text(n, "format"), isTrue(n, "deprecated")
	for _, name := range sequence(yamlsrc.Value(n, "required")) {
		s.Required = append(s.Required, name.Value)
	}
	for name, p := range yamlsrc.Pairs(yamlsrc.Value(n, "properties")) {
		s.Properties = append(s.Properties, Property{name.Value, r.schema(p)})
	}
	if items := yamlsrc.Value(n, "items"); items != nil {
		s.Items = r.schema(items)
	}
	if values := yamlsrc.Value(n, "additionalProperties"); values != nil && values.Kind == yaml.MappingNode {
		s.Values = r.schema(values)
	}
	for _, f := range factNames {
		if v := yamlsrc.Value(n, f.openAPI); v != nil {
			s.Facts = append(s.Facts, Fact{f.openAPI, v})
		}
	}
}

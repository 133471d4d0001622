package upstream

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// openAPI reads an OpenAPI document. Each named schema becomes one Schema, so that
// types which hold themselves end.
type openAPI struct {
	components *yaml.Node
	named      map[string]*Schema
	knows      *Knowledge
}

func readOpenAPI(root *yaml.Node) *Description {
	d := &Description{
		Format: OpenAPI, Version: yamlsrc.Text(yamlsrc.Value(root, "info"), "version"), Knows: Knowledge{Body: true},
		Regions: regions.Of(oas.New(oas.Document, "", root)),
	}
	r := openAPI{components: yamlsrc.Value(root, "components"), named: map[string]*Schema{}, knows: &d.Knows}
	for path, item := range yamlsrc.Pairs(yamlsrc.Value(root, "paths")) {
		for _, method := range oas.Methods {
			if op := yamlsrc.Value(item, method); op != nil {
				d.Operations = append(d.Operations, r.operation(path.Value, method, item, op))
			}
		}
	}
	endLoops(r.named)
	return d
}

func (r openAPI) operation(path, method string, item, op *yaml.Node) Operation {
	out := Operation{
		Name: yamlsrc.Text(op, "operationId"), Method: strings.ToUpper(method), Path: path, Deprecated: isTrue(op, "deprecated"),
		Marks: marksOf(op), Status: defaultStatus, Parameters: r.parameters(item, op),
	}
	r.learn(out.Deprecated, false)
	body := r.component("requestBodies", yamlsrc.Value(op, "requestBody"))
	out.BodyType, out.Body = r.content(body)
	out.BodyOptional = body != nil && !isTrue(body, "required")
	for status, response := range yamlsrc.Pairs(yamlsrc.Value(op, "responses")) {
		if strings.HasPrefix(status.Value, "2") {
			out.Status = status.Value
			out.ResponseType, out.Response = r.content(r.component("responses", response))
			break
		}
	}
	return out
}

// learn notes what the document marks anywhere: one that marks nothing does not know.
func (r openAPI) learn(deprecated, required bool) {
	r.knows.Deprecated = r.knows.Deprecated || deprecated
	r.knows.Required = r.knows.Required || required
}

func marksOf(n *yaml.Node) Marks {
	return Marks{Status: yamlsrc.Text(n, "x-ack-status"), Removed: yamlsrc.Value(n, "x-ack-removed") != nil, Node: n}
}

// component returns what a reference to a component of a kind names, and everything
// else as it is. What is not there reads as empty.
func (r openAPI) component(kind string, n *yaml.Node) *yaml.Node {
	name, isRef := strings.CutPrefix(yamlsrc.Text(n, "$ref"), "#/components/"+kind+"/")
	if !isRef {
		return n
	}
	return yamlsrc.Value(yamlsrc.Value(r.components, kind), name)
}

// parameters returns those of a path and of an operation. One of the operation
// replaces its namesake.
func (r openAPI) parameters(item, op *yaml.Node) []Parameter {
	var out []Parameter
	for _, n := range slices.Concat(yamlsrc.Items(yamlsrc.Value(item, "parameters")), yamlsrc.Items(yamlsrc.Value(op, "parameters"))) {
		p := r.parameter(r.component("parameters", n))
		same := func(o Parameter) bool { return o.Name == p.Name && o.In == p.In }
		if i := slices.IndexFunc(out, same); i >= 0 {
			out[i] = p
			continue
		}
		out = append(out, p)
	}
	return out
}

func (r openAPI) parameter(p *yaml.Node) Parameter {
	out := Parameter{
		Name: yamlsrc.Text(p, "name"), In: yamlsrc.Text(p, "in"), Required: isTrue(p, "required"), Deprecated: isTrue(p, "deprecated"),
		Marks: marksOf(p),
	}
	r.learn(out.Deprecated, out.Required && out.In != "path")
	if s := yamlsrc.Value(p, "schema"); s != nil {
		out.Schema = shownBy(r.schema(s), p)
		out.Style = yamlsrc.Text(p, "style")
		out.Exploded = out.In == "query" && yamlsrc.Text(p, "explode") != "false"
		return out
	}
	_, s := r.content(p)
	out.JSON, out.Schema = true, cmp.Or(s, &Schema{})
	return out
}

// content returns the first schema of what has content with its media type, or nil
// where there is none.
func (r openAPI) content(n *yaml.Node) (mediaType string, s *Schema) {
	for name, media := range yamlsrc.Pairs(yamlsrc.Value(n, "content")) {
		if s := yamlsrc.Value(media, "schema"); s != nil {
			return name.Value, shownBy(r.schema(s), media)
		}
	}
	return "", nil
}

// shownBy returns a schema with the example that stands beside it, if there is one.
func shownBy(s *Schema, n *yaml.Node) *Schema {
	example := yamlsrc.Value(n, "example")
	if example == nil {
		return s
	}
	shown := *s
	shown.Facts = append([]Fact{{"example", example}}, s.Facts...)
	return &shown
}

func (r openAPI) schema(n *yaml.Node) *Schema {
	name, isRef := strings.CutPrefix(yamlsrc.Text(n, "$ref"), "#/components/schemas/")
	if parts := yamlsrc.Items(yamlsrc.Value(n, "allOf")); !isRef && len(parts) == 1 {
		return r.schema(parts[0]) // the usual way to write something beside a reference
	}
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
	r.fill(s, yamlsrc.Value(yamlsrc.Value(r.components, "schemas"), name))
	return s
}

func (r openAPI) fill(s *Schema, n *yaml.Node) {
	s.Type, s.Format, s.Deprecated = yamlsrc.Text(n, "type"), yamlsrc.Text(n, "format"), isTrue(n, "deprecated")
	s.Marks = marksOf(n)
	for name := range yamlsrc.Pairs(yamlsrc.Value(n, "x-ack-deprecated")) {
		s.DeprecatedBelow = append(s.DeprecatedBelow, name.Value)
	}
	for _, name := range yamlsrc.Items(yamlsrc.Value(n, "required")) {
		s.Required = append(s.Required, name.Value)
	}
	r.learn(s.Deprecated, len(s.Required) > 0)
	r.knows.Enum = r.knows.Enum || yamlsrc.Value(n, "enum") != nil
	for name, p := range yamlsrc.Pairs(yamlsrc.Value(n, "properties")) {
		s.Properties = append(s.Properties, Property{name.Value, r.schema(p), name})
	}
	if items := yamlsrc.Value(n, "items"); items != nil {
		s.Items = r.schema(items)
	}
	if values := yamlsrc.Value(n, "additionalProperties"); values != nil && values.Kind == yaml.MappingNode {
		s.Values = r.schema(values)
	}
	for _, keyword := range []string{"allOf", "oneOf", "anyOf", "not"} {
		if yamlsrc.Value(n, keyword) != nil {
			s.Unread = append(s.Unread, keyword)
		}
	}
	for _, f := range factNames {
		if v := yamlsrc.Value(n, f.openAPI); v != nil {
			s.Facts = append(s.Facts, Fact{f.openAPI, v})
		}
	}
}

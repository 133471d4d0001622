package upstream

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// snapshot reads the facts of a client library: a list of operations, and the
// models that several of them share.
type snapshot struct {
	models *yaml.Node
	named  map[string]*Schema
}

func readSnapshot(root *yaml.Node) *Description {
	r := snapshot{models: yamlsrc.Value(root, "models"), named: map[string]*Schema{}}
	source := yamlsrc.Value(root, "source")
	d := &Description{
		Format: Format(cmp.Or(yamlsrc.Text(source, "format"), string(Snapshot))), Version: yamlsrc.Text(source, "version"),
		Knows: knowledge(yamlsrc.Value(root, "knows")), Regions: endpoints(yamlsrc.Value(root, "endpoints"), yamlsrc.Value(root, "vpc_endpoints")),
	}
	for _, op := range yamlsrc.Items(yamlsrc.Value(root, "operations")) {
		d.Operations = append(d.Operations, r.operation(op))
	}
	endLoops(r.named)
	return d
}

// knowledge reads a list of what a snapshot knows. One without the list knows all.
func knowledge(n *yaml.Node) Knowledge {
	has := func(word string) bool {
		return n == nil || slices.ContainsFunc(yamlsrc.Items(n), func(v *yaml.Node) bool { return v.Value == word })
	}
	return Knowledge{Body: has("body"), Required: has("required"), Deprecated: has("deprecated"), Enum: has("enum")}
}

func (r snapshot) operation(op *yaml.Node) Operation {
	out := Operation{
		Name: yamlsrc.Text(op, "operation"), Method: yamlsrc.Text(op, "method"), Path: yamlsrc.Text(op, "path"),
		Deprecated: isTrue(op, "deprecated"), Status: defaultStatus,
	}
	for _, list := range []struct{ field, in string }{{"path_params", "path"}, {"query", "query"}, {"headers", "header"}} {
		for _, p := range yamlsrc.Items(yamlsrc.Value(op, list.field)) {
			out.Parameters = append(out.Parameters, Parameter{
				Name: yamlsrc.Text(p, "name"), In: list.in, Required: isTrue(p, "required"), JSON: yamlsrc.Text(p, "style") == "json",
				Schema: r.schema(p),
			})
		}
	}
	if body := yamlsrc.Value(op, "body"); body != nil && body.Kind == yaml.MappingNode {
		out.Body = r.schema(body)
	}
	if s := yamlsrc.Value(yamlsrc.Value(op, "response"), "schema"); s != nil && s.Kind == yaml.MappingNode {
		out.Response = r.schema(s)
	}
	return out
}

func (r snapshot) schema(n *yaml.Node) *Schema {
	ref := yamlsrc.Text(n, "ref")
	if s := r.named[ref]; s != nil {
		return s
	}
	s := &Schema{Name: cmp.Or(ref, yamlsrc.Text(n, "sdk_type"))}
	if ref != "" {
		r.named[ref] = s
		n = yamlsrc.Value(r.models, ref)
	}
	r.fill(s, n)
	return s
}

// types are the names of a snapshot that are not those of OpenAPI.
var types = map[string]struct{ name, format string }{
	"int32": {"integer", "int32"}, "int64": {"integer", "int64"}, "float": {"number", "float"}, "double": {"number", "double"},
	"map": {"object", ""}, "any": {"", ""},
}

func (r snapshot) fill(s *Schema, n *yaml.Node) {
	s.Node = n
	s.Type, s.Format = yamlsrc.Text(n, "type"), yamlsrc.Text(n, "format")
	if t, ok := types[s.Type]; ok {
		s.Type, s.Format = t.name, t.format
	}
	s.Deprecated = isTrue(n, "deprecated")
	for name, p := range yamlsrc.Pairs(yamlsrc.Value(n, "properties")) {
		s.Properties = append(s.Properties, Property{name.Value, r.schema(p), name})
		if isTrue(p, "required") {
			s.Required = append(s.Required, name.Value)
		}
	}
	if items := yamlsrc.Value(n, "items"); items != nil {
		s.Items = r.schema(items)
	}
	if values := yamlsrc.Value(n, "values"); values != nil {
		s.Values = r.schema(values)
	}
	for _, f := range factNames {
		if v := yamlsrc.Value(n, f.snapshot); v != nil {
			s.Facts = append(s.Facts, Fact{f.openAPI, v})
		}
	}
}

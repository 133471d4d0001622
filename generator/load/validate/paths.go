package validate

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// paths compares the placeholders of paths with each other and with the path
// parameters of their operations. kin-openapi does it, too, but it takes a part of
// a name for the pattern of a router and does not say what is wrong where.
func (r *run) paths(tree *oas.Node) {
	components := yamlsrc.Value(tree.Value, "components")
	seen := map[string]*yaml.Node{}
	for item := range tree.Of(oas.PathItem) {
		form := oas.PathForm(item.Name)
		if strings.ContainsAny(strings.ReplaceAll(form, "{}", ""), "{}") {
			r.path(item, item, "the path "+item.Name+" has a brace without its counterpart", "write every placeholder as {name}")
			continue
		}
		if first := seen[form]; first != nil {
			r.path(item, item, "the path "+item.Name+" differs from another one only in the names of placeholders", "use the names of "+first.Value,
				diag.Note{Pos: r.files.Pos(first), Message: "the other path"})
			continue
		}
		seen[form] = item.Key
		r.placeholders(item, components)
	}
}

// placeholders compares the placeholders of one path with the path parameters of
// each of its operations.
func (r *run) placeholders(item *oas.Node, components *yaml.Node) {
	var names []string
	for _, name := range oas.Placeholders(item.Name) {
		if slices.Contains(names, name) {
			r.path(item, item, "the placeholder {"+name+"} stands twice in the path", "give the second one a name and a parameter of its own")
			return
		}
		names = append(names, name)
	}
	for op := range item.Of(oas.Operation) {
		params := pathParameters(op, components)
		for _, name := range names {
			if params[name] == nil {
				r.undeclared(item, op, name, params, names)
			}
			delete(params, name)
		}
		for _, p := range slices.Sorted(maps.Keys(params)) {
			r.path(op, op, "the path "+item.Name+" has no {"+p+"}, which is a path parameter of "+strings.ToUpper(op.Name),
				"add {"+p+"} to the path, or delete the parameter")
		}
	}
}

// undeclared reports a placeholder that is not a path parameter. It takes the
// parameter that was meant out of params.
func (r *run) undeclared(item, op *oas.Node, name string, params map[string]*yaml.Node, names []string) {
	problem := "the path has {" + name + "}, which is not a path parameter of " + strings.ToUpper(op.Name)
	meant, _, _ := strings.Cut(name, ":") // {id:[0-9]+} has the pattern of a router
	if params[meant] == nil {
		rest := slices.DeleteFunc(slices.Sorted(maps.Keys(params)), func(p string) bool { return slices.Contains(names, p) })
		meant = spell.Nearest(name, rest)
	}
	if meant == "" {
		r.path(item, op, problem, "declare it with in: path and required: true")
		return
	}
	r.path(item, op, problem+spell.DidYouMean("{"+meant+"}"), "give both the same name",
		diag.Note{Pos: r.files.Pos(params[meant]), Message: "the parameter"})
	delete(params, meant)
}

func (r *run) path(at, of *oas.Node, message, fix string, notes ...diag.Note) {
	r.list.Add(diag.Finding{Pos: r.files.Pos(at.Start()), Code: codeRule, Subject: of.Subject(), Message: message, Fix: fix, Notes: notes})
}

// pathParameters returns the path parameters of an operation and of its path by
// name.
func pathParameters(op *oas.Node, components *yaml.Node) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	for _, holder := range []*oas.Node{op.Parent, op} {
		for p := range holder.In("parameters") {
			value := resolve(p.Value, yamlsrc.Value(components, "parameters"))
			if yamlsrc.Text(value, "in") == "path" {
				out[yamlsrc.Text(value, "name")] = value
			}
		}
	}
	return out
}

// resolve follows references until it comes to a parameter.
func resolve(value, all *yaml.Node) *yaml.Node {
	for range yamlsrc.Pairs(all) { // no way is longer, unless it is a circle
		name, isRef := strings.CutPrefix(yamlsrc.Text(value, "$ref"), "#/components/parameters/")
		if !isRef {
			break
		}
		value = yamlsrc.Value(all, name)
	}
	return value
}

package validate

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

// componentFields names the part of the components that holds a kind. Objects of
// other kinds cannot be references.
var componentFields = map[oas.Kind]string{
	oas.Schema: "schemas", oas.Parameter: "parameters", oas.Response: "responses", oas.RequestBody: "requestBodies",
	oas.Header: "headers", oas.Example: "examples", oas.SecurityScheme: "securitySchemes",
}

// refs reports references that lead to no component.
func (r *run) refs(tree *oas.Node) {
	components := yamlsrc.Value(tree.Value, "components")
	for n := range tree.All() {
		if v := n.RefNode(); v != nil {
			r.ref(v, n.Kind, yamlsrc.Value(components, componentFields[n.Kind]))
		}
	}
	if c := tree.Child("components"); c != nil {
		r.circles(c)
	}
}

// ref checks one reference to a component of a kind, of which there are these.
func (r *run) ref(v *yaml.Node, kind oas.Kind, have *yaml.Node) {
	prefix := "#/components/" + componentFields[kind] + "/"
	name, ok := strings.CutPrefix(v.Value, prefix)
	whole, _, deeper := strings.Cut(name, "/")
	switch {
	case componentFields[kind] == "":
		r.add(v, codeRef, "%s cannot be a reference, such as %q", article(string(kind)), v.Value)
	case !strings.HasPrefix(v.Value, "#"):
		r.add(v, codeRef, "reference %q leaves the document: bundle it first", v.Value)
	case !ok:
		r.add(v, codeRef, "reference %q does not start with %s", v.Value, prefix)
	case yamlsrc.Value(have, name) != nil:
	case deeper && yamlsrc.Value(have, whole) != nil:
		r.add(v, codeRef, "reference %q leads into %s: make what it means a component of its own", v.Value, whole)
	default:
		hint := ""
		if best := spell.Nearest(name, keys(have)); best != "" {
			hint = spell.DidYouMean(prefix + best)
		}
		r.add(v, codeRef, "reference %q leads to nothing%s", v.Value, hint)
	}
}

// circles reports components that are references to each other and to nothing else.
func (r *run) circles(components *oas.Node) {
	byRef := map[string]*oas.Node{}
	for _, n := range components.Children {
		byRef["#"+n.Pointer()] = n
	}
	walks := map[*oas.Node]int{} // the number of the walk that came to a component
	for i, n := range components.Children {
		for n != nil && n.IsRef() && walks[n] == 0 {
			walks[n] = i + 1
			n = byRef[n.Ref()]
		}
		if n != nil && n.IsRef() && walks[n] == i+1 {
			r.add(n.RefNode(), codeRef, "the reference leads in a circle and never to %s: %s", article(string(n.Kind)), circle(n, byRef))
		}
	}
}

// circle names the components of a circle, from one on. Of a large one it names some.
func circle(first *oas.Node, byRef map[string]*oas.Node) string {
	names := []string{first.Name}
	for n := byRef[first.Ref()]; n != first; n = byRef[n.Ref()] {
		if len(names) == 8 {
			names = append(names, "...")
			break
		}
		names = append(names, n.Name)
	}
	return strings.Join(append(names, first.Name), ", ")
}

func keys(m *yaml.Node) []string {
	var out []string
	for key := range yamlsrc.Pairs(m) {
		out = append(out, key.Value)
	}
	return out
}

package review

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Side is one of the two specs of a review.
type Side struct {
	// Name is what the command line calls it.
	Name string
	// Tree is the document.
	Tree *oas.Node
}

// examples returns the examples that differ. Those of operations that changes may
// break are there in any case: a reader compares them with the change.
func examples(base, head *oas.Node, touched map[string]change.Level) []Example {
	type key struct{ operation, part string }
	found := map[key]*Example{}
	var order []*Example
	collect := func(tree *oas.Node, set func(*Example, string)) {
		for _, e := range examplesOf(tree) {
			k := key{e.Operation, e.Part}
			if found[k] == nil {
				found[k] = &Example{Operation: e.Operation, Part: e.Part}
				order = append(order, found[k])
			}
			set(found[k], e.Head)
		}
	}
	collect(base, func(e *Example, text string) { e.Base = text })
	collect(head, func(e *Example, text string) { e.Head = text })
	var out []Example
	for _, e := range order {
		if e.Base != e.Head || touched[e.Operation] >= change.Risky {
			out = append(out, *e)
		}
	}
	slices.SortStableFunc(out, func(a, b Example) int { return cmp.Compare(a.Operation, b.Operation) })
	return out
}

// examplesOf returns the examples of all operations of a document, as those of head.
func examplesOf(tree *oas.Node) []Example {
	if tree == nil {
		return nil
	}
	s := source{root: tree}
	for op := range tree.Of(oas.Operation) {
		s.operation = op.Subject()
		s.parameters(op)
		if body := s.resolve(op.Child("requestBody")); body != nil {
			s.media("request body", body)
		}
		if responses := op.Child("responses"); responses != nil {
			for _, response := range responses.Children {
				if r := s.resolve(response); r != nil {
					s.media("response "+response.Name, r)
				}
			}
		}
	}
	return s.out
}

// source collects the examples of one document.
type source struct {
	root      *oas.Node
	operation string
	out       []Example
}

func (s *source) add(part string, value *yaml.Node) {
	if value == nil {
		return
	}
	text, _, err := yamlsrc.Write(value)
	if err != nil {
		return // the document was read from YAML, so that all of it can be written
	}
	s.out = append(s.out, Example{Operation: s.operation, Part: part, Head: string(text)})
}

// parameters adds the examples of the parameters of an operation and of its path, by name.
func (s *source) parameters(op *oas.Node) {
	values := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, owner := range []*oas.Node{op.Parent, op} {
		for p := range owner.In("parameters") {
			p = s.resolve(p)
			if p == nil {
				continue
			}
			if value := s.exampleOf(p); value != nil {
				values.Content = append(values.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: p.Text("name")}, value)
			}
		}
	}
	if len(values.Content) > 0 {
		s.add("parameters", values)
	}
}

// media adds the examples of a body, which may have several forms.
func (s *source) media(part string, body *oas.Node) {
	for form := range body.In("content") {
		name := part
		if form.Name != "application/json" {
			name += " as " + form.Name
		}
		s.add(name, s.exampleOf(form))
	}
}

// exampleOf returns the example of a parameter or a body: its own, one of its content
// or one of its schema. Several are a mapping from their names.
func (s *source) exampleOf(n *oas.Node) *yaml.Node {
	if value := n.Get("example"); value != nil {
		return value
	}
	values := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for e := range n.In("examples") {
		if one := s.resolve(e); one != nil && one.Get("value") != nil {
			values.Content = append(values.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: e.Name}, one.Get("value"))
		}
	}
	if len(values.Content) > 0 {
		return values
	}
	for form := range n.In("content") {
		return s.exampleOf(form)
	}
	if schema := s.resolve(n.Child("schema")); schema != nil {
		return schema.Get("example")
	}
	return nil
}

// resolve returns what a reference to a component leads to, or the object itself. It
// returns nil where that is nothing.
func (s *source) resolve(n *oas.Node) *oas.Node {
	for range 10 { // references to references end, unless they go in circles
		if n == nil || !n.IsRef() {
			return n
		}
		section, name, _ := strings.Cut(strings.TrimPrefix(n.Ref(), "#/components/"), "/")
		n = component(s.root, section, name)
	}
	return nil
}

func component(root *oas.Node, section, name string) *oas.Node {
	components := root.Child("components")
	if components == nil {
		return nil
	}
	for c := range components.In(section) {
		if oas.EscapePointer(c.Name) == name {
			return c
		}
	}
	return nil
}

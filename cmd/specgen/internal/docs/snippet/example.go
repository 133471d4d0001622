package snippet

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/model"
)

// A call is what an operation is called with.
type call struct {
	title  string                // of the example, such as "A pool of spot instances"; may be empty
	params map[string]*yaml.Node // by the field of the request
	body   *yaml.Node            // nil when none is sent
}

// calls returns the calls that the spec has examples of, at least one. What must be sent
// and has no example is made up.
func (w *Writer) calls(op *model.Operation) []call {
	node := w.operations[op.Action]
	params := w.params(op, node)
	bodies := w.bodies(op, node)
	if op.Body.Kind == model.BodyNone || len(bodies) == 0 {
		bodies = []call{{body: w.sampleBody(op)}}
	}
	for i := range bodies {
		bodies[i].params = params
	}
	return bodies
}

// params returns the examples of the parameters. A page is the first one: tokens of pages
// are good for one list.
func (w *Writer) params(op *model.Operation, node *oas.Node) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	declared := w.declared(node)
	for _, p := range op.Params {
		field := fieldNamed(op.Request, p.Field)
		if field == nil || isPageToken(op, p.Field) {
			continue
		}
		example := w.exampleOf(declared[place(p.Kind)+" "+p.Wire])
		if example == nil && required(field) {
			example = w.sample(field.Type, p.Wire)
		}
		if example != nil {
			out[p.Field] = example
		}
	}
	return out
}

// isPageToken reports whether a field of the request says where a page begins.
func isPageToken(op *model.Operation, field string) bool {
	return op.Pager != nil && op.Pager.Token == field || field == "NextToken" || field == "PageToken"
}

// declared returns the parameters of an operation by place and name.
func (w *Writer) declared(node *oas.Node) map[string]*oas.Node {
	out := map[string]*oas.Node{}
	if node == nil {
		return out
	}
	for _, n := range []*oas.Node{node.Parent, node} { // the operation's own hides that of the path
		for p := range n.In("parameters") {
			p = w.resolve(p)
			out[p.Text("in")+" "+p.Text("name")] = p
		}
	}
	return out
}

// place returns where OpenAPI says that a parameter is.
func place(k model.ParamKind) string {
	switch k {
	case model.ParamPath:
		return "path"
	case model.ParamHeader:
		return "header"
	default:
		return "query"
	}
}

// bodies returns the examples of the body.
func (w *Writer) bodies(op *model.Operation, node *oas.Node) []call {
	if node == nil || node.Child("requestBody") == nil {
		return nil
	}
	media := mediaOf(op, w.resolve(node.Child("requestBody")))
	if media == nil {
		return nil
	}
	var out []call
	for e := range media.In("examples") {
		e = w.resolve(e)
		if value := e.Get("value"); value != nil { // what is elsewhere is not read
			out = append(out, call{title: strings.TrimSuffix(e.Text("summary"), "."), body: value})
		}
	}
	if example := w.exampleOf(media); len(out) == 0 && example != nil {
		out = append(out, call{body: example})
	}
	return out
}

// mediaOf returns the media type in which a body is sent.
func mediaOf(op *model.Operation, body *oas.Node) *oas.Node {
	types := slices.Collect(body.In("content"))
	for _, name := range []string{contentType(op), "*/*"} {
		for _, m := range types {
			if m.Name == name {
				return m
			}
		}
	}
	if len(types) == 1 {
		return types[0]
	}
	return nil
}

// contentType returns the media type of the body of an operation, "" without one.
func contentType(op *model.Operation) string {
	if op.Body.ContentType != "" {
		return op.Body.ContentType
	}
	switch op.Body.Kind {
	case model.BodyJSON, model.BodyOptional:
		return "application/json"
	case model.BodyForm:
		return "application/x-www-form-urlencoded"
	default:
		return ""
	}
}

// exampleOf returns the example of a parameter, a media type or a schema, or nil.
func (w *Writer) exampleOf(n *oas.Node) *yaml.Node {
	if n == nil {
		return nil
	}
	if example := n.Get("example"); example != nil {
		return example
	}
	for e := range n.In("examples") {
		if value := w.resolve(e).Get("value"); value != nil {
			return value
		}
	}
	if schema := n.Child("schema"); schema != nil {
		return w.exampleOf(w.resolve(schema))
	}
	for m := range n.In("content") {
		return w.exampleOf(m)
	}
	return nil
}

// resolve returns what a reference refers to, and any other object itself.
func (w *Writer) resolve(n *oas.Node) *oas.Node {
	for n.IsRef() {
		target := w.components[n.Ref()]
		if target == nil {
			return n
		}
		n = target
	}
	return n
}

// fieldNamed returns a field of a struct, or nil.
func fieldNamed(s *model.Struct, name string) *model.Field {
	i := slices.IndexFunc(s.Fields, func(f *model.Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return s.Fields[i]
}

// required reports whether a request must set a field.
func required(f *model.Field) bool {
	return slices.Contains(strings.Split(f.Limits, ","), "required")
}

// wireOf returns the name of a field in JSON, "" for one that is sent elsewhere.
func wireOf(f *model.Field) string {
	name, _, _ := strings.Cut(f.Tag, ",")
	if name == "-" {
		return ""
	}
	return name
}

// member returns a member of an object, or nil when it is missing or null.
func member(n *yaml.Node, name string) *yaml.Node {
	if v := yamlsrc.Value(n, name); v != nil && v.ShortTag() != "!!null" {
		return v
	}
	return nil
}

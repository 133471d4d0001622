package snippet

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/model"
)

// maxDepth bounds what is made up: a type may hold itself.
const maxDepth = 8

// maxValues bounds it, too: types that hold each other make more values at each depth.
const maxValues = 500

// sampler makes up the values of one example.
type sampler struct {
	*Writer

	left int // values before lists stay empty
}

// sampleBody makes up a body with what it must hold, or nil when there need not be one.
func (w *Writer) sampleBody(op *model.Operation) *yaml.Node {
	switch {
	case op.Body.Kind == model.BodyNone, op.Body.Kind == model.BodyOptional:
		return nil
	case op.Body.Field == "":
		return w.sampler().object(op.Request, 0)
	}
	if f := fieldNamed(op.Request, op.Body.Field); f != nil {
		return w.sample(f.Type, strings.ToLower(f.Name))
	}
	return nil
}

func (w *Writer) sampler() *sampler { return &sampler{w, maxValues} }

// sample makes up a value of a type, for a spec without examples.
func (w *Writer) sample(t model.Type, wire string) *yaml.Node { return w.sampler().value(t, wire, 0) }

// object makes up the members that an object must have.
func (m *sampler) object(s *model.Struct, depth int) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if inner := m.structs[s.Embeds]; inner != nil {
		out.Content = m.object(inner, depth).Content
	}
	for _, f := range s.Fields {
		if wire := wireOf(f); wire != "" && required(f) {
			out.Content = append(out.Content, scalar("!!str", wire), m.value(f.Type, wire, depth+1))
		}
	}
	return out
}

// value makes up a value. A text is the name of what it stands for, so that readers see
// what to put there.
func (m *sampler) value(t model.Type, wire string, depth int) *yaml.Node {
	m.left--
	switch t.Kind {
	case model.KindBool:
		return scalar("!!bool", "true")
	case model.KindInt32, model.KindInt64:
		return scalar("!!int", "1")
	case model.KindFloat64:
		return scalar("!!float", "1.5")
	case model.KindTime:
		return scalar("!!str", "2026-01-02T15:04:05Z")
	case model.KindBytes:
		return scalar("!!str", "aGVsbG8=")
	case model.KindSlice:
		out := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		if m.goesOn(depth) {
			out.Content = []*yaml.Node{m.value(*t.Elem, wire, depth+1)}
		}
		return out
	case model.KindMap:
		out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if m.goesOn(depth) {
			out.Content = []*yaml.Node{scalar("!!str", "key"), m.value(*t.Elem, "value", depth+1)}
		}
		return out
	case model.KindNamed:
		return m.named(t, wire, depth)
	default:
		return scalar("!!str", wire)
	}
}

func (m *sampler) named(t model.Type, wire string, depth int) *yaml.Node {
	if s := m.structs[t.Name]; s != nil && m.goesOn(depth) {
		return m.object(s, depth)
	}
	e := m.enums[t.Name]
	switch {
	case e == nil:
		return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	case len(e.Values) > 0 && e.Kind == model.KindString:
		return scalar("!!str", e.Values[0].Value)
	case len(e.Values) > 0:
		return scalar("!!int", e.Values[0].Value)
	case e.Kind == model.KindString:
		return scalar("!!str", wire)
	default:
		return scalar("!!int", "1")
	}
}

// goesOn reports whether there is room for what a value holds.
func (m *sampler) goesOn(depth int) bool { return depth < maxDepth && m.left > 0 }

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

package snippet

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/model"
)

// maxDepth bounds what is made up: a type may hold itself.
const maxDepth = 8

// sampleBody makes up a body with what it must hold, or nil when there need not be one.
func (w *Writer) sampleBody(op *model.Operation) *yaml.Node {
	switch {
	case op.Body.Kind == model.BodyNone, op.Body.Kind == model.BodyOptional:
		return nil
	case op.Body.Field == "":
		return w.sampleObject(op.Request, 0)
	}
	if f := fieldNamed(op.Request, op.Body.Field); f != nil {
		return w.sample(f.Type, strings.ToLower(f.Name), 0)
	}
	return nil
}

// sampleObject makes up the members that an object must have.
func (w *Writer) sampleObject(s *model.Struct, depth int) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if inner := w.structs[s.Embeds]; inner != nil {
		out.Content = w.sampleObject(inner, depth).Content
	}
	for _, f := range s.Fields {
		if wire := wireOf(f); wire != "" && required(f) {
			out.Content = append(out.Content, scalar("!!str", wire), w.sample(f.Type, wire, depth+1))
		}
	}
	return out
}

// sample makes up a value of a type, for a spec without examples. A text is the name of
// what it stands for, so that readers see what to put there.
func (w *Writer) sample(t model.Type, wire string, depth int) *yaml.Node {
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
		if depth < maxDepth {
			out.Content = []*yaml.Node{w.sample(*t.Elem, wire, depth+1)}
		}
		return out
	case model.KindMap:
		out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if depth < maxDepth {
			out.Content = []*yaml.Node{scalar("!!str", "key"), w.sample(*t.Elem, "value", depth+1)}
		}
		return out
	case model.KindNamed:
		return w.sampleNamed(t, wire, depth)
	default:
		return scalar("!!str", wire)
	}
}

func (w *Writer) sampleNamed(t model.Type, wire string, depth int) *yaml.Node {
	if s := w.structs[t.Name]; s != nil && depth < maxDepth {
		return w.sampleObject(s, depth)
	}
	e := w.enums[t.Name]
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

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

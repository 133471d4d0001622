package scaffold

import (
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// use returns a schema for a place in a section: a reference for an object with
// properties, and otherwise the type itself. The fallback names an object without a
// name.
func (w *writer) use(s *upstream.Schema, fallback, section string) *yaml.Node {
	if len(s.Properties) == 0 {
		return w.typeOf(mapping(), s, fallback, section)
	}
	name := s.Name
	if name == "" {
		name = fallback
	}
	return reference(w.locate(name, s, section))
}

// locate returns the path of an object's fragment as seen from a section, and makes
// sure that it will be there.
func (w *writer) locate(name string, s *upstream.Schema, section string) string {
	for _, f := range w.Fragments {
		if strings.HasPrefix(f, "schemas/") && path.Base(f) == name+".yaml" {
			return from(section, w.folder, path.Base(path.Dir(f)), name)
		}
	}
	if !slices.ContainsFunc(w.objects, func(o object) bool { return o.name == name }) {
		w.objects = append(w.objects, object{name, s})
	}
	return from(section, w.folder, w.folder, name)
}

func from(section, own, folder, name string) string {
	switch {
	case section == "operations":
		return "../../schemas/" + folder + "/" + name + ".yaml"
	case folder == own:
		return name + ".yaml"
	default:
		return "../" + folder + "/" + name + ".yaml"
	}
}

func (w *writer) object(o object) *yaml.Node {
	out := mapping(entry{"type", text("object")})
	describe(out, "what the object is."+unread(o.schema), o.schema.Deprecated)
	if len(o.schema.Required) > 0 {
		required := sequence()
		for _, name := range o.schema.Required {
			required.Content = append(required.Content, text(name))
		}
		put(out, "required", flow(required))
	}
	properties := mapping()
	for _, p := range o.schema.Properties {
		put(properties, p.Name, w.property(o.name, p))
	}
	put(out, "properties", properties)
	w.cite(out)
	return out
}

func (w *writer) property(object string, p upstream.Property) *yaml.Node {
	fallback := object + title(p.Name)
	if len(p.Schema.Properties) > 0 {
		return w.use(p.Schema, fallback, "schemas")
	}
	out := mapping()
	if p.Schema.Type != "" {
		put(out, "type", text(p.Schema.Type))
	}
	describe(out, "what the field is for, its unit, and what its absence means."+values(p.Schema)+unread(p.Schema), p.Schema.Deprecated)
	w.typeOf(out, p.Schema, fallback, "schemas")
	if example := p.Schema.Fact("example"); usable(example) {
		put(out, "example", plain(example))
	}
	return out
}

// textFormats are the formats of texts that are not texts in Go.
var textFormats = []string{"date-time", "byte", "binary"}

// typeOf adds what a schema says about its type to a mapping. It leaves out the
// example.
func (w *writer) typeOf(out *yaml.Node, s *upstream.Schema, fallback, section string) *yaml.Node {
	if s.Type != "" && !has(out, "type") {
		put(out, "type", text(s.Type))
	}
	if len(s.Unread) > 0 && !has(out, "description") {
		put(out, "description", todo("what this is."+unread(s)))
	}
	if s.Format != "" && (s.Type != "string" || slices.Contains(textFormats, s.Format)) {
		put(out, "format", text(s.Format))
	}
	if s.Items != nil {
		put(out, "items", w.use(s.Items, fallback, section))
	}
	if s.Type == "object" && s.Values == nil {
		put(out, "additionalProperties", mapping())
	} else if s.Values != nil {
		put(out, "additionalProperties", w.use(s.Values, fallback, section))
	}
	for _, f := range s.Facts {
		if f.Name != "example" && (f.Name != "enum" || s.Type == "string") {
			put(out, f.Name, plain(f.Value))
		}
	}
	return out
}

// values asks for the values of an enum of anything but texts, which only a
// description can list. It is empty for other schemas.
func values(s *upstream.Schema) string {
	if s.Items != nil {
		return values(s.Items)
	}
	enum := s.Fact("enum")
	if enum == nil || s.Type == "string" {
		return ""
	}
	var list []string
	for _, v := range enum.Content {
		list = append(list, v.Value)
	}
	return " Say what each value means: " + strings.Join(list, ", ") + "."
}

// unread asks for what is not taken over of a schema. It is empty where all of it is.
func unread(s *upstream.Schema) string {
	if len(s.Unread) == 0 {
		return ""
	}
	return " Write by hand what the source says with " + strings.Join(s.Unread, " and ") + "."
}

// exampleOf makes an example of the examples of a schema's parts. It returns nil if
// there are none.
func exampleOf(s *upstream.Schema, outer []*upstream.Schema) *yaml.Node {
	if example := s.Fact("example"); usable(example) {
		return plain(example)
	}
	if slices.Contains(outer, s) {
		return nil
	}
	outer = append(slices.Clip(outer), s)
	switch {
	case len(s.Properties) > 0:
		out := mapping()
		for _, p := range s.Properties {
			if example := exampleOf(p.Schema, outer); example != nil {
				put(out, p.Name, example)
			}
		}
		if len(out.Content) > 0 {
			return out
		}
	case s.Items != nil:
		if example := exampleOf(s.Items, outer); example != nil {
			return sequence(example)
		}
	}
	return nil
}

// usable reports whether an example shows a value: masked ones do not.
func usable(n *yaml.Node) bool {
	return n != nil && !strings.Contains(n.Value, "**") && !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return !usable(c) })
}

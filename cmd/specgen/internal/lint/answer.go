package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/spell"
)

// target says what the path of an extension has to lead to.
type target struct {
	what  string
	types []string
}

var (
	anArray   = target{"an array", []string{"array"}}
	anInteger = target{"an integer", []string{"integer"}}
	aText     = target{"a string", []string{"string"}}
	textOrInt = target{"a string or an integer", []string{"string", "integer"}}
)

// wholeAnswer is what messages call the root of paths.
const wholeAnswer = "the answer"

func (t target) fits(s *oas.Node) bool { return slices.Contains(t.types, s.Text("type")) }

// answer returns the schema of the JSON that an operation answers with on
// success, or nil.
func (p *pass) answer(op *oas.Node) *oas.Node {
	responses := op.Child("responses")
	if responses == nil {
		return nil
	}
	for _, r := range responses.Children {
		d := p.deref(r)
		if !strings.HasPrefix(r.Name, "2") || d == nil {
			continue
		}
		for mt := range d.In("content") {
			if s := p.deref(mt.Child("schema")); s != nil && mt.Name == "application/json" {
				return s
			}
		}
	}
	return nil
}

// follow goes along a path of property names joined by dots. It returns the
// schema at its end, or what is wrong with the path. The root is called whole
// in messages.
func (p *pass) follow(root *oas.Node, whole, path string, want target) (*oas.Node, string) {
	if root == nil {
		return nil, whole + " is no JSON"
	}
	at, where := root, whole
	for name := range strings.SplitSeq(path, ".") {
		next := p.property(at, name)
		if next == nil {
			return nil, fmt.Sprintf("%s has no property %q%s", where, name, p.meant(root, path, want))
		}
		at, where = next, fmt.Sprintf("%q", name)
	}
	if !want.fits(at) {
		return nil, fmt.Sprintf("%q is %s and not %s%s", path, typeName(at), want.what, p.meant(root, path, want))
	}
	return at, ""
}

// property returns the schema of a property, references followed, or nil.
func (p *pass) property(s *oas.Node, name string) *oas.Node {
	for prop := range s.In("properties") {
		if prop.Name == name {
			return p.deref(prop)
		}
	}
	return nil
}

func typeName(s *oas.Node) string {
	switch typ := s.Text("type"); typ {
	case "":
		return "any JSON"
	case "integer", "array", "object":
		return "an " + typ
	default:
		return "a " + typ
	}
}

// meant suggests a path in place of a wrong one, for the end of a message.
func (p *pass) meant(root *oas.Node, path string, want target) string {
	paths := p.pathsTo(root, "", want, nil)
	best := spell.Nearest(path, paths)
	if best == "" {
		last := func(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }
		names := make([]string, len(paths))
		for i := range paths {
			names[i] = last(paths[i])
		}
		if i := slices.Index(names, spell.Nearest(last(path), names)); i >= 0 {
			best = paths[i]
		}
	}
	if best == "" {
		return ""
	}
	return spell.DidYouMean(best)
}

// pathsTo lists the paths below a schema that lead to what is wanted. Seen are
// the schemas above, which may contain themselves.
func (p *pass) pathsTo(s *oas.Node, prefix string, want target, seen []*oas.Node) []string {
	var out []string
	for prop := range s.In("properties") {
		d := p.deref(prop)
		if d == nil || slices.Contains(seen, d) {
			continue
		}
		if want.fits(d) {
			out = append(out, prefix+prop.Name)
		}
		out = append(out, p.pathsTo(d, prefix+prop.Name+".", want, append(slices.Clip(seen), s))...)
	}
	return out
}

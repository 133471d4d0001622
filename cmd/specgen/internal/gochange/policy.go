package gochange

import (
	"go/constant"
	"go/types"
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// rule says what a change means to programs where that is not what apidiff says.
type rule struct {
	level  change.Level
	reason string // ends the message of the change
	holds  func(f finding) bool
}

// rules are all exceptions. The first that holds decides; without one, a change is
// what apidiff says.
var rules = []rule{
	{
		change.Compatible, "its comment says that it grows, and that fakes embed it or are mocks",
		func(f finding) bool {
			owner, _ := cutName(f.name)
			return f.kind == interfaceGrew && f.base.growing(owner)
		},
	},
	{
		change.Compatible, "structs with fields grow, and programs must not compare or convert them",
		func(f finding) bool { return f.kind == notComparable && hasExportedFields(f.base, f.name) },
	},
	{
		change.Text, "every release has another version",
		func(f finding) bool { return f.kind == valueChanged && f.name == "Version" && f.isText() },
	},
	{
		change.Risky, "programs compile, and send the new text or compare with it",
		func(f finding) bool { return f.kind == valueChanged && f.isText() },
	},
	{
		change.Risky, "only generated code uses it, and the form of the generated code that did is given up at the same time",
		func(f finding) bool {
			return f.base != nil && f.base.forGeneratedCode(f.name) && !isMark(f.name) && marksGone(f.base, f.head)
		},
	},
	{change.Risky, "programs that are built with an older Go cannot use it any more", func(f finding) bool { return f.kind == goRaised }},
	{change.Compatible, "it works as before", func(f finding) bool { return f.kind == nameDeprecated }},
}

// level returns what a change means to programs, and why if a rule says so.
func (f finding) level() (level change.Level, reason string) {
	for _, r := range rules {
		if !f.compatible && r.holds(f) {
			return r.level, r.reason
		}
	}
	if f.compatible || f.kind == packageAdded {
		return change.Compatible, ""
	}
	return change.Breaking, ""
}

// hasExportedFields reports whether programs make and read values of a struct by its
// fields. One without them is opaque, and what it can do is all that it is.
func hasExportedFields(p *pkg, name string) bool {
	obj := p.types.Scope().Lookup(name)
	if obj == nil {
		return false
	}
	s, ok := obj.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if field.Exported() {
			return true
		}
	}
	return false
}

// isText reports whether a constant is a text on both sides.
func (f finding) isText() bool {
	for _, p := range []*pkg{f.base, f.head} {
		c, ok := objectAt(p, f.name).(*types.Const)
		if !ok || c.Val().Kind() != constant.String {
			return false
		}
	}
	return true
}

var (
	section = regexp.MustCompile(`(?s)\n# For generated code\n(.*?)(\n# |$)`)
	link    = regexp.MustCompile(`\[(\w+(?:\.\w+)?)\]`)
	mark    = regexp.MustCompile(`^SupportsGeneratedCode\d+$`)
)

// forGeneratedCode reports whether the comment of the package lists a name, or its
// type, in the section "For generated code".
func (p *pkg) forGeneratedCode(name string) bool {
	text := section.FindString("\n" + p.doc)
	owner, _ := cutName(name)
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		if m[1] == name || m[1] == owner {
			return true
		}
	}
	return false
}

// isMark reports whether a constant says which generated code the runtime works with.
func isMark(name string) bool { return mark.MatchString(name) }

// marksGone reports whether the runtime has given up a form of generated code.
func marksGone(b, h *pkg) bool {
	if h == nil {
		return false
	}
	for _, name := range b.types.Scope().Names() {
		if isMark(name) && h.types.Scope().Lookup(name) == nil {
			return true
		}
	}
	return false
}

// article returns what a name is, for sentences.
func article(obj types.Object, name string) string {
	_, member := cutName(name)
	switch obj := obj.(type) {
	case *types.Func:
		if member != "" {
			return "the method"
		}
		return "the function"
	case *types.Const:
		return "the constant"
	case *types.Var:
		if obj.IsField() {
			return "the field"
		}
		return "the variable"
	case *types.TypeName:
		return "the " + typeWord(obj.Type())
	}
	return "the name"
}

func typeWord(t types.Type) string {
	switch t.Underlying().(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	}
	return "type"
}

// typeText writes a type on one line, with names of packages. Structs and interfaces
// without a name are long, and shown by the declarations.
func typeText(t types.Type) string {
	text := types.TypeString(t, func(p *types.Package) string { return p.Name() })
	return strings.Join(strings.Fields(text), " ")
}

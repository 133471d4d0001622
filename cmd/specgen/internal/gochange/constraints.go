package gochange

import (
	"go/types"
	"strings"
)

// constraints finds type parameters that take less than before, which apidiff does
// not look at: it compares the methods of a constraint and not its types, and of a
// function not even those.
func constraints(folder string, b, h *pkg) []finding {
	var out []finding
	for _, name := range b.types.Scope().Names() {
		old, now := parametersOf(b, name), parametersOf(h, name)
		if !exported(name) || old == nil || now == nil || accepts(now, old) {
			continue
		}
		out = append(out, finding{
			kind: constraintChanged, folder: folder, name: name, base: b, head: h,
			from: parametersText(old), to: parametersText(now),
		})
	}
	return out
}

// parametersOf returns the type parameters of a function or a type, and nil when there
// is no such name. There may be none.
func parametersOf(p *pkg, name string) *types.TypeParamList {
	switch obj := p.types.Scope().Lookup(name).(type) {
	case *types.Func:
		return obj.Signature().TypeParams()
	case *types.TypeName:
		if n, ok := obj.Type().(*types.Named); ok {
			return n.TypeParams()
		}
	}
	return nil
}

// accepts reports whether all type arguments that were right before still are.
func accepts(now, old *types.TypeParamList) bool {
	if now.Len() != old.Len() {
		return false
	}
	for i := range old.Len() {
		was, is := old.At(i), now.At(i)
		if typeText(was.Constraint()) == typeText(is.Constraint()) {
			continue
		}
		constraint, ok := is.Constraint().Underlying().(*types.Interface)
		if !ok || !types.Satisfies(was, constraint) {
			return false
		}
	}
	return true
}

func parametersText(list *types.TypeParamList) string {
	var parts []string
	for p := range list.TypeParams() {
		parts = append(parts, p.Obj().Name()+" "+typeText(p.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

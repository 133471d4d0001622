package gochange

import (
	"go/types"
	"strings"
)

// constraints finds type parameters that take other types than before, which apidiff
// does not look at: it compares the methods of a constraint and not its types, and of a
// function not even those.
func constraints(folder string, b, h *pkg) []finding {
	var out []finding
	for _, name := range b.types.Scope().Names() {
		old, now := parametersOf(b, name), parametersOf(h, name)
		if !exported(name) || old == nil || now == nil || same(old, now) {
			continue
		}
		out = append(out, finding{
			kind: constraintChanged, folder: folder, name: name, base: b, head: h,
			from: parametersText(old), to: parametersText(now), compatible: accepts(now, old),
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

// same reports whether both lists are the same but for their names.
func same(old, now *types.TypeParamList) bool {
	if now.Len() != old.Len() {
		return false
	}
	for i := range old.Len() {
		if typeText(old.At(i).Constraint()) != typeText(now.At(i).Constraint()) {
			return false
		}
	}
	return true
}

// accepts reports whether all type arguments that were right before still are.
func accepts(now, old *types.TypeParamList) bool {
	if now.Len() != old.Len() {
		return false
	}
	for i := range old.Len() {
		constraint, ok := now.At(i).Constraint().Underlying().(*types.Interface)
		if !ok || !types.Satisfies(old.At(i), constraint) {
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

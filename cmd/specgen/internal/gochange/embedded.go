package gochange

import "go/types"

// embeddedIn returns the struct that a field has moved to when the struct that had it
// embeds that one, or "" when the finding is about something else. apidiff calls such a
// field removed; where it has another type as well, it says that and no more.
func (f finding) embeddedIn() string {
	field, ok := objectAt(f.head, f.name).(*types.Var)
	if f.kind != nameRemoved || f.foreign != "" || !ok || !field.IsField() {
		return ""
	}
	owner, member := cutName(f.name)
	obj := f.head.types.Scope().Lookup(owner)
	_, index, _ := types.LookupFieldOrMethod(obj.Type(), true, f.head.types, member)
	holder := structAt(obj.Type(), index[:len(index)-1])
	if holder == nil {
		return ""
	}
	return typeText(holder)
}

// structAt returns the type to which the way of a promoted field or method leads, or
// nil when the way has no steps or leads through what is no struct.
func structAt(t types.Type, way []int) types.Type {
	if len(way) == 0 {
		return nil
	}
	for _, i := range way {
		s, ok := pointedTo(t).Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		t = s.Field(i).Type()
	}
	return pointedTo(t)
}

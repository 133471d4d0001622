package gochange

import (
	"cmp"
	"go/types"
)

// causes returns the kinds and names of findings that this one would follow from.
func (f finding) causes() []string {
	var out []string
	if owner := f.promotedFrom(); owner != "" {
		out = append(out, f.kind+" "+owner)
	}
	if t := f.constantOf(); t != "" {
		out = append(out, f.kind+" "+t)
	}
	if f.kind == constraintChanged {
		out = append(out, nameChanged+" "+f.name)
	}
	if f.kind == notImplemented && interfaceAt(f.base, f.name) != nil {
		// One of both interfaces has got or lost a method, which is said of it.
		out = append(out, f.kind+" "+f.name)
	}
	return out
}

// promotedFrom returns the name of a field or method in the struct of the same package
// that a struct has it from, or "" when it is its own.
func (f finding) promotedFrom() string {
	owner, member := cutName(f.name)
	p := cmp.Or(f.base, f.head)
	if f.kind == nameAdded {
		p = f.head
	}
	obj := p.types.Scope().Lookup(owner)
	if obj == nil || member == "" || f.foreign != "" {
		return ""
	}
	_, index, _ := types.LookupFieldOrMethod(obj.Type(), true, p.types, member)
	if len(index) < 2 {
		return ""
	}
	n, ok := types.Unalias(structAt(obj.Type(), index[:len(index)-1])).(*types.Named)
	if !ok || n.Obj().Pkg() != p.types {
		return ""
	}
	return n.Obj().Name() + "." + member
}

func pointedTo(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// constantOf returns the name of the type of a constant that is new or gone, or "".
func (f finding) constantOf() string {
	p := f.head
	if f.kind == nameRemoved {
		p = f.base
	}
	c, ok := objectAt(p, f.name).(*types.Const)
	if !ok || f.kind != nameRemoved && f.kind != nameAdded {
		return ""
	}
	n, ok := types.Unalias(c.Type()).(*types.Named)
	if !ok || n.Obj().Pkg() != p.types {
		return ""
	}
	return n.Obj().Name()
}

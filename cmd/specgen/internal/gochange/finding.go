package gochange

import (
	"cmp"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// The kinds of changes.
const (
	packageAdded      = "go-package-added"
	packageRemoved    = "go-package-removed"
	packageRenamed    = "go-package-renamed"
	nameAdded         = "go-added"
	nameRemoved       = "go-removed"
	nameChanged       = "go-changed"
	fieldEmbedded     = "go-field-embedded"
	valueChanged      = "go-value-changed"
	interfaceGrew     = "go-interface-grew"
	notComparable     = "go-not-comparable"
	notImplemented    = "go-not-implemented"
	constraintChanged = "go-constraint-changed"
	nameDeprecated    = "go-deprecated"
	moduleRenamed     = "go-module-renamed"
	goRaised          = "go-version-raised"
)

// finding is one difference between two packages.
type finding struct {
	kind       string
	compatible bool // as apidiff sees it
	folder     string
	name       string // in the package; empty when it is about the package
	from, to   string
	text       string // what apidiff says
	foreign    string // the path of the package that the name belongs to, if that is another one
	base, head *pkg
}

// change says what was found in the form that all comparisons share.
func (f finding) change(operations []string) change.Change {
	level, reason := f.level()
	f.describe()
	c := change.Change{
		Kind: f.kind, Area: change.Go, Level: level, Subject: f.subject(),
		Operations: reached(f.name, operations), From: f.from, To: f.to,
		Base: f.position(f.base), Head: f.position(f.head),
	}
	c.Message = f.sentence(c.Subject)
	if reason != "" {
		c.Message += ": " + reason
	}
	return c
}

// subject returns the name as programs write it.
func (f finding) subject() string {
	p := cmp.Or(f.head, f.base)
	if f.kind == nameRemoved {
		p = f.base
	}
	switch {
	case f.name == "":
		return cmp.Or(f.folder, path.Base(p.types.Path()))
	case f.foreign != "":
		return f.name
	}
	return p.called + "." + f.name
}

// position tells where a side declares the name. A field or method that a type has by
// embedding is where the type is.
func (f finding) position(p *pkg) diag.Pos {
	if p == nil {
		return diag.Pos{}
	}
	if f.name == "" {
		return p.pos
	}
	owner, _ := cutName(f.name)
	for _, name := range []string{f.name, owner} {
		if n := p.names[name]; n != nil && (name == f.name || objectAt(p, f.name) != nil) {
			return n.pos
		}
	}
	return diag.Pos{}
}

// describe writes what has changed in words of our own, where both sides are known.
func (f *finding) describe() {
	old, now := objectAt(f.base, f.name), objectAt(f.head, f.name)
	if old == nil || now == nil {
		return
	}
	switch f.kind {
	case valueChanged:
		was, ok := old.(*types.Const)
		is, also := now.(*types.Const)
		if ok && also {
			f.from, f.to = was.Val().ExactString(), is.Val().ExactString()
		}
	case nameChanged:
		was, is := objectText(old), objectText(now)
		if was != is { // otherwise what differs is not in these words, but in those of apidiff
			f.from, f.to = was, is
		}
	}
}

// objectText returns the type of an object, and of a type what it is made of.
func objectText(obj types.Object) string {
	t := obj.Type()
	if name, ok := obj.(*types.TypeName); ok && !name.IsAlias() {
		t = t.Underlying()
	}
	switch t.(type) {
	case *types.Struct, *types.Interface:
		return typeWord(t)
	}
	return typeText(t)
}

// sentence tells what has changed.
func (f finding) sentence(subject string) string {
	what := article(cmp.Or(objectAt(f.base, f.name), objectAt(f.head, f.name)), f.name) + " " + subject
	switch f.kind {
	case packageAdded:
		return "the package " + subject + " is new"
	case packageRemoved:
		return "the package " + subject + " is gone"
	case packageRenamed:
		return "the package " + subject + " is called " + f.to + ", and was called " + f.from
	case nameAdded:
		return what + " is new"
	case nameRemoved:
		return what + " is gone"
	case fieldEmbedded:
		return what + " is now a field of the embedded " + f.to +
			": programs read it as before, and struct literals that name it do not compile"
	case interfaceGrew:
		_, method := cutName(f.name)
		return "the interface " + strings.TrimSuffix(subject, "."+method) + " has got the method " + method +
			", which types that implement it lack"
	case notComparable:
		return what + " cannot be compared any more"
	case notImplemented:
		return what + " " + f.text
	case constraintChanged:
		return what + " takes other type arguments: " + f.to + ", before " + f.from
	case nameDeprecated:
		return what + " is deprecated"
	case valueChanged:
		return what + " has changed its value from " + f.from + " to " + f.to
	}
	if f.from == "" {
		return what + " has changed: " + f.text
	}
	return what + " has changed from " + f.from + " to " + f.to
}

// declarationsOf returns the source of what findings are about.
func declarationsOf(found []finding, b, h *side) []Declaration {
	type key struct{ folder, name string }
	touched := map[key]bool{}
	for _, f := range found {
		for _, p := range []*pkg{f.base, f.head} {
			if n := declaring(p, f.name); n != nil {
				touched[key{f.folder, n.in}] = true
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(touched), func(x, y key) int {
		return cmp.Or(cmp.Compare(x.folder, y.folder), cmp.Compare(x.name, y.name))
	})
	var out []Declaration
	for _, k := range keys {
		d := Declaration{Package: k.folder, Name: k.name}
		if p := b.packages[k.folder]; p != nil && p.names[k.name] != nil {
			d.Base, d.Kind = p.names[k.name].text, p.names[k.name].kind
		}
		if p := h.packages[k.folder]; p != nil && p.names[k.name] != nil {
			d.Head, d.Kind = p.names[k.name].text, p.names[k.name].kind
		}
		out = append(out, d)
	}
	return out
}

// declaring returns the declaration of a name: that of the type for what the type has
// by embedding.
func declaring(p *pkg, name string) *named {
	if p == nil || name == "" {
		return nil
	}
	if n := p.names[name]; n != nil {
		return n
	}
	owner, _ := cutName(name)
	return p.names[owner]
}

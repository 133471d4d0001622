package gochange

import (
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var grows = regexp.MustCompile(`\bgrows\s+with\s+the\s+service\b`)

// growing reports whether the comment of a type says that it grows with the service.
// The comment that counts is the one that programs were written by.
func (p *pkg) growing(name string) bool {
	n := p.names[name]
	return n != nil && grows.MatchString(n.doc)
}

// grown finds the interfaces that have come to have methods. apidiff names the
// interface in which a method is declared, which is not the one that has grown when an
// interface embeds another.
func grown(folder string, b, h *pkg) []finding {
	added := map[string][]string{}
	for _, name := range b.types.Scope().Names() {
		old, now := interfaceAt(b, name), interfaceAt(h, name)
		if !exported(name) || old == nil || now == nil || hasUnexported(old) {
			continue // nobody else can implement it
		}
		had := methods(old)
		for _, m := range methods(now) {
			if !slices.Contains(had, m) {
				added[name] = append(added[name], m)
			}
		}
	}
	var out []finding
	for _, name := range slices.Sorted(maps.Keys(added)) {
		for _, m := range added[name] {
			if b.growing(name) && embedsOneThatGrew(h, name, m, added) {
				continue
			}
			out = append(out, finding{kind: interfaceGrew, folder: folder, name: name + "." + m, base: b, head: h})
		}
	}
	return out
}

// embedsOneThatGrew reports whether an interface has a new method because one that it
// embeds has it, which is said of that one.
func embedsOneThatGrew(h *pkg, name, method string, added map[string][]string) bool {
	i := interfaceAt(h, name)
	for embedded := range i.EmbeddedTypes() {
		n, ok := types.Unalias(embedded).(*types.Named)
		if ok && n.Obj().Pkg() == h.types && slices.Contains(added[n.Obj().Name()], method) {
			return true
		}
	}
	return false
}

// shrunk finds the methods that interfaces have no longer because they do not embed
// another interface any more. apidiff only says that they do not implement it. Where the
// embedded one lacks the method or is gone, that is said of it.
func shrunk(folder string, b, h *pkg) []finding {
	var out []finding
	for _, name := range b.types.Scope().Names() {
		old, now := interfaceAt(b, name), interfaceAt(h, name)
		if !exported(name) || old == nil || now == nil {
			continue
		}
		has := methods(now)
		for embedded := range old.EmbeddedTypes() {
			n, ok := types.Unalias(embedded).(*types.Named)
			if !ok || n.Obj().Pkg() != b.types || interfaceAt(h, n.Obj().Name()) == nil {
				continue
			}
			for _, m := range methods(interfaceAt(h, n.Obj().Name())) {
				if !slices.Contains(has, m) && slices.Contains(methods(old), m) {
					out = append(out, finding{kind: nameRemoved, folder: folder, name: name + "." + m, base: b, head: h})
				}
			}
		}
	}
	return out
}

// withoutGrowth replaces what apidiff says of methods that interfaces have got, but for
// interfaces that are not exported: apidiff knows which of them programs meet.
func withoutGrowth(found, growth []finding) []finding {
	got := map[string]bool{}
	for _, f := range growth {
		_, method := cutName(f.name)
		got[method] = true
	}
	found = slices.DeleteFunc(found, func(f finding) bool {
		method := f.name[strings.LastIndex(f.name, ".")+1:]
		return f.kind == interfaceGrew && got[method] && (f.foreign != "" || exported(f.name))
	})
	return append(found, growth...)
}

// interfaceAt returns the interface that a package declares by a name, or nil.
func interfaceAt(p *pkg, name string) *types.Interface {
	t, ok := p.types.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return nil
	}
	i, _ := t.Type().Underlying().(*types.Interface)
	return i
}

func hasUnexported(i *types.Interface) bool {
	for m := range i.Methods() {
		if !m.Exported() {
			return true
		}
	}
	return false
}

// methods returns the names of the exported methods of an interface.
func methods(i *types.Interface) []string {
	var out []string
	for m := range i.Methods() {
		if m.Exported() {
			out = append(out, m.Name())
		}
	}
	return out
}

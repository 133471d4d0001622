// Package gochange compares the exported API of the Go packages of two module
// trees, and shows the declarations that differ.
//
// What differs is found by golang.org/x/exp/apidiff, which tells whether programs
// still compile. What this project promises is in two places another thing: the table
// of rules in policy.go says where a change is less than a break and why, and
// interfaces.go and constraints.go find what apidiff does not tell.
//
// It may import change, document, generator, its diag and emit, golang.org/x/exp/apidiff,
// golang.org/x/mod, golang.org/x/tools/go/packages and the standard library.
package gochange

import (
	"context"
	"fmt"
	"go/types"
	"maps"
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// Tree is one side of a comparison.
type Tree struct {
	// Dir is the folder of a Go module.
	Dir string
	// Patterns choose packages, as the go command takes them. Programs, and packages
	// that other modules cannot import, are left out.
	Patterns []string
}

// Repository is the tree of a checkout of this repository: the packages that programs
// import.
func Repository(dir string) Tree { return Tree{Dir: dir, Patterns: []string{"./sdk/..."}} }

// Result is what differs between two trees.
type Result struct {
	// Changes are sorted.
	Changes []change.Change
	// Declarations are those that changes are about, sorted by package and name.
	Declarations []Declaration
}

// Declaration is the source of an exported type, function, method, constant or
// variable on both sides, with its comment and without the body of a function.
type Declaration struct {
	// Package is the folder of the package, relative to that of the module.
	Package string
	// Name is the name in the package, that of a method after its type and a dot.
	Name string
	// Kind is type, func, method, const or var.
	Kind string
	// Base and Head are empty where there is no such declaration.
	Base, Head string
}

// Compare tells what has changed for programs between the packages of base and those
// of head. Packages belong together by their folder, whatever the module is called.
// An error is about a tree that cannot be read, or whose declarations do not compile.
func Compare(ctx context.Context, base, head Tree) (Result, error) {
	l := newLoader()
	b, err := l.load(ctx, "base", base, "")
	if err != nil {
		return Result{}, err
	}
	h, err := l.load(ctx, "head", head, b.module)
	if err != nil {
		return Result{}, err
	}
	return compareSides(b, h)
}

// compareSides compares two trees and changes neither, so that one base serves many
// comparisons at once.
func compareSides(b, h *side) (Result, error) {
	var found []finding
	for _, folder := range folders(b, h) {
		in, err := compare(folder, b.packages[folder], h.packages[folder])
		if err != nil {
			return Result{}, err
		}
		found = append(found, in...)
	}
	found = slices.DeleteFunc(found, func(f finding) bool { return b.compares(f.foreign) })
	operations := operationsOf(b, h)
	out := Result{Changes: moduleChanges(b, h), Declarations: declarationsOf(found, b, h)}
	for _, f := range found {
		out.Changes = append(out.Changes, f.change(operations))
	}
	change.Sort(out.Changes)
	out.Changes = slices.CompactFunc(out.Changes, func(x, y change.Change) bool { return x.Fingerprint() == y.Fingerprint() })
	return out, nil
}

// compares reports whether a package is compared itself, so that what other packages
// have of it need not be said again.
func (s *side) compares(path string) bool {
	for _, p := range s.packages {
		if p.types.Path() == path {
			return true
		}
	}
	return false
}

func folders(b, h *side) []string {
	all := maps.Clone(b.packages)
	maps.Copy(all, h.packages)
	return slices.Sorted(maps.Keys(all))
}

// compare returns what differs in one folder, where either side may have no package.
func compare(folder string, b, h *pkg) ([]finding, error) {
	switch {
	case h == nil:
		return []finding{{kind: packageRemoved, folder: folder, base: b}}, nil
	case b == nil:
		return []finding{{kind: packageAdded, folder: folder, head: h}}, nil
	}
	found, err := reported(folder, b, h)
	if err != nil {
		return nil, fmt.Errorf("compare package %s: %w", folder, err)
	}
	if old, now := b.types.Name(), h.types.Name(); old != now {
		found = append(found, finding{kind: packageRenamed, folder: folder, from: old, to: now, base: b, head: h})
	}
	found = withoutGrowth(found, grown(folder, b, h))
	found = append(found, shrunk(folder, b, h)...)
	found = append(found, constraints(folder, b, h)...)
	found = withoutConsequences(found)
	return append(found, deprecated(folder, b, h)...), nil
}

// withoutConsequences leaves out what follows from another finding.
func withoutConsequences(found []finding) []finding {
	said := map[string]bool{}
	for _, f := range found {
		said[f.kind+" "+f.name] = true
	}
	return slices.DeleteFunc(found, func(f finding) bool {
		return slices.ContainsFunc(f.causes(), func(cause string) bool { return said[cause] })
	})
}

// deprecated finds the names whose comment has come to say that they are deprecated.
func deprecated(folder string, b, h *pkg) []finding {
	var out []finding
	for _, name := range slices.Sorted(maps.Keys(h.names)) {
		old, ok := b.names[name]
		if ok && exported(name) && h.names[name].deprecated() && !old.deprecated() {
			out = append(out, finding{kind: nameDeprecated, folder: folder, name: name, base: b, head: h})
		}
	}
	return out
}

// objectAt returns what a package calls name, or nil. Name is that of a declaration or,
// after a dot, that of a field or a method.
func objectAt(p *pkg, name string) types.Object {
	if p == nil {
		return nil
	}
	owner, member := cutName(name)
	obj := p.types.Scope().Lookup(owner)
	if obj == nil || member == "" {
		return obj
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, p.types, member)
	return found
}

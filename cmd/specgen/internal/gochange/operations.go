package gochange

import (
	"maps"
	"slices"
	"strings"
)

// caller ends the name of the interface that every operation has.
const caller = "Caller"

// suffixes end the names that are made of that of an operation.
var suffixes = []string{"", "Request", "Response", caller, "Pager", "Task", "All", "Pages", "AndWait"}

// operationsOf returns the operations of the clients of both sides.
func operationsOf(sides ...*side) []string {
	found := map[string]bool{}
	for _, s := range sides {
		for _, p := range s.packages {
			for _, name := range p.types.Scope().Names() {
				operation, ok := strings.CutSuffix(name, caller)
				if ok && interfaceAt(p, name) != nil {
					found[operation] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// reached returns the operation that a name belongs to.
func reached(name string, operations []string) []string {
	owner, member := cutName(name)
	for _, part := range []string{owner, member} {
		for _, suffix := range suffixes {
			operation, ok := strings.CutSuffix(part, suffix)
			if _, found := slices.BinarySearch(operations, operation); ok && found {
				return []string{operation}
			}
		}
	}
	return nil
}

package validate

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// circles reports components that are references to each other and to nothing else.
func (r *run) circles(components *oas.Node) {
	byRef := map[string]*oas.Node{}
	for _, n := range components.Children {
		byRef["#"+n.Pointer()] = n
	}
	walks := map[*oas.Node]int{} // the number of the walk that came to a component
	for i, n := range components.Children {
		for n != nil && n.IsRef() && walks[n] == 0 {
			walks[n] = i + 1
			n = byRef[n.Ref()]
		}
		if n != nil && n.IsRef() && walks[n] == i+1 {
			r.add(n.RefNode(), codeRef, "the reference leads in a circle and never to %s: %s", article(string(n.Kind)), circle(n, byRef))
		}
	}
}

// circle names the components of a circle, from one on. Of a large one it names some.
func circle(first *oas.Node, byRef map[string]*oas.Node) string {
	names := []string{first.Name}
	for n := byRef[first.Ref()]; n != first; n = byRef[n.Ref()] {
		if len(names) == 8 {
			names = append(names, "...")
			break
		}
		names = append(names, n.Name)
	}
	return strings.Join(append(names, first.Name), ", ")
}

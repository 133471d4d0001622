package main

import (
	"cmp"
	"slices"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// removed is what the provider removed from its API, as list prints it.
type removed struct {
	Name    string `json:"name"`
	Since   string `json:"since"`
	Version string `json:"version,omitempty"`
	Until   string `json:"until"`
}

func (a app) listRemoved(doc *oas.Node) error {
	all := removedFrom(doc)
	if a.JSON() {
		return a.PrintJSON(all)
	}
	rows := [][]string{{"REMOVED", "SINCE", "VERSION", "UNTIL"}}
	for _, r := range all {
		rows = append(rows, []string{r.Name, r.Since, orDash(r.Version), r.Until})
	}
	return a.printTable(rows)
}

// removedFrom returns what a document has and the provider removed: what may go first
// comes first.
func removedFrom(doc *oas.Node) []removed {
	out := []removed{}
	for o := range doc.Of(oas.Operation, oas.Parameter, oas.Schema) {
		if window := o.Get("x-ack-removed"); window != nil {
			out = append(out, removed{
				Name: nameOf(o), Since: yamlsrc.Text(window, "since"), Version: yamlsrc.Text(window, "version"), Until: yamlsrc.Text(window, "until"),
			})
		}
	}
	slices.SortFunc(out, func(x, y removed) int { return cmp.Or(cmp.Compare(x.Until, y.Until), cmp.Compare(x.Name, y.Name)) })
	return out
}

// nameOf names an operation, a schema, or a part of one of them.
func nameOf(o *oas.Node) string {
	switch {
	case o.Owner() == o:
		return o.Subject()
	case o.Kind == oas.Parameter:
		return o.Subject() + " " + o.Text("in") + " " + o.Text("name")
	default:
		return o.Subject() + "." + o.Name
	}
}

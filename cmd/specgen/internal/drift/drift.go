// Package drift compares what others publish about the operations of a service with
// a spec, in both directions: a description of the operations, or a log of their
// changes. What was decided to stay different is left out.
//
// It may import specgen's regions and upstream, generator/diag and load/yamlsrc,
// go.yaml.in/yaml/v3 and the standard library. It touches no files.
package drift

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Kind is the kind of a difference.
type Kind string

// The kinds, in the order in which they are printed. What is new is upstream's and not
// in the spec, what is removed is in the spec and no longer upstream's.
const (
	OperationNew     Kind = "operation-new"
	OperationBack    Kind = "operation-back" // the spec says that it was removed
	OperationRenamed Kind = "operation-renamed"
	OperationRemoved Kind = "operation-removed"
	RouteChanged     Kind = "route-changed"
	ParameterNew     Kind = "parameter-new"
	ParameterRemoved Kind = "parameter-removed"
	FieldNew         Kind = "field-new"
	FieldRemoved     Kind = "field-removed"
	TypeChanged      Kind = "type-changed"
	RequiredChanged  Kind = "required-changed"
	EnumNew          Kind = "enum-value-new"
	EnumRemoved      Kind = "enum-value-removed"
	DeprecatedChange Kind = "deprecation-changed"
	RegionNew        Kind = "region-new"
	RegionRemoved    Kind = "region-removed"
	EndpointChanged  Kind = "endpoint-changed"
)

var kinds = []Kind{
	OperationNew, OperationBack, OperationRenamed, OperationRemoved, RouteChanged, ParameterNew, ParameterRemoved, FieldNew, FieldRemoved, TypeChanged,
	RequiredChanged, EnumNew, EnumRemoved, DeprecatedChange, RegionNew, RegionRemoved, EndpointChanged,
}

// Kinds returns all kinds, in the order in which they are printed.
func Kinds() []Kind { return slices.Clone(kinds) }

// Difference is one thing in which a source and a spec differ.
type Difference struct {
	Kind Kind `json:"kind"`
	// Operation is empty for regions.
	Operation string `json:"operation,omitempty"`
	// Path names a part of the operation as the official change log does: a parameter by
	// its name, a field of a request by body.a.b, one of a response by Body.a.b, where a
	// dollar sign stands for the elements of a list and an asterisk for the values of a
	// map. For regions it is the region, with the network where that matters.
	Path string `json:"path,omitempty"`
	// Upstream and Spec are what both sides say, empty where there is nothing to say.
	Upstream string `json:"upstream,omitempty"`
	Spec     string `json:"spec,omitempty"`
	// Since names the version that a change log mentions it at.
	Since string `json:"since,omitempty"`

	// Position is the place of the spec at which people look for it.
	Position diag.Pos `json:"position,omitzero"`

	item // what is known of the thing on both sides
}

// item leads to the thing of a difference on both sides; nil where a side has none.
type item struct {
	Theirs, Ours *Part      `json:"-"`
	Node         *yaml.Node `json:"-"` // of the position
}

// String names the difference on one line. It tells differences apart, and decisions
// are about what it says.
func (d Difference) String() string { return oneLine(d.text()) }

// oneLine is a text of others without what terminals and Markdown would obey.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

func (d Difference) text() string {
	s := strings.Join(slices.DeleteFunc([]string{string(d.Kind), d.Operation, d.Path}, func(w string) bool { return w == "" }), " ")
	switch {
	case d.Upstream != "" && d.Spec != "":
		return s + " (upstream " + d.Upstream + ", spec " + d.Spec + ")"
	case d.Upstream != "":
		return s + " (" + d.Upstream + ")"
	case d.Spec != "":
		return s + " (" + d.Spec + ")"
	}
	return s
}

func sorted(list []Difference) []Difference {
	slices.SortFunc(list, func(x, y Difference) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, x.Kind), slices.Index(kinds, y.Kind)), cmp.Compare(x.String(), y.String()))
	})
	return slices.CompactFunc(list, func(x, y Difference) bool { return x.String() == y.String() })
}

// News returns the differences that were not there before. Both lists are differences
// of the same spec: from a source as it is now, and as it was.
func News(now, before []Difference) []Difference {
	old := map[string]bool{}
	for _, d := range before {
		old[d.String()] = true
	}
	out := []Difference{}
	for _, d := range now {
		if !old[d.String()] {
			out = append(out, d)
		}
	}
	return out
}

// Unconfirmed returns the differences that hold although the last snapshot seen may
// agree with the spec: sources of other forms lag behind it, so that what they lack or
// say otherwise is none where the snapshot has it as the spec does. What is new, and
// what snapshots do not know, stays. Kept are the differences of that snapshot.
func Unconfirmed(list, kept []Difference) []Difference {
	type thing struct {
		kind            Kind
		operation, path string
	}
	differs := map[thing]bool{}
	for _, d := range kept {
		differs[thing{d.Kind, d.Operation, d.Path}] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(d Difference) bool {
		if slices.Contains(hold, d.Kind) {
			return false
		}
		return !slices.ContainsFunc([]Kind{d.Kind, ParameterRemoved, FieldRemoved}, func(k Kind) bool {
			return differs[thing{k, d.Operation, d.Path}]
		}) && !differs[thing{OperationRemoved, d.Operation, ""}]
	})
}

// hold are the kinds that a snapshot cannot settle.
var hold = []Kind{OperationNew, OperationBack, OperationRenamed, ParameterNew, FieldNew, EnumNew, RegionNew, RegionRemoved, EndpointChanged}

// Locate sets the positions of differences.
func Locate(list []Difference, files yamlsrc.Files) {
	for i := range list {
		if n := list[i].Node; n != nil {
			list[i].Position = files.Pos(n)
		}
	}
}

// lacking returns how many operations of a spec a source lacks, of those that it could
// have.
func lacking(theirs, ours *upstream.Description) (missing, of int) {
	for _, op := range ours.Operations {
		if op.Kept() {
			continue
		}
		of++
		if find(theirs, op.Name) == nil {
			missing++
		}
	}
	return missing, of
}

func find(d *upstream.Description, name string) *upstream.Operation {
	i := slices.IndexFunc(d.Operations, func(o upstream.Operation) bool { return o.Name == name })
	if i < 0 {
		return nil
	}
	return &d.Operations[i]
}

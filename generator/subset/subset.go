// Package subset takes the operations that nobody asked for out of a document.
//
// It may import kin-openapi, generator/load and internal/spell. It knows the
// operations by their ids and tags only, and leaves the schemas alone: what nothing
// reaches any more, goapi does not build.
package subset

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/load"
)

// Choice says which operations are wanted: those with one of the ids, and those in
// one of the groups. Without any it stands for all.
type Choice struct {
	Operations []string
	Groups     []string
}

// Rest is what a choice leaves of a document.
type Rest struct {
	// Paths are the operations that were not chosen. It is nil when all were.
	Paths *openapi3.Paths
	// Notes tell what the chosen operations lose without the others.
	Notes []string

	subjects map[string]bool
}

// Has reports whether the subject of a finding is an operation that was not chosen.
func (r *Rest) Has(subject string) bool { return r.subjects[subject] }

// subjectsOf returns how findings call operations: by their ids, or where they stand.
func subjectsOf(paths *openapi3.Paths) map[string]bool {
	out := map[string]bool{}
	for path, item := range paths.Map() {
		for method, o := range item.Operations() {
			out[o.OperationID], out[method+" "+path] = true, true
		}
	}
	return out
}

// Take keeps the chosen operations and their tags in the document and returns the
// rest. The error is an [*UnknownError] when the choice names what is not there.
func Take(doc *load.Document, c Choice) (*Rest, error) {
	if len(c.Operations) == 0 && len(c.Groups) == 0 {
		return &Rest{}, nil
	}
	if err := c.check(doc.Paths); err != nil {
		return nil, err
	}
	chosen, rest := split(doc.Paths, c.has)
	groups := map[string]bool{}
	for _, o := range operations(chosen) {
		groups[group(o)] = true
	}
	doc.Paths = chosen
	doc.Tags = slices.DeleteFunc(slices.Clone(doc.Tags), func(t *openapi3.Tag) bool { return !groups[t.Name] })
	return &Rest{Paths: rest, Notes: dropTasks(chosen, rest), subjects: subjectsOf(rest)}, nil
}

func (c Choice) has(o *openapi3.Operation) bool {
	return slices.Contains(c.Operations, o.OperationID) || slices.Contains(c.Groups, group(o))
}

// group returns the tag that tells the group of an operation.
func group(o *openapi3.Operation) string {
	if len(o.Tags) == 0 {
		return ""
	}
	return o.Tags[0]
}

// operations returns all operations by id.
func operations(paths *openapi3.Paths) []*openapi3.Operation {
	var out []*openapi3.Operation
	for _, item := range paths.Map() {
		out = slices.AppendSeq(out, maps.Values(item.Operations()))
	}
	slices.SortFunc(out, func(x, y *openapi3.Operation) int { return cmp.Compare(x.OperationID, y.OperationID) })
	return out
}

// split sorts operations into those that are chosen and the others. What a path says
// of all its operations goes with both.
func split(paths *openapi3.Paths, has func(*openapi3.Operation) bool) (chosen, rest *openapi3.Paths) {
	chosen, rest = openapi3.NewPaths(), openapi3.NewPaths()
	for path, item := range paths.Map() {
		yes, no := *item, *item
		for method, o := range item.Operations() {
			if has(o) {
				no.SetOperation(method, nil)
			} else {
				yes.SetOperation(method, nil)
			}
		}
		if len(yes.Operations()) > 0 {
			chosen.Set(path, &yes)
		}
		if len(no.Operations()) > 0 {
			rest.Set(path, &no)
		}
	}
	return chosen, rest
}

// check reports the names that the document lacks.
func (c Choice) check(paths *openapi3.Paths) error {
	var ids, groups []string
	for _, o := range operations(paths) {
		ids, groups = append(ids, o.OperationID), append(groups, group(o))
	}
	names := append(unknown(Operation, c.Operations, ids), unknown(Group, c.Groups, groups)...)
	if len(names) > 0 {
		return &UnknownError{names}
	}
	return nil
}

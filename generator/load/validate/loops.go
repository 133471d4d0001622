package validate

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// loops finds the schemas that lead back to themselves without a field in between. A
// schema that consists of itself through allOf alone has no fields at all, which is
// reported. One whose allOf names a schema that lists it among its alternatives is
// how documents write a base and its heirs: no value of it can be checked, because
// kin-openapi would go round in it.
type loops struct {
	*walker

	inside map[*openapi3.Schema]bool // true while the parts of a schema are looked at
	found  bool
}

func (w *walker) findLoops(doc *openapi3.T) bool {
	if doc.Components == nil {
		return false
	}
	names := slices.Sorted(maps.Keys(doc.Components.Schemas))
	all := loops{walker: w, inside: map[*openapi3.Schema]bool{}}
	merged := loops{walker: w, inside: map[*openapi3.Schema]bool{}}
	for _, name := range names {
		merged.walk(doc.Components.Schemas[name], func(s *openapi3.Schema) openapi3.SchemaRefs { return s.AllOf }, true)
		all.walk(doc.Components.Schemas[name], func(s *openapi3.Schema) openapi3.SchemaRefs {
			return slices.Concat(s.AllOf, s.OneOf, s.AnyOf, openapi3.SchemaRefs{s.Not})
		}, false)
	}
	return all.found
}

// walk follows the parts of a schema. References to components are all that can lead
// back.
func (l *loops) walk(ref *openapi3.SchemaRef, parts func(*openapi3.Schema) openapi3.SchemaRefs, report bool) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	if inside, seen := l.inside[s]; seen {
		l.found = l.found || inside
		if inside && report {
			l.add(l.field(s.Origin, "allOf"), codeRef, "the schema consists of itself, through allOf")
		}
		return
	}
	l.inside[s] = true
	for _, part := range parts(s) {
		l.walk(part, parts, report)
	}
	l.inside[s] = false
}

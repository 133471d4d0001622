package validate

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// endless reports schemas that consist of themselves, through allOf and its like. No
// value ends the search for one that fits, and kin-openapi does not notice. It reports
// whether there are any.
func (w *walker) endless(doc *openapi3.T) bool {
	before := w.list.Sound()
	state := map[*openapi3.Schema]bool{} // true while the parts of a schema are looked at
	if doc.Components != nil {
		for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
			w.consists(doc.Components.Schemas[name], state)
		}
	}
	return before && !w.list.Sound()
}

// consists walks the parts of a schema. References to components are all that can
// lead back.
func (w *walker) consists(ref *openapi3.SchemaRef, state map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	if inside, seen := state[s]; seen {
		if inside {
			w.add(w.field(s.Origin, "allOf"), codeRef, "the schema consists of itself, through allOf, oneOf, anyOf or not")
		}
		return
	}
	state[s] = true
	for _, part := range slices.Concat(s.AllOf, s.OneOf, s.AnyOf, openapi3.SchemaRefs{s.Not}) {
		w.consists(part, state)
	}
	state[s] = false
}

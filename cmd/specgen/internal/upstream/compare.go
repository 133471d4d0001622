package upstream

import (
	"cmp"
	"regexp"
	"slices"
)

// Gap is something that one description has and another lacks.
type Gap struct {
	Operation string
	// What is operation, route, query, request or response.
	What string
	// Name is the parameter or the path of the field, with dots; elements of lists and
	// values of maps have the path of their list or map. For a route it is the method
	// and the path.
	Name string
}

// String names the gap on one line.
func (g Gap) String() string {
	if g.Name == "" {
		return g.Operation + " " + g.What
	}
	return g.Operation + " " + g.What + " " + g.Name
}

// Gaps returns what theirs has and ours lacks, sorted. Names of placeholders do not
// count, because they are not on the wire.
func Gaps(theirs, ours *Description) []Gap {
	var out []Gap
	for _, want := range theirs.Operations {
		i := slices.IndexFunc(ours.Operations, func(o Operation) bool { return o.Name == want.Name })
		if i < 0 {
			out = append(out, Gap{Operation: want.Name, What: "operation"})
			continue
		}
		have := ours.Operations[i]
		if route(want) != route(have) {
			out = append(out, Gap{want.Name, "route", route(want)})
		}
		out = append(out, missing(want.Name, "query", queries(want), queries(have))...)
		out = append(out, missing(want.Name, "request", fields(want.Body), fields(have.Body))...)
		out = append(out, missing(want.Name, "response", fields(want.Response), fields(have.Response))...)
	}
	slices.SortFunc(out, func(x, y Gap) int { return cmp.Compare(x.String(), y.String()) })
	return out
}

func missing(operation, what string, want, have map[string]bool) []Gap {
	var out []Gap
	for name := range want {
		if !have[name] {
			out = append(out, Gap{operation, what, name})
		}
	}
	return out
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

func route(o Operation) string { return o.Method + " " + placeholder.ReplaceAllString(o.Path, "{}") }

func queries(o Operation) map[string]bool {
	out := map[string]bool{}
	for _, p := range o.Parameters {
		if p.In == "query" {
			out[p.Name] = true
		}
	}
	return out
}

// fields returns the paths of all fields below a schema.
func fields(s *Schema) map[string]bool {
	out := map[string]bool{}
	var walk func(s *Schema, path string, outer []*Schema)
	walk = func(s *Schema, path string, outer []*Schema) {
		if s == nil || slices.Contains(outer, s) {
			return
		}
		outer = append(slices.Clip(outer), s)
		for _, p := range s.Properties {
			name := p.Name
			if path != "" {
				name = path + "." + name
			}
			out[name] = true
			walk(p.Schema, name, outer)
		}
		walk(s.Items, path, outer)
		walk(s.Values, path, outer)
	}
	walk(s, "", nil)
	return out
}

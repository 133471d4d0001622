package wire

import (
	"maps"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// deprecated is the status that a deprecated field has.
const deprecated = "deprecated"

// joinDeprecations makes one change of a deprecation that is said in another place: at a
// field, or at what holds the field, where x-ack-deprecated names it. The field is
// deprecated on both sides.
func joinDeprecations(changes []change.Change) []change.Change {
	kinds := map[string]map[string]bool{}
	for _, c := range changes {
		if kinds[c.Subject] == nil {
			kinds[c.Subject] = map[string]bool{}
		}
		kinds[c.Subject][c.Kind] = true
	}
	has := func(subject, kind string) bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(kinds[subject])), func(k string) bool { return strings.HasSuffix(k, kind) })
	}
	var out []change.Change
	for _, c := range changes {
		toHolder := kinds[c.Subject]["path-deprecation-added"] && has(c.Subject, "-reactivated")
		toField := kinds[c.Subject]["path-deprecation-removed"] && has(c.Subject, "-deprecated")
		switch {
		case !toHolder && !toField:
		case strings.HasPrefix(c.Kind, "path-deprecation-"):
			c.Kind = "path-deprecation-changed"
			r := find(ownRules, c.Kind)
			c.Level, c.Message = r.level, r.sentence(c, "")
		case toHolder && strings.HasSuffix(c.Kind, "-reactivated"), toField && strings.HasSuffix(c.Kind, "-deprecated"),
			strings.HasPrefix(c.Kind, "x-ack-status-") && (toHolder && c.From == deprecated || toField && c.To == deprecated):
			continue
		}
		out = append(out, c)
	}
	return out
}

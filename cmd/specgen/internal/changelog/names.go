package changelog

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// newName takes apart what is said of a new Go name.
var newName = regexp.MustCompile(`^the (\w+) (\w+)\.([\w.]+) is new$`)

// nameLines tells of new Go names, with one line for those that are the same sort of
// thing in the same package.
func nameLines(changes []change.Change) []string {
	type sort struct{ noun, pkg string }
	first, names := map[sort]change.Change{}, map[sort][]string{}
	var lines []string
	for _, c := range changes {
		m := newName.FindStringSubmatch(c.Message)
		if m == nil {
			lines = append(lines, "- "+sentence(c))
			continue
		}
		s := sort{m[1], m[2]}
		if len(names[s]) == 0 {
			first[s] = c
		}
		names[s] = append(names[s], m[3])
	}
	for s, c := range first {
		if len(names[s]) == 1 {
			lines = append(lines, "- "+sentence(c))
			delete(names, s)
		}
	}
	for s := range maps.Keys(names) {
		slices.Sort(names[s])
		lines = append(lines, "- New "+s.noun+"s of package "+code(s.pkg)+": "+list(names[s])+".")
	}
	slices.SortFunc(lines, strings.Compare)
	return lines
}

package reference

import (
	"strconv"
	"strings"
)

// fileName returns a name as that of a file, which is the name itself for letters,
// digits and what addresses and file systems take. Other characters are written as
// their number between tildes, so that two names never share a file.
func fileName(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.' && b.Len() > 0:
			b.WriteRune(r)
		default:
			b.WriteString("~" + strconv.FormatInt(int64(r), 16) + "~")
		}
	}
	return b.String()
}

// anchorName returns a name as the id of a place on a page.
func anchorName(name string) string { return strings.ReplaceAll(fileName(name), "~", "-") }

// anchors are the ids that a page has.
type anchors map[string]bool

// take returns the id of a name below a prefix. Where it is taken, the id gets a number.
func (a anchors) take(prefix, name string) string {
	id := prefix + anchorName(name)
	for n := 2; a[id]; n++ {
		id = prefix + anchorName(name) + "-" + strconv.Itoa(n)
	}
	a[id] = true
	return id
}

// of returns the ids of several names, by name.
func (a anchors) of(prefix string, names []string) map[string]string {
	out := map[string]string{}
	for _, name := range names {
		out[name] = a.take(prefix, name)
	}
	return out
}

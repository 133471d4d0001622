package reference

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// maxName is how long the name of a file is at most, in bytes. File systems take 255, and
// the ending belongs to it.
const maxName = 200

// devices are names that Windows takes for devices, whatever follows them after a dot.
var devices = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// fileName returns a name as that of a file, which is the name itself for letters,
// digits and what addresses and file systems take. Other characters are written as
// their number between tildes, and the end of a long name as its hash, so that two names
// never share a file.
func fileName(name string) string {
	isDevice := devices.MatchString(name)
	var b strings.Builder
	for i, r := range name {
		switch {
		case isDevice && i == 0:
			b.WriteString(numbered(r))
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.' && i > 0:
			b.WriteRune(r)
		default:
			b.WriteString(numbered(r))
		}
	}
	if b.Len() <= maxName {
		return b.String()
	}
	hash := sha256.Sum256([]byte(name))
	return b.String()[:maxName-34] + "~~" + hex.EncodeToString(hash[:16])
}

func numbered(r rune) string { return "~" + strconv.FormatInt(int64(r), 16) + "~" }

// anchorName returns a name as the id of a place on a page.
func anchorName(name string) string { return strings.ReplaceAll(fileName(name), "~", "-") }

// anchors are the ids that a page has.
type anchors map[string]bool

// newAnchors returns the ids that every page has.
func newAnchors() anchors {
	out := anchors{"main": true, "nav": true, "theme": true, "search": true, "search-input": true, "search-results": true}
	for i := range 40 { // results of the search that a page may show
		out["search-result-"+strconv.Itoa(i)] = true
	}
	return out
}

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

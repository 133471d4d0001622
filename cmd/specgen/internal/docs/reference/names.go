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

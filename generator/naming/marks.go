package naming

import (
	"regexp"
	"strings"
)

// mark is a name in back-ticks, perhaps of a property after that of its schema.
var mark = regexp.MustCompile("`([\\pL_][\\pL\\pN_-]*(?:\\.[\\pL_][\\pL\\pN_-]*)?)`")

// Marks returns the names that stand in back-ticks in a text.
func Marks(text string) []string {
	var out []string
	for _, m := range mark.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// ReplaceMarks replaces names in back-ticks, with the back-ticks. Those for which
// replace returns "" stay as they are.
func ReplaceMarks(text string, replace func(name string) string) string {
	return mark.ReplaceAllStringFunc(text, func(m string) string {
		if s := replace(strings.Trim(m, "`")); s != "" {
			return s
		}
		return m
	})
}

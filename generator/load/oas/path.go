package oas

import (
	"regexp"
	"strings"
)

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// Placeholders returns the names that stand in the braces of a path, in order.
func Placeholders(path string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(path, -1) {
		names = append(names, match[1])
	}
	return names
}

// PathForm returns a path with {} for every placeholder: paths of one form lead to
// the same place.
func PathForm(path string) string { return placeholder.ReplaceAllString(path, "{}") }

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// EscapePointer writes a name as one step of a JSON pointer.
func EscapePointer(name string) string {
	return pointerEscapes.Replace(name)
}

// PointerTo returns the JSON pointer that takes some steps.
func PointerTo(steps ...string) string {
	var b strings.Builder
	for _, step := range steps {
		b.WriteString("/" + EscapePointer(step))
	}
	return b.String()
}

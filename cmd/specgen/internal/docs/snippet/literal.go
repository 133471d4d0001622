package snippet

import "strings"

// A literal is a Go value as it is written. A plain one is its text; of a composite one
// the text is what stands before the braces.
type literal struct {
	text      string
	composite bool
	items     []item
}

// An item is a member of a composite literal. Items of lists have no key.
type item struct {
	key   string
	value literal
}

func plain(text string) literal { return literal{text: text} }

func composite(text string, items []item) literal {
	return literal{text: text, composite: true, items: items}
}

// maxFlat is how long a composite literal may be that stands on one line.
const maxFlat = 72

// flat returns the literal on one line.
func (l literal) flat() string {
	if !l.composite {
		return l.text
	}
	parts := make([]string, len(l.items))
	for i, it := range l.items {
		parts[i] = it.value.flat()
		if it.key != "" {
			parts[i] = it.key + ": " + parts[i]
		}
	}
	return l.text + "{" + strings.Join(parts, ", ") + "}"
}

// write writes the literal, with a line for each item unless it is short. gofmt does the
// rest.
func (l literal) write(b *strings.Builder) {
	if flat := l.flat(); !l.composite || len(l.items) == 0 || len(flat) <= maxFlat && !strings.Contains(flat, "\n") {
		b.WriteString(flat)
		return
	}
	b.WriteString(l.text + "{\n")
	for _, it := range l.items {
		if it.key != "" {
			b.WriteString(it.key + ": ")
		}
		it.value.write(b)
		b.WriteString(",\n")
	}
	b.WriteString("}")
}

// String returns the literal as it is written.
func (l literal) String() string {
	var b strings.Builder
	l.write(&b)
	return b.String()
}

package emit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// lineWidth is the length at which comments wrap, without the slashes.
const lineWidth = 77

// Comment returns text as a Go doc comment, one line comment per line. Texts
// come from specs and are not trusted: whatever they hold stays a comment.
// Blank lines separate paragraphs; lines that start with "- " are a list.
func Comment(text string) *jen.Statement {
	s := &jen.Statement{}
	for i, line := range commentLines(text) {
		if i > 0 {
			s.Line()
		}
		s.Comment(line) // jennifer prints text that starts with // as it stands
	}
	return s
}

// commentLines returns the finished lines of a comment, slashes included.
func commentLines(text string) []string {
	var out []string
	for p := range strings.SplitSeq(normalize(text), "\n\n") {
		blocks := splitBlocks(p)
		if len(out) > 0 && len(blocks) > 0 {
			out = append(out, "//")
		}
		for _, b := range blocks {
			out = append(out, b.lines()...)
		}
	}
	return out
}

// block is a run of words: a paragraph or one item of a list.
type block struct {
	item  bool
	words []string
}

// splitBlocks takes the items of a list apart.
func splitBlocks(paragraph string) []block {
	var out []block
	for line := range strings.SplitSeq(paragraph, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		rest, item := strings.CutPrefix(line, "- ")
		if item || len(out) == 0 {
			out = append(out, block{item: item, words: strings.Fields(rest)})
			continue
		}
		last := &out[len(out)-1]
		last.words = append(last.words, strings.Fields(line)...)
	}
	return out
}

func (b block) lines() []string {
	first, next := "// ", "// "
	if b.item {
		first, next = "//   - ", "//     "
	}
	var out []string
	line, width := first, lineWidth+len("// ")
	for i, w := range b.words {
		w = defuse(w)
		if i > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width {
			out = append(out, strings.TrimRight(line, " "))
			line = next + w
			continue
		}
		if i > 0 {
			line += " "
		}
		line += w
	}
	return append(out, strings.TrimRight(line, " "))
}

// defuse quotes the one word that would still mean something to the go command
// at the start of a comment line, an old build constraint.
func defuse(word string) string {
	if rest, ok := strings.CutPrefix(word, "+build"); ok {
		return `"+build"` + rest
	}
	return word
}

// normalize turns every line end into \n and drops characters that do not belong
// in a comment: control characters, invalid UTF-8 and marks that reorder text.
func normalize(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff':
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// plain returns text on one line without characters that could end a comment.
func plain(text string) string {
	return strings.Join(strings.Fields(normalize(text)), " ")
}

// Text returns text as the lines of a comment in one string, slashes included,
// for arguments of jennifer that are strings.
func Text(text string) string { return strings.Join(commentLines(text), "\n") }

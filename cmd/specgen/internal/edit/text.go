package edit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// insertion is a text that is put before a column of a line, both from 1, in the place of
// some characters. One without a column is lines that are put before the line.
type insertion struct {
	line, col, cut int
	indent         int // of lines: the deepest come first
	text           string
}

func (f *File) insert(i insertion) { f.insertions = append(f.insertions, i) }

// inserted returns the lines of the text with the insertions.
func (f *File) inserted() []string {
	list := slices.Clone(f.insertions)
	slices.SortStableFunc(list, func(x, y insertion) int {
		return cmp.Or(cmp.Compare(x.line, y.line), cmp.Compare(x.col, y.col), -cmp.Compare(x.indent, y.indent))
	})
	lines := slices.Clone(f.lines)
	for _, i := range slices.Backward(list) { // from the end, so that positions hold
		if i.col == 0 {
			lines = slices.Insert(lines, i.line-1, strings.Split(strings.TrimSuffix(i.text, "\n"), "\n")...)
			continue
		}
		runes := []rune(lines[i.line-1])
		lines[i.line-1] = string(runes[:i.col-1]) + i.text + string(runes[i.col-1+i.cut:])
	}
	return lines
}

// from returns the rest of a line from a column.
func (f *File) from(line, col int) string {
	runes := []rune(f.lines[line-1])
	return string(runes[min(col-1, len(runes)):])
}

// end returns the line behind all that begins in a line and goes on in lines that are
// indented so far.
func (f *File) end(line, indent int) int {
	end := line + 1
	for n := line; n < len(f.lines); n++ { // the line n+1
		text := f.lines[n]
		trimmed := strings.TrimSpace(text)
		switch {
		case trimmed == "":
		case indentOf(text) >= indent:
			end = n + 2
		case !strings.HasPrefix(trimmed, "#"):
			return end
		}
	}
	return end
}

// above returns the line of a key, or that of the first comment which stands right above.
func (f *File) above(line int) int {
	for line > 1 && strings.HasPrefix(strings.TrimSpace(f.lines[line-2]), "#") {
		line--
	}
	return line
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// closing returns the place behind the last character inside of a collection in flow
// style.
func (f *File) closing(of *yaml.Node) (line, col int, ok bool) {
	s := scanner{lines: f.lines, line: of.Line, col: of.Column}
	if open := s.rune(); open != '{' && open != '[' {
		return 0, 0, false // something stands before it, such as a tag
	}
	line, col = s.line, s.col+1
	depth := 0
	for s.next() {
		switch r := s.take(); r {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return line, col, true
			}
		}
		line, col = s.line, s.col
	}
	return 0, 0, false
}

// scanner reads the characters of a text in flow style.
type scanner struct {
	lines     []string
	line, col int
	last      rune // the last character that was no space
}

func (s *scanner) rune() rune {
	if runes := []rune(s.lines[s.line-1]); s.col <= len(runes) {
		return runes[s.col-1]
	}
	return '\n'
}

// next goes to the next character that is neither space nor comment.
func (s *scanner) next() bool {
	for space := false; s.line <= len(s.lines); {
		switch r := s.rune(); {
		case r == '\n', r == '#' && space:
			s.line, s.col = s.line+1, 1
			space = true
		case r == ' ', r == '\t':
			s.col++
			space = true
		default:
			return true
		}
	}
	return false
}

// take reads one character, or a text in quotation marks as one, which may go over
// lines.
func (s *scanner) take() rune {
	r := s.rune()
	starts := strings.ContainsRune("{[,:", s.last)
	s.col++
	s.last = r
	if (r != '"' && r != '\'') || !starts {
		return r
	}
	for s.line <= len(s.lines) {
		switch c := s.rune(); {
		case c == '\n':
			s.line, s.col = s.line+1, 1
			continue
		case c == '\\' && r == '"':
			s.col++
		case c == r:
			s.col++
			if r != '\'' || s.rune() != '\'' { // two stand for one
				return r
			}
		}
		s.col++
	}
	return r
}

// encode writes a collection in block style, with every line indented.
func encode(n *yaml.Node, indent int) (string, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return "", fmt.Errorf("write YAML: %w", err)
	}
	var out strings.Builder
	for line := range strings.Lines(b.String()) {
		if strings.TrimSpace(line) != "" {
			out.WriteString(strings.Repeat(" ", indent))
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

// encodeFlow writes the content of a collection in flow style, without its brackets.
func encodeFlow(n *yaml.Node) (string, error) {
	flat := flow(n)
	text, err := encode(flat, 0)
	if err != nil {
		return "", err
	}
	text = strings.TrimSpace(text)
	return text[1 : len(text)-1], nil
}

// flow returns a copy of a tree in flow style.
func flow(n *yaml.Node) *yaml.Node {
	out := *n
	out.Style = 0
	if n.Kind != yaml.ScalarNode {
		out.Style = yaml.FlowStyle
	} else if n.ShortTag() == "!!str" && strings.ContainsAny(n.Value, "\n ") {
		out.Style = yaml.DoubleQuotedStyle
	}
	out.Content = nil
	for _, c := range n.Content {
		out.Content = append(out.Content, flow(c))
	}
	return &out
}

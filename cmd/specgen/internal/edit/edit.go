// Package edit adds to YAML files and leaves everything else in them as it is:
// comments, order, quotes and line breaks.
//
// It may import generator/diag and load/yamlsrc, go.yaml.in/yaml/v3 and the standard
// library. It touches no files.
package edit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// File is a YAML text that is added to. Nodes that are added to must be those of the
// text, as At returns them.
type File struct {
	name       string
	lineFeed   string   // that of all lines
	lines      []string // without line feeds
	root       *yaml.Node
	insertions []insertion
}

// ErrPlace tells that a text cannot be added to in some place.
var ErrPlace = errors.New("the YAML is written in a way that nothing can be added to")

// Parse reads a text.
func Parse(name string, text []byte) (*File, error) {
	root, err := parse(name, text)
	if err != nil {
		return nil, err
	}
	f := &File{name: name, root: root, lineFeed: "\n"}
	if bytes.Contains(text, []byte("\r\n")) { // a checkout on Windows
		f.lineFeed = "\r\n"
	}
	f.lines = strings.Split(strings.TrimSuffix(string(text), f.lineFeed), f.lineFeed)
	if slices.ContainsFunc(f.lines, func(line string) bool { return strings.ContainsAny(line, breaks) }) {
		return nil, fmt.Errorf("%s: %w: its lines end in several ways", name, ErrPlace)
	}
	return f, nil
}

// breaks are the characters that end lines in YAML.
const breaks = "\n\r\u0085\u2028\u2029"

func parse(name string, text []byte) (*yaml.Node, error) {
	var list diag.List
	root := yamlsrc.Files{}.Parse(name, text, &list)
	for _, f := range list.Sorted() {
		return nil, fmt.Errorf("%s: %s", f.Pos, f.Message)
	}
	return root, nil
}

// At returns the node of a kind at a position of the text, or nil.
func (f *File) At(line, col int, kind yaml.Kind) *yaml.Node { return at(f.root, line, col, kind) }

func at(n *yaml.Node, line, col int, kind yaml.Kind) *yaml.Node {
	if n.Line == line && n.Column == col && n.Kind == kind {
		return n
	}
	for _, c := range n.Content {
		if found := at(c, line, col, kind); found != nil {
			return found
		}
	}
	return nil
}

// Root returns the root of the text.
func (f *File) Root() *yaml.Node { return f.root }

// AddPair adds a key with its value to the end of a mapping.
func (f *File) AddPair(mapping *yaml.Node, key string, value *yaml.Node) error {
	return f.AddPairBefore(mapping, key, value)
}

// AddPairBefore adds a key with its value before the first of some keys, or to the end
// where the mapping has none of them or is in flow style.
func (f *File) AddPairBefore(mapping *yaml.Node, key string, value *yaml.Node, before ...string) error {
	i := 0
	for i < len(mapping.Content) && (mapping.Style&yaml.FlowStyle != 0 || !slices.Contains(before, mapping.Content[i].Value)) {
		i += 2
	}
	pair := []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, value}
	if err := f.add(mapping, i, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: pair}); err != nil {
		return err
	}
	mapping.Content = slices.Insert(mapping.Content, i, pair...)
	return nil
}

// AddItem adds a value to the end of a sequence.
func (f *File) AddItem(sequence, value *yaml.Node) error {
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{value}}
	if err := f.add(sequence, len(sequence.Content), list); err != nil {
		return err
	}
	sequence.Content = append(sequence.Content, value)
	return nil
}

// SetValue replaces the plain value of a key by another word.
func (f *File) SetValue(mapping *yaml.Node, key, word string) error {
	value := yamlsrc.Value(mapping, key)
	if value == nil || value.Line == 0 || value.Style != 0 || !strings.HasPrefix(f.from(value.Line, value.Column), value.Value) {
		return ErrPlace
	}
	f.insert(insertion{line: value.Line, col: value.Column, text: word, cut: len([]rune(value.Value))})
	value.Value = word
	return nil
}

// AddParagraph adds a last paragraph to the text of a key, which must be a literal block
// or stand on one line.
func (f *File) AddParagraph(mapping *yaml.Node, key, paragraph string) error {
	name, value := yamlsrc.Get(mapping, key)
	if value == nil || value.Kind != yaml.ScalarNode || value.Line == 0 || mapping.Style&yaml.FlowStyle != 0 {
		return ErrPlace
	}
	if value.Style&yaml.LiteralStyle != 0 {
		return f.extendBlock(name, value, paragraph)
	}
	rest := f.from(value.Line, value.Column)
	if value.Line != name.Line || value.Style != 0 || rest != value.Value {
		return ErrPlace
	}
	indent := strings.Repeat(" ", name.Column+1)
	text := "|\n" + indent + value.Value + "\n\n" + indent + paragraph
	f.insert(insertion{line: value.Line, col: value.Column, text: text, cut: len([]rune(rest))})
	value.Value += "\n\n" + paragraph + "\n"
	return nil
}

// extendBlock adds a paragraph to a literal block.
func (f *File) extendBlock(key, value *yaml.Node, paragraph string) error {
	end := f.end(key.Line, key.Column) // what is deeper than the key
	first := value.Line
	for first < len(f.lines) && strings.TrimSpace(f.lines[first]) == "" {
		first++
	}
	if first >= len(f.lines) || !strings.HasSuffix(value.Value, "\n") || strings.HasSuffix(value.Value, "\n\n") {
		return ErrPlace // empty, or with an end that the next lines would change
	}
	f.insert(insertion{line: end, indent: key.Column, text: "\n" + strings.Repeat(" ", indentOf(f.lines[first])) + paragraph + "\n"})
	value.Value += "\n" + paragraph + "\n"
	return nil
}

// add writes the content of a collection into another one, before an index of its
// content.
func (f *File) add(to *yaml.Node, index int, from *yaml.Node) error {
	if to.Line == 0 { // it was added itself
		return ErrPlace
	}
	if to.Style&yaml.FlowStyle != 0 {
		return f.addFlow(to, from)
	}
	if len(to.Content) == 0 || to.Content[0].Line == 0 {
		return ErrPlace
	}
	text, err := encode(from, to.Column-1)
	if err != nil {
		return err
	}
	line := f.end(to.Line, to.Column-1)
	if index < len(to.Content) {
		line = f.above(to.Content[index].Line)
	}
	f.insert(insertion{line: line, indent: to.Column - 1, text: text})
	return nil
}

// addFlow writes the content of a collection to the end of one in flow style.
func (f *File) addFlow(to, from *yaml.Node) error {
	text, err := encodeFlow(from)
	if err != nil {
		return err
	}
	line, col, ok := f.closing(to)
	if !ok {
		return ErrPlace
	}
	if len(to.Content) > 0 {
		text = ", " + text
	}
	f.insert(insertion{line: line, col: col, text: text})
	return nil
}

// Bytes returns the text with all that was added. It is an error if the text does not
// mean what it is meant to.
func (f *File) Bytes() ([]byte, error) {
	var b strings.Builder
	for _, line := range f.inserted() {
		b.WriteString(strings.ReplaceAll(line, "\n", f.lineFeed) + f.lineFeed)
	}
	text := []byte(b.String())
	root, err := parse(f.name, text)
	if err != nil {
		return nil, fmt.Errorf("read what was added: %w", err)
	}
	if !same(root, f.root) {
		return nil, fmt.Errorf("%s: %w", f.name, ErrPlace)
	}
	return text, nil
}

// same reports whether two trees mean the same.
func same(x, y *yaml.Node) bool {
	return x.Kind == y.Kind && x.ShortTag() == y.ShortTag() && x.Value == y.Value &&
		slices.EqualFunc(x.Content, y.Content, same)
}

package adopt

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/edit"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const unknown = "a change log does not tell what it looks like: compare with a description of the operations"

// operation writes the fragments of a new operation.
func (w *writer) operation(d drift.Difference) (string, error) {
	if w.Theirs == nil {
		return unknown, nil
	}
	op, err := w.Theirs.Find(d.Operation)
	if err != nil {
		return "", err
	}
	for _, ours := range w.Ours.Operations {
		if ours.Method == op.Method && samePath(ours.Path, op.Path) {
			return "the spec has its method and path for " + ours.Name + ": one of the two has to go", nil
		}
	}
	o := w.Scaffold
	if o.Tag == "" {
		var near string
		if o.Tag, near = w.guess(op); o.Tag == "" {
			return "no operation of the spec has a path like it: write it by specgen new --tag", nil
		}
		w.Notes = append(w.Notes, fmt.Sprintf("%s got the tag %s of %s, whose path and name are the nearest: move it if that is wrong", op.Name, o.Tag, near))
	}
	files, err := scaffold.Files([]upstream.Operation{op}, o)
	if err != nil {
		return "", err
	}
	w.create(files)
	return "", nil
}

// guess returns the tag of the operation whose path and name have most words in common
// with those of another one. Of several, it is the one whose tag most of them have.
func (w *writer) guess(op upstream.Operation) (tag, near string) {
	best := 0
	votes := map[string][]string{}
	for _, ours := range w.Ours.Operations {
		inPath := shared(pathWord, op.Path, ours.Path)
		score := inPath + shared(nameWord, op.Name, ours.Name)
		if inPath == 0 || score < best {
			continue
		}
		if score > best {
			best = score
			clear(votes)
		}
		votes[w.Tags[ours.Name]] = append(votes[w.Tags[ours.Name]], ours.Name)
	}
	for t, names := range votes {
		if cmp.Or(cmp.Compare(len(names), len(votes[tag])), -cmp.Compare(t, tag)) > 0 {
			tag, near = t, slices.Min(names)
		}
	}
	return tag, near
}

var (
	pathWord = regexp.MustCompile(`(?:^|/)[^/{}]+`)
	nameWord = regexp.MustCompile(`[A-Z]+[a-z0-9]*`)
)

// shared counts the words of a text that another one has.
func shared(word *regexp.Regexp, x, y string) int {
	words := word.FindAllString(y, -1)
	n := 0
	for _, w := range word.FindAllString(x, -1) {
		if slices.Contains(words, w) {
			n++
		}
	}
	return n
}

func samePath(x, y string) bool {
	return upstream.PlainRoute(x) == upstream.PlainRoute(y)
}

// parameter adds a parameter to an operation. One that upstream requires is optional,
// because programs that exist do not send it.
func (w *writer) parameter(d drift.Difference) (string, error) {
	if d.Theirs == nil {
		return unknown, nil
	}
	f, op, err := w.in(d.Node)
	if err != nil {
		return "", err
	}
	o := w.Scaffold
	o.Tag = w.Tags[d.Operation]
	p := *d.Theirs.Parameter
	p.Required = false
	n, files, err := scaffold.Parameter(d.Operation, p, o)
	if err != nil {
		return "", err
	}
	if list := yamlsrc.Value(op, "parameters"); list != nil {
		err = f.AddItem(list, n)
	} else {
		list = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{n}}
		err = f.AddPairBefore(op, "parameters", list, "requestBody", "responses")
	}
	if err != nil {
		return "", err
	}
	w.create(files)
	return optional(d), w.cite(f, op)
}

// optional says what is left to decide about what upstream requires.
func optional(d drift.Difference) string {
	if d.Theirs.Required && d.Theirs.In != "response" {
		return "upstream requires it; it was written as optional, because programs that exist do not send it: decide"
	}
	return ""
}

// field adds a field to an object. Several operations may have the object.
func (w *writer) field(d drift.Difference) (string, error) {
	switch {
	case d.Theirs == nil:
		return unknown, nil
	case d.Theirs.Owner == nil:
		return "the spec has no such body: write it by hand, and see what that does to the method", nil
	}
	object := d.Ours.Object()
	id := field{object.Node, d.Theirs.Name}
	if known, ok := w.fields[id]; ok {
		if known != d.Theirs.Type {
			return "the same object has it as " + known + " in another operation, which was written: decide", nil
		}
		return optional(d), nil
	}
	f, n, err := w.in(object.Node)
	if err != nil {
		return "", err
	}
	place, why := w.placeOf(object.Node)
	if why != "" {
		return why, nil
	}
	node, files, err := scaffold.Field(place.name, place.folder, upstream.Property{Name: d.Theirs.Name, Schema: d.Theirs.Schema}, w.Scaffold)
	if err != nil {
		return "", err
	}
	if err := f.AddPair(yamlsrc.Value(n, "properties"), d.Theirs.Name, node); err != nil {
		return "", err
	}
	w.fields[id] = d.Theirs.Type
	w.create(files)
	return optional(d), w.cite(f, n)
}

// place is the fragment of an object: its name and its folder.
type place struct{ name, folder string }

// placeOf returns the place of an object, or why it has none.
func (w *writer) placeOf(object *yaml.Node) (place, string) {
	name := w.Locate(object)
	if !strings.HasPrefix(name, "schemas/") {
		return place{}, "the object has no fragment of its own"
	}
	return place{strings.TrimSuffix(path.Base(name), ".yaml"), path.Base(path.Dir(name))}, ""
}

// values adds values to an enum.
func (w *writer) values(d drift.Difference) (string, error) {
	enum := d.Ours.Object().Fact("enum")
	if enum == nil {
		return "the spec has no enum here: decide whether the values are all that travels", nil
	}
	f, list, err := w.in(enum)
	if err != nil {
		return "", err
	}
	for _, v := range d.Theirs.Enum {
		if slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return n.Value == v }) {
			continue
		}
		if err := f.AddItem(list, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v}); err != nil {
			return "", err
		}
	}
	return "", nil
}

// cite adds the snapshot to the sources of an operation or an object that cites any.
func (w *writer) cite(f *edit.File, of *yaml.Node) error {
	list := yamlsrc.Value(of, "x-ack-source")
	if list == nil || w.Scaffold.LeavesOut(scaffold.Citing) {
		return nil
	}
	for _, entry := range yamlsrc.Items(list) {
		if yamlsrc.Text(entry, "snapshot") == w.Scaffold.Snapshot {
			return nil
		}
	}
	entry := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: []*yaml.Node{
		{Kind: yaml.ScalarNode, Tag: "!!str", Value: "snapshot"}, {Kind: yaml.ScalarNode, Tag: "!!str", Value: w.Scaffold.Snapshot},
	}}
	err := f.AddItem(list, entry)
	if errors.Is(err, edit.ErrPlace) {
		w.Notes = append(w.Notes, w.Locate(of)+" does not cite the snapshot: write it by hand")
		return nil
	}
	return err
}

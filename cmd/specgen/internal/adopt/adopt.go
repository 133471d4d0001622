// Package adopt writes into the fragments of a spec what a description upstream has and
// the spec lacks, as far as the description knows it. What a person has to write is
// marked, and what a person has to decide is left.
//
// It may import specgen's drift, edit, scaffold and upstream, generator/load/yamlsrc and
// output, go.yaml.in/yaml/v3 and the standard library. It touches no files but those that
// it reads through [Options].
package adopt

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/edit"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/output"
)

// Options are the spec and what the differences do not tell.
type Options struct {
	// Ours is the spec, and Theirs what it was compared with.
	Ours, Theirs *upstream.Description
	// Scaffold has the fragments, the name of the snapshot and the rules that are left
	// out. Its tag, where there is one, is that of all new operations.
	Scaffold scaffold.Options
	// Tags are those of the spec, by operation.
	Tags map[string]string
	// Locate returns the slash path, below the folder of the spec, of the fragment that a
	// node lies in, or nothing for a node of none.
	Locate func(*yaml.Node) string
	// Read returns the text of a fragment.
	Read func(name string) ([]byte, error)
	// Today is the day that things are removed on where upstream names none.
	Today time.Time
}

// Result is what is to be done.
type Result struct {
	// Edits are the files that change or are new, by name.
	Edits []output.Edit
	// Notes tell what was guessed.
	Notes []string
	// Left are the differences that a person has to decide.
	Left []Left
}

// Left is a difference that was not written.
type Left struct {
	Difference drift.Difference `json:"difference"`
	Why        string           `json:"why"`
}

// Adopt returns what has to be written for differences. The error says why nothing can
// be written.
func Adopt(list []drift.Difference, o Options) (Result, error) {
	w := &writer{Options: o, files: map[string]*file{}, fields: map[field]string{}}
	if o.Scaffold.Snapshot == "" && !o.Scaffold.LeavesOut(scaffold.Citing) {
		return w.Result, errors.New("--snapshot must name the description, because the spec cites its sources; lint.yaml can leave out " + scaffold.Citing)
	}
	for _, d := range list {
		why, err := w.adopt(d)
		if errors.Is(err, edit.ErrPlace) {
			why, err = err.Error()+": write it by hand", nil
		}
		if err != nil {
			return Result{}, err
		}
		if why != "" {
			w.Left = append(w.Left, Left{d, why})
		}
	}
	return w.finish()
}

type writer struct {
	Options
	Result

	files map[string]*file
	// fields are the types of the fields that were added.
	fields map[field]string
}

// file is a fragment that is edited.
type file struct {
	before []byte
	edited *edit.File
}

// field is a field of an object of the spec.
type field struct {
	object *yaml.Node
	name   string
}

// adopt writes one difference, or returns why a person has to decide about it.
func (w *writer) adopt(d drift.Difference) (why string, err error) {
	switch d.Kind {
	case drift.OperationNew:
		return w.operation(d)
	case drift.ParameterNew:
		return w.parameter(d)
	case drift.FieldNew:
		return w.field(d)
	case drift.EnumNew:
		return w.values(d)
	case drift.OperationRemoved:
		return w.removed(d)
	case drift.ParameterRemoved, drift.FieldRemoved:
		return w.legacy(d)
	case drift.DeprecatedChange:
		return w.deprecated(d)
	}
	return advice(d), nil
}

// open returns the fragment of a node, or nothing where a node is of none.
func (w *writer) open(n *yaml.Node) (*edit.File, error) {
	name := w.Locate(n)
	if name == "" {
		return nil, edit.ErrPlace
	}
	if f := w.files[name]; f != nil {
		return f.edited, nil
	}
	text, err := w.Read(name)
	if err != nil {
		return nil, fmt.Errorf("read fragment: %w", err)
	}
	edited, err := edit.Parse(name, text)
	if err != nil {
		return nil, err
	}
	w.files[name] = &file{before: text, edited: edited}
	return edited, nil
}

// in returns the node of a fragment that a node of the spec is.
func (w *writer) in(n *yaml.Node) (*edit.File, *yaml.Node, error) {
	f, err := w.open(n)
	if err != nil {
		return nil, nil, err
	}
	found := f.At(n.Line, n.Column, n.Kind)
	if found == nil {
		return nil, nil, edit.ErrPlace
	}
	return f, found, nil
}

// create adds new fragments.
func (w *writer) create(files []output.File) {
	for _, f := range files {
		w.Edits = append(w.Edits, output.Edit{Name: f.Name, After: f.Content})
		w.Scaffold.Fragments = append(slices.Clip(w.Scaffold.Fragments), f.Name)
	}
}

func (w *writer) finish() (Result, error) {
	for name, f := range w.files {
		after, err := f.edited.Bytes()
		if err != nil {
			return Result{}, err
		}
		if string(after) != string(f.before) {
			w.Edits = append(w.Edits, output.Edit{Name: name, Before: f.before, After: after})
		}
	}
	slices.SortFunc(w.Edits, func(x, y output.Edit) int { return cmp.Compare(x.Name, y.Name) })
	return w.Result, nil
}

// advice says what a person may do about a difference that is never written.
func advice(d drift.Difference) string {
	switch d.Kind {
	case drift.TypeChanged:
		return adviceOnType(d)
	case drift.OperationRenamed:
		return "programs call the method by its name: keep it, and decide"
	case drift.RouteChanged:
		return "find out which of the two the service takes; both may work"
	case drift.RequiredChanged:
		return "a field that becomes required breaks programs that leave it out: say in its description when the service needs it, and decide"
	case drift.EnumRemoved:
		return "programs may name the value: say in the description that the service no longer takes it"
	case drift.OperationBack:
		return "take x-ack-removed, x-ack-status and deprecated out again, and say since when it is back"
	case drift.RegionNew, drift.RegionRemoved, drift.EndpointChanged:
		return "change the servers in root.yaml"
	}
	return "decide by hand"
}

// adviceOnType says which types programs can live with.
func adviceOnType(d drift.Difference) string {
	numbers := strings.HasPrefix(d.Upstream, "integer") && strings.HasPrefix(d.Spec, "integer")
	switch {
	case numbers && strings.HasSuffix(d.Spec, "int64"):
		return "the type of the spec holds all numbers of the other one: keep it, and decide"
	case numbers:
		return "a wider type breaks programs that name the narrower one: widen it in a release that may break them, or decide that the numbers fit"
	case d.Theirs != nil && d.Theirs.In == "response" && scalar(d.Upstream) && scalar(d.Spec):
		return "clients read numbers and truth values that arrive as text, and texts that arrive as such: keep the type if that is all, and decide"
	case strings.HasPrefix(d.Upstream, "list of ") && d.Upstream == "list of "+d.Spec:
		return "one value became a list, which breaks programs: add a field for the list if the service takes both, and decide"
	case d.Spec == anything:
		return "any JSON reads and sends what upstream tells by now: keep it, or describe the type in a release that may break programs"
	}
	return "another type breaks programs: keep it if the service still takes it, add a field of another name if there is one, and decide"
}

const anything = "anything"

func scalar(t string) bool {
	word, _, _ := strings.Cut(t, " ")
	return slices.Contains([]string{"string", "integer", "number", "boolean"}, word)
}

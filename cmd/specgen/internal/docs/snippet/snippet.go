// Package snippet writes how an operation is called: whole Go programs, and commands
// of curl against a fake server. What they send is the example of the spec.
//
// It knows no particular API. It may import its sibling jsontext, generator/load with load/oas and
// load/yamlsrc, generator/model, internal/goname, go.yaml.in/yaml/v3 and the standard
// library.
package snippet

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/model"
)

// Snippet is code that a reader can copy.
type Snippet struct {
	Title string // what it shows, such as "All pages"
	Code  string // with a line feed at its end
}

// Set holds what there is to show of one operation.
type Set struct {
	Go   []Snippet // whole programs, first the plain call; none without an import path of the client
	Curl []Snippet // commands for a shell, against the fake server at [FakeURL]
}

// FakeURL is where the fake server listens that curl calls. It must not ask for
// signatures.
const FakeURL = "http://127.0.0.1:8088"

// Writer writes the snippets of one API. It is safe for concurrent use.
type Writer struct {
	api        *model.API
	operations map[string]*oas.Node // by id
	components map[string]*oas.Node // by reference
	structs    map[string]*model.Struct
	enums      map[string]*model.Enum
}

// New returns a writer of the operations of api, which was made of doc.
func New(doc *load.Document, api *model.API) *Writer {
	w := &Writer{
		api: api, operations: map[string]*oas.Node{}, components: map[string]*oas.Node{},
		structs: map[string]*model.Struct{}, enums: map[string]*model.Enum{},
	}
	for n := range doc.Tree().All() {
		switch {
		case n.Kind == oas.Operation:
			// The tree is the text: operations that have no id in it got one later.
			if op := doc.Paths.Value(n.Parent.Name).GetOperation(strings.ToUpper(n.Name)); op != nil {
				w.operations[op.OperationID] = n
			}
		case n.Parent != nil && n.Parent.Kind == oas.Components:
			w.components["#"+n.Pointer()] = n
		}
	}
	for _, f := range api.Types {
		w.learn(f.Structs, f.Enums)
	}
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			w.learn([]*model.Struct{op.Request, op.Response}, nil)
		}
	}
	return w
}

// learn remembers types by their names.
func (w *Writer) learn(structs []*model.Struct, enums []*model.Enum) {
	for _, s := range structs {
		w.structs[s.Name] = s
		w.learn(nil, s.Enums)
	}
	for _, e := range enums {
		w.enums[e.Name] = e
	}
}

// Of returns the snippets of an operation of the API.
func (w *Writer) Of(op *model.Operation) (Set, error) {
	var out Set
	calls := w.calls(op)
	for i, c := range calls {
		title := c.title
		if title == "" {
			title = "Call"
		}
		if err := w.programs(op, c, title, i == 0, &out); err != nil {
			return Set{}, err
		}
		out.Curl = append(out.Curl, Snippet{Title: title, Code: w.curl(op, c)})
	}
	return out, nil
}

// programs adds the program that makes a call, and for the first call those that go beyond
// a single one.
func (w *Writer) programs(op *model.Operation, c call, title string, first bool, out *Set) error {
	if w.api.ImportPath == "" {
		return nil
	}
	if err := out.addGo(title, w.program(op).call(c)); err != nil || !first {
		return err
	}
	if op.Pager != nil {
		if err := out.addGo("All pages", w.program(op).pages(c)); err != nil {
			return err
		}
	}
	if op.Task != nil {
		if err := out.addGo("Call and wait", w.program(op).task(c)); err != nil {
			return err
		}
	}
	for _, waiter := range op.Waiters {
		if err := out.addGo(waiter.Method, w.program(op).wait(c, waiter)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) addGo(title string, p *program) error {
	code, err := p.source()
	if err != nil {
		return err
	}
	s.Go = append(s.Go, Snippet{Title: title, Code: code})
	return nil
}

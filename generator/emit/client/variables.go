package client

import (
	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// variables emits the pagers, waiters and tasks that programs use who have operations as
// functions, one block for each kind.
func variables(f *emit.File, api *model.API) {
	var pagers, waiters, tasks []emit.Variable
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			if p := op.Pager; p != nil {
				doc := p.Name + " is behind [Client." + p.All + "]."
				pagers = append(pagers, emit.Variable{Name: p.Name, Doc: doc, Type: pagerType(op, api.ImportPath), Value: pagerVar(op)})
			}
			for _, w := range op.Waiters {
				doc := w.Name + " is behind [Client." + w.Method + "]."
				waiters = append(waiters, emit.Variable{Name: w.Name, Doc: doc, Type: waiterType(op), Value: waiterVar(w)})
			}
			if t := op.Task; t != nil {
				doc := t.Name + " is behind [Client." + t.Method + "]."
				tasks = append(tasks, emit.Variable{Name: t.Name, Doc: doc, Type: taskType(op), Value: taskVar(op)})
			}
		}
	}
	f.Variables("Pagers range over all pages, with any function like an operation.", pagers)
	f.Variables("Waiters poll for a state, with any function like an operation.", waiters)
	f.Variables("Tasks start something and wait, with any functions like operations.", tasks)
}

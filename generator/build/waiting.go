package build

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

const (
	extWaiter = "x-ack-waiter"
	extTask   = "x-ack-task"
)

// waiter is one entry of x-ack-waiter.
type waiter struct {
	Items    string `json:"items"`
	Path     string `json:"path"`
	Success  states `json:"success"`
	Failure  states `json:"failure"`
	Pending  states `json:"pending"`
	NotFound string `json:"not-found"`
	Delay    string `json:"delay"`
	MaxDelay string `json:"max-delay"`
	Task     string `json:"task"`
	Stage    string `json:"stage"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// states are values of a state field as text; numbers stand for themselves.
type states []string

// UnmarshalJSON reads a list of strings and numbers.
func (s *states) UnmarshalJSON(data []byte) error {
	var values []any
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	for _, v := range values {
		*s = append(*s, fmt.Sprint(v))
	}
	return nil
}

// waiters builds the states that an operation can be polled for, by name.
func (b *builder) waiters(o *operation) {
	ext := extension[map[string]waiter](b, o, extWaiter)
	if ext == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(*ext)) {
		if w := b.waiter(o, name, (*ext)[name]); w != nil {
			o.built.Waiters = append(o.built.Waiters, w)
		}
	}
}

func (b *builder) waiter(o *operation, name string, ext waiter) *model.Waiter {
	if naming.Exported(name) != name {
		b.badExtension(o, extWaiter, "the name "+quote(name)+" is no Go name", "write it in upper camel case, such as ClusterRunning")
		return nil
	}
	if len(ext.Success) == 0 && ext.NotFound != "success" {
		b.badExtension(o, extWaiter, name+" can never succeed", "list success states, or write not-found: success")
		return nil
	}
	w := &model.Waiter{
		Name: name + "Waiter", Method: "Wait" + name, Label: name, Success: ext.Success, Failure: ext.Failure, Pending: ext.Pending,
		GoneIsSuccess: ext.NotFound == "success",
	}
	if !b.waiterPaths(o, ext, w) {
		return nil
	}
	var ok bool
	if w.Delay, ok = b.duration(o, name, ext.Delay); !ok {
		return nil
	}
	if w.MaxDelay, ok = b.duration(o, name, ext.MaxDelay); !ok {
		return nil
	}
	if ext.Task != "" {
		if w.TaskField = b.requestField(o, extWaiter, ext.Task); w.TaskField == "" {
			return nil
		}
	}
	subject := "the waiter " + name
	b.pkg.TakeOr(w.Name, subject, o.pos, "give the waiter another name")
	b.methods.TakeOr(w.Method, subject, o.pos, "give the waiter another name")
	return w
}

// waiterPaths resolves the paths of a waiter. That of the state starts at the
// items where there are any.
func (b *builder) waiterPaths(o *operation, ext waiter, w *model.Waiter) bool {
	from := o.built.Response
	if ext.Items != "" {
		w.Items = b.resolve(o, extWaiter, ext.Items)
		if w.Items == nil {
			return false
		}
		if w.Items.Type.Kind != model.KindSlice {
			b.badExtension(o, extWaiter, "items: "+quote(ext.Items)+" is no array", "name the array whose items have a state")
			return false
		}
		from = b.structNamed(w.Items.Type.Elem.Name)
	}
	state := b.follow(o, extWaiter, from, ext.Path)
	if state == nil {
		return false
	}
	w.State = *state
	for _, p := range []struct {
		path string
		to   **model.Path
	}{{ext.Stage, &w.Stage}, {ext.Code, &w.Code}, {ext.Message, &w.Message}} {
		if p.path == "" {
			continue
		}
		if *p.to = b.plain(o, extWaiter, p.path); *p.to == nil {
			return false
		}
	}
	return true
}

func (b *builder) duration(o *operation, waiter, text string) (time.Duration, bool) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		b.badExtension(o, extWaiter, waiter+": "+quote(text)+" is no delay", "write a duration such as 10s")
		return 0, false
	}
	return d, true
}

// tasks builds the methods that call an operation and wait for its task.
func (b *builder) tasks(ops []*operation) {
	var poll *operation
	var w *model.Waiter
	for _, o := range ops {
		if o.built == nil {
			continue
		}
		for _, candidate := range o.built.Waiters {
			if candidate.TaskField == "" {
				continue
			}
			if w != nil {
				b.badExtension(o, extWaiter, "a second waiter with task", "one waiter serves the tasks of all operations")
			}
			poll, w = o, candidate
		}
	}
	for _, o := range ops {
		if o.built != nil {
			b.task(o, poll, w)
		}
	}
}

func (b *builder) task(o, poll *operation, w *model.Waiter) {
	path := extension[string](b, o, extTask)
	if path == nil || *path == none {
		return
	}
	if w == nil {
		b.badExtension(o, extTask, "no waiter waits for tasks", "declare an x-ack-waiter with task on the operation that tells how tasks are doing")
		return
	}
	id := b.plain(o, extTask, *path)
	if id == nil {
		return
	}
	if id.Type.Kind != model.KindString {
		b.badExtension(o, extTask, quote(*path)+" is no string", "name the field with the id of the task")
		return
	}
	t := &model.Task{Method: o.built.Name + "AndWait", ID: *id, Waiter: w, Wait: poll.built}
	b.methods.Take(t.Method, "the task of "+o.OperationID, o.pos)
	o.built.Task = t
}

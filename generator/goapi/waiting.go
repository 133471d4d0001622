package goapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/internal/spell"
)

const (
	extWaiter = "x-ack-waiter"
	extTask   = "x-ack-task"
)

// waiter is one entry of x-ack-waiter.
type waiter struct {
	Items    string   `json:"items"`
	ID       string   `json:"id"`
	Path     string   `json:"path"`
	Success  []string `json:"success"`
	Failure  []string `json:"failure"`
	Pending  []string `json:"pending"`
	Result   *result  `json:"result"`
	Gone     []string `json:"gone"`
	Delay    string   `json:"delay"`
	MaxDelay string   `json:"max-delay"`
	Task     string   `json:"task"`
	Stage    string   `json:"stage"`
	Code     string   `json:"code"`
	Message  string   `json:"message"`
}

// result tells how to read, in a state of success, whether it went well.
type result struct {
	Path    string   `json:"path"`
	Failure []string `json:"failure"`
}

// waiters builds the waiters of an operation, by name.
func (b *builder) waiters(o *operation) {
	v := o.ext(extWaiter)
	entries := extension[map[string]any](b, v)
	if entries == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(*entries)) {
		ext := read[waiter](b, v.at(name), (*entries)[name])
		if ext == nil {
			continue
		}
		if w := b.waiter(v.at(name), name, *ext); w != nil {
			o.built.Waiters = append(o.built.Waiters, w)
		}
	}
}

func (b *builder) waiter(v extValue, name string, ext waiter) *model.Waiter {
	if naming.Exported(name) != name {
		b.badExtension(v, "the name is not a Go name", "write it in upper camel case, such as ClusterRunning")
		return nil
	}
	if len(ext.Success) == 0 && len(ext.Gone) == 0 {
		b.badExtension(v, "it can never succeed", "list states under success, or error codes under gone")
		return nil
	}
	if !b.knownCodes(v.at("gone"), ext.Gone) {
		return nil
	}
	for _, list := range []struct {
		key    string
		states []string
	}{{"success", ext.Success}, {"failure", ext.Failure}, {"pending", ext.Pending}} {
		if slices.Contains(list.states, "") {
			b.badExtension(v.at(list.key), "a state is empty", "leave it out: the wait goes on while there is no state")
			return nil
		}
	}
	w := &model.Waiter{
		Name: name + "Waiter", Method: "Wait" + name, Label: name, Success: ext.Success, Failure: ext.Failure, Pending: ext.Pending,
		Gone: ext.Gone,
	}
	ok := b.waiterPaths(v, ext, w)
	ok = ok && b.knownStates(v, ext, w)
	ok = b.statesOnce(v, ext) && ok
	ok = b.waiterResult(v, ext, w) && ok
	ok = b.delays(v, ext, w) && ok
	if ext.Task != "" {
		w.TaskField = b.taskField(v.at("task"), ext)
		if ok = ok && w.TaskField != ""; ok {
			w.RepeatedTask = b.repeated(v, ext.Path, ext.Task, aString)
		}
	}
	if !ok {
		return nil
	}
	subject, pos := "the waiter "+name, b.positionOf(v)
	b.pkg.TakeOr(w.Name, subject, pos, "give the waiter another name")
	b.methods.TakeOr(w.Method, subject, pos, "give the waiter another name")
	return w
}

// knownCodes checks error codes against those that the document lists, if it lists
// any. A wait for a misspelled code would never end.
func (b *builder) knownCodes(v extValue, codes []string) bool {
	listed := b.listedCodes()
	ok := true
	for i, code := range codes {
		switch {
		case code == "":
			b.badExtension(v.at(strconv.Itoa(i)), "the code is empty", "write the code by which the service says that it is gone")
			ok = false
		case len(listed) > 0 && !slices.Contains(listed, code):
			b.badExtension(v.at(strconv.Itoa(i)), extErrorCodes+" does not list "+quote(code)+spell.Hint(code, listed), "correct the code, or add it to "+extErrorCodes)
			ok = false
		}
	}
	return ok
}

// taskField returns the field that takes the id of a task. The operation must not
// require another parameter, and a task has one state.
func (b *builder) taskField(v extValue, ext waiter) string {
	if ext.Items != "" {
		b.badExtension(v, "a waiter that counts items does not wait for a task", "leave it out, or items")
		return ""
	}
	field := b.requestField(v, ext.Task, required(aString))
	for _, p := range v.params {
		if field != "" && p.Required && p.Name != ext.Task {
			b.badExtension(v, "the parameter "+quote(p.Name)+" is required as well", "make it optional: nothing but the id of the task is known")
			return ""
		}
	}
	return field
}

// waiterPaths resolves the paths of a waiter. With items, the paths of state and id
// start at an item.
func (b *builder) waiterPaths(v extValue, ext waiter, w *model.Waiter) bool {
	from := v.built.Response
	if ext.Items != "" {
		w.Items = b.path(v.at("items"), v.built.Response, ext.Items, anArray)
		if w.Items == nil {
			return false
		}
		from = b.structNamed(w.Items.Type.Elem.Name)
	}
	state := b.path(v.at("path"), from, ext.Path, b.aScalar())
	if state == nil {
		return false
	}
	w.State = *state
	if ext.ID != "" {
		if w.ID = b.itemID(v.at("id"), from, ext); w.ID == nil {
			return false
		}
	}
	for _, p := range []struct {
		key, path string
		to        **model.Path
	}{{"stage", ext.Stage, &w.Stage}, {"code", ext.Code, &w.Code}, {"message", ext.Message, &w.Message}} {
		if p.path == "" {
			continue
		}
		at := v.at(p.key)
		if *p.to = b.plain(at, p.path, b.path(at, v.built.Response, p.path, b.aScalar())); *p.to == nil {
			return false
		}
	}
	return true
}

// itemID resolves the path of what identifies an item.
func (b *builder) itemID(v extValue, item *model.Struct, ext waiter) *model.Path {
	if ext.Items == "" {
		b.badExtension(v, "it has no effect", "leave it out: only a waiter with items has an id")
		return nil
	}
	return b.path(v, item, ext.ID, aNumber)
}

// waiterResult resolves the path of a result. Items have none: they are counted
// by their states.
func (b *builder) waiterResult(v extValue, ext waiter, w *model.Waiter) bool {
	at := v.at("result")
	switch {
	case ext.Result == nil:
		return true
	case ext.Items != "" || len(ext.Success) == 0:
		b.badExtension(at, "it has no effect", "leave it out: only a waiter with states of success and without items has a result")
		return false
	case len(ext.Result.Failure) == 0 || slices.Contains(ext.Result.Failure, ""):
		b.badExtension(at, "it lists no values of failure, or an empty one", "list the values that mean that it failed")
		return false
	}
	at = at.at("path")
	w.FailedResults = ext.Result.Failure
	w.Result = b.path(at, v.built.Response, ext.Result.Path, b.aScalar())
	return w.Result != nil && b.inEnum(v.at("result").at("failure"), w.Result.Type, ext.Result.Failure)
}

// knownStates checks the states of a waiter whose path leads to an enum: they must
// be values of it. A misspelled state would keep the wait going for ever.
func (b *builder) knownStates(v extValue, ext waiter, w *model.Waiter) bool {
	ok := b.inEnum(v.at("success"), w.State.Type, ext.Success)
	ok = b.inEnum(v.at("failure"), w.State.Type, ext.Failure) && ok
	return b.inEnum(v.at("pending"), w.State.Type, ext.Pending) && ok
}

// statesOnce reports states that are listed twice, which would mean two things.
func (b *builder) statesOnce(v extValue, ext waiter) bool {
	seen := map[string]bool{}
	ok := true
	for _, list := range []struct {
		key    string
		states []string
	}{{"success", ext.Success}, {"failure", ext.Failure}, {"pending", ext.Pending}} {
		for i, state := range list.states {
			if folded := strings.ToLower(state); seen[folded] {
				b.badExtension(v.at(list.key).at(strconv.Itoa(i)), "the state "+quote(state)+" is listed twice", "keep it in one list, whatever its case")
				ok = false
			} else {
				seen[folded] = true
			}
		}
	}
	return ok
}

// inEnum reports the states that an enum lacks. Case does not count, as states are
// compared without it.
func (b *builder) inEnum(v extValue, t model.Type, states []string) bool {
	enum := b.enums[t.Name]
	if t.Kind != model.KindNamed || enum == nil {
		return true
	}
	var values []string
	for _, value := range enum.Values {
		values = append(values, value.Value)
	}
	ok := true
	for i, state := range states {
		if !slices.ContainsFunc(values, func(value string) bool { return strings.EqualFold(value, state) }) {
			b.badExtension(v.at(strconv.Itoa(i)), "the enum "+enum.Name+" does not list "+quote(state)+spell.Hint(state, values), "correct the state, or add it to the enum")
			ok = false
		}
	}
	return ok
}

func (b *builder) delays(v extValue, ext waiter, w *model.Waiter) bool {
	var ok, okMax bool
	w.Delay, ok = b.duration(v.at("delay"), ext.Delay)
	w.MaxDelay, okMax = b.duration(v.at("max-delay"), ext.MaxDelay)
	if !ok || !okMax {
		return false
	}
	if w.Delay > w.MaxDelay {
		b.badExtension(v.at("delay"), quote(ext.Delay)+" is longer than max-delay", "swap them, or raise max-delay")
		return false
	}
	return true
}

func (b *builder) duration(v extValue, text string) (time.Duration, bool) {
	if text == "" {
		b.badExtension(v, "it is missing", "write a duration of at least one millisecond, such as 10s")
		return 0, false
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d%time.Millisecond != 0 {
		b.badExtension(v, quote(text)+" is not a delay", "write a duration of at least one millisecond, such as 10s")
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
				b.badExtension(o.ext(extWaiter).at(candidate.Label).at("task"), "this is a second waiter for tasks", "delete one: a single waiter serves the tasks of all operations")
			}
			poll, w = o, candidate
		}
	}
	if w == nil && slices.ContainsFunc(ops, declaresTaskWaiter) {
		return // the waiter is wrong, which one finding says already
	}
	for _, o := range ops {
		if o.built != nil {
			b.task(o, poll, w)
		}
	}
}

// declaresTaskWaiter reports whether a waiter of the operation is meant for tasks.
func declaresTaskWaiter(o *operation) bool {
	waiters, _ := o.Extensions[extWaiter].(map[string]any)
	for _, w := range waiters {
		keys, _ := w.(map[string]any)
		if keys["task"] != nil {
			return true
		}
	}
	return false
}

func (b *builder) task(o, poll *operation, w *model.Waiter) {
	v := o.ext(extTask)
	path := extension[string](b, v)
	if path == nil || *path == none {
		return
	}
	if w == nil {
		b.badExtension(v, "the spec has no waiter for tasks", "declare an x-ack-waiter with the key task on the operation that reports the state of a task")
		return
	}
	id := b.path(v, v.built.Response, *path, aString)
	if id == nil {
		return
	}
	t := &model.Task{Name: o.built.Name + "Task", Method: o.built.Name + "AndWait", ID: *id, Waiter: w, Wait: poll.built}
	b.pkg.Take(t.Name, "the task of "+o.OperationID, b.positionOf(v))
	b.methods.Take(t.Method, "the task of "+o.OperationID, b.positionOf(v))
	o.built.Task = t
}

package lint

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

const waiterKey = "x-ack-waiter"

var waiterRules = []Rule{
	{info("ACK260", "the name of a waiter is written in UpperCamelCase and used once",
		"ClusterRunning becomes the method WaitClusterRunning of the client, which has all waiters of the spec.",
		"choose a name of letters and digits that begins in upper case and that no other waiter has"), false, checkWaiterName},
	{info("ACK261", "the paths of a waiter lead to properties of the success answer",
		"The client reads the state from there, and what to say about a failure.",
		"correct the path: names of properties joined by dots, as they are on the wire"), false, checkWaiterPaths},
	{info("ACK262", "a waiter can end well, and a state is in one of its lists only",
		"Without success the wait could only fail or time out; a state in two lists would mean two things; a result is read in a state of success only.",
		"add success, or not-found: success; keep a state, whatever its case, in one list; drop a result that nothing reads"), false, checkWaiterStates},
	{info("ACK263", "delay and max-delay of a waiter are durations, and delay is not the longer one",
		"The pauses between two questions grow from delay to max-delay.",
		"write a number and a unit, such as 10s or 1m30s"), false, checkWaiterDelays},
	{info("ACK264", "a waiter for tasks names the parameter that takes the id of a task",
		"The client calls the operation with the id and nothing else.",
		"correct the name; other parameters of the operation have to be optional"), false, checkWaiterTask},
	{info("ACK265", "a spec whose operations start tasks has exactly one waiter for tasks",
		"The methods that wait for the task of an operation all use this waiter.",
		"add x-ack-waiter with the key task to the operation that shows a task, or delete it from the others"), false, checkTaskWaiter},
	{info("ACK266", "the operation that a waiter polls is idempotent",
		"It is called again and again, as often as the wait takes.",
		"move the waiter to the operation that reads the state"), false, checkWaiterPolls},
}

// waiter is one entry of x-ack-waiter.
type waiter struct {
	op         *oas.Node
	key, value *yaml.Node
}

func (w waiter) get(key string) *yaml.Node { return yamlsrc.Value(w.value, key) }

func (p *pass) waiters() []waiter {
	var out []waiter
	for op, entries := range p.having(waiterKey) {
		for key, value := range yamlsrc.Pairs(entries) {
			if value.Kind == yaml.MappingNode {
				out = append(out, waiter{op, key, value})
			}
		}
	}
	return out
}

func checkWaiterName(p *pass) {
	seen := map[string]*yaml.Node{}
	for _, w := range p.waiters() {
		name := w.key.Value
		if !upperCamel.MatchString(name) {
			p.report(w.key, w.op, "the name %q of a waiter is not UpperCamelCase", name)
		}
		folded := strings.ToLower(name)
		if first := seen[folded]; first != nil {
			p.reportTwice(w.key, first, w.op, "waiter %s is defined twice", name)
			continue
		}
		seen[folded] = w.key
	}
}

func checkWaiterPaths(p *pass) {
	for _, w := range p.waiters() {
		root, whole := p.answer(w.op), wholeAnswer
		read := func(key string, v *yaml.Node, want target) *oas.Node {
			if v == nil {
				return nil
			}
			s, problem := p.follow(root, whole, v.Value, want)
			if problem != "" {
				p.report(v, w.op, "%s of waiter %s: %s", key, w.key.Value, problem)
			}
			return s
		}
		follow := func(key string, want target) *oas.Node { return read(key, w.get(key), want) }
		for _, key := range []string{"stage", "code", "message"} {
			follow(key, textOrInt)
		}
		read("result", yamlsrc.Value(w.get("result"), "path"), textOrInt)
		if w.get("items") != nil {
			list := follow("items", anArray)
			if list == nil {
				continue
			}
			root, whole = p.deref(list.Child("items")), "an item"
		}
		follow("path", textOrInt)
	}
}

func checkWaiterStates(p *pass) {
	for _, w := range p.waiters() {
		success, gone := w.get("success"), w.get("not-found")
		switch {
		case success == nil && gone == nil:
			p.report(w.key, w.op, "waiter %s has neither success nor not-found", w.key.Value)
		case success == nil && w.get("items") != nil:
			p.report(w.key, w.op, "waiter %s counts items and has no success", w.key.Value)
		}
		if result := w.get("result"); result != nil && (success == nil || w.get("items") != nil) {
			p.report(result, w.op, "waiter %s has a result, which is read in a state of success where no items are counted", w.key.Value)
		}
		seen := map[string]*yaml.Node{}
		for _, list := range []string{"success", "failure", "pending"} {
			v := w.get(list)
			for i, state := range strs(v) {
				folded := strings.ToLower(state)
				if first := seen[folded]; first != nil {
					p.reportTwice(v.Content[i], first, w.op, "waiter %s lists the state %q twice", w.key.Value, state)
					continue
				}
				seen[folded] = v.Content[i]
			}
		}
	}
}

func checkWaiterDelays(p *pass) {
	for _, w := range p.waiters() {
		var got [2]time.Duration
		for i, key := range []string{"delay", "max-delay"} {
			v := w.get(key)
			if v == nil {
				continue
			}
			d, err := time.ParseDuration(v.Value)
			if err != nil || d <= 0 {
				p.report(v, w.op, "%s of waiter %s is %q, which is no duration above zero", key, w.key.Value, v.Value)
				continue
			}
			got[i] = d
		}
		if got[1] > 0 && got[0] > got[1] {
			p.report(w.get("delay"), w.op, "delay of waiter %s is %s, above max-delay %s", w.key.Value, got[0], got[1])
		}
	}
}

func checkWaiterTask(p *pass) {
	for _, w := range p.waiters() {
		task := w.get("task")
		if task == nil {
			continue
		}
		_, params := p.parameters(w.op)
		names := make([]string, len(params))
		for i := range params {
			names[i] = params[i].Text("name")
		}
		if !slices.Contains(names, task.Value) {
			hint := spell.Hint(task.Value, names)
			p.report(task, w.op, "task of waiter %s: the operation has no parameter %q%s", w.key.Value, task.Value, hint)
			continue
		}
		for i, param := range params {
			s := p.deref(param.Child("schema"))
			switch {
			case names[i] == task.Value && (s == nil || !aText.fits(s)):
				p.report(task, w.op, "task of waiter %s: parameter %q is not %s", w.key.Value, names[i], aText.what)
			case names[i] != task.Value && param.Text("required") == "true":
				p.report(task, w.op, "task of waiter %s: parameter %q is required as well", w.key.Value, names[i])
			}
		}
	}
}

func checkTaskWaiter(p *pass) {
	var first *yaml.Node
	for _, w := range p.waiters() {
		key, _ := yamlsrc.Get(w.value, "task")
		switch {
		case key == nil:
		case first == nil:
			first = key
		default:
			p.reportTwice(key, first, w.op, "waiter %s is a second one for tasks", w.key.Value)
		}
	}
	starts := func(op *oas.Node) bool { return op.Has(taskKey) && op.Text(taskKey) != noTask }
	ops := p.operations()
	if i := slices.IndexFunc(ops, starts); i >= 0 && first == nil {
		p.report(ops[i].KeyOf(taskKey), ops[i], "the operation starts a task and no waiter of the spec waits for tasks")
	}
}

func checkWaiterPolls(p *pass) {
	for op, entries := range p.having(waiterKey) {
		if class := p.retryClass(op); class != nil && class.Value != "idempotent" && len(entries.Content) > 0 {
			p.report(op.KeyOf(waiterKey), op, "the operation is polled and of class %s", class.Value)
		}
	}
}

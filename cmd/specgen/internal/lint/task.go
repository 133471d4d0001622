package lint

import (
	"regexp"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const taskKey = "x-ack-task"

// noTask is the value of x-ack-task that denies a task.
const noTask = "none"

var taskRules = []Rule{
	{info("ACK250", "x-ack-task leads to a text of the success answer, or denies one that looks like the id of a task",
		"The client reads the id of the task from there to wait until the task is over.",
		"correct the path: names of properties joined by dots, as they are on the wire"), false, checkTaskPath},
	{info("ACK251", "an operation that answers with the id of a task declares x-ack-task",
		"The work is not done when the answer comes; without the extension callers have no method that waits for it.",
		"add x-ack-task with the name of the property, or x-ack-task: none when nothing can be asked with the id"), false, checkTaskPresent},
}

func checkTaskPath(p *pass) {
	for _, op := range p.operations() {
		v := op.Get(taskKey)
		switch {
		case v == nil || v.Kind != yaml.ScalarNode:
		case v.Value == noTask:
			if p.taskID(op) == nil {
				p.report(v, op, "%s: none is not needed, as the answer holds no id of a task", taskKey)
			}
		default:
			if _, problem := p.follow(p.answer(op), wholeAnswer, v.Value, aText); problem != "" {
				p.report(v, op, "%s: %s", taskKey, problem)
			}
		}
	}
}

func checkTaskPresent(p *pass) {
	for _, op := range p.operations() {
		id := p.taskID(op)
		if id == nil || op.Has(taskKey) || showsTask(op) {
			continue
		}
		p.reportWith(op.Key, op, p.note(id.Key, "it is here"), "the answer holds %q and the operation has no %s", id.Name, taskKey)
	}
}

var taskName = regexp.MustCompile(`(?i)^task_?id$`)

// taskID returns the property of the success answer that looks like the id of a
// task, or nil.
func (p *pass) taskID(op *oas.Node) *oas.Node {
	if s := p.answer(op); s != nil {
		for prop := range s.In("properties") {
			if taskName.MatchString(prop.Name) {
				return prop
			}
		}
	}
	return nil
}

// showsTask reports whether an operation is the one that tasks are asked for
// with.
func showsTask(op *oas.Node) bool {
	for _, w := range yamlsrc.Pairs(op.Get(waiterKey)) {
		if yamlsrc.Value(w, "task") != nil {
			return true
		}
	}
	return false
}

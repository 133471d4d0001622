package lint

import (
	"regexp"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const taskKey = "x-ack-task"

var taskRules = []Rule{
	{"ACK251", false, checkTaskPresent},
}

func checkTaskPresent(p *pass) {
	for _, op := range p.operations() {
		id := p.taskID(op)
		if id == nil || op.Has(taskKey) || showsTask(op) {
			continue
		}
		p.reportWith(op.Key, op, p.note(id.Key, "it is here"), "the response holds %q and the operation has no %s", id.Name, taskKey)
	}
}

var taskName = regexp.MustCompile(`(?i)^task_?id$`)

// taskID returns the property of the successful response that looks like the id of a
// task, or nil.
func (p *pass) taskID(op *oas.Node) *oas.Node {
	if s := p.response(op); s != nil {
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

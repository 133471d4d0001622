package subset

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	extTask   = "x-ack-task"
	extWaiter = "x-ack-waiter"
	none      = "none" // the value of an operation that starts no task
)

// dropTasks takes the tasks off the chosen operations when the one that reports the
// state of tasks was not chosen, and says so.
func dropTasks(chosen, rest *openapi3.Paths) []string {
	others := operations(rest)
	i := slices.IndexFunc(others, reportsTasks)
	if i < 0 || slices.ContainsFunc(operations(chosen), reportsTasks) {
		return nil
	}
	var lost []string
	for _, o := range operations(chosen) {
		if v, ok := o.Extensions[extTask]; ok {
			delete(o.Extensions, extTask)
			if v != none {
				lost = append(lost, o.OperationID)
			}
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return []string{"no AndWait method for " + strings.Join(lost, ", ") + ": to have it, add the operation " + others[i].OperationID + ", which tells the state of tasks"}
}

// reportsTasks reports whether a waiter of the operation waits for tasks.
func reportsTasks(o *openapi3.Operation) bool {
	waiters, _ := o.Extensions[extWaiter].(map[string]any)
	for _, w := range waiters {
		if keys, _ := w.(map[string]any); keys["task"] != nil {
			return true
		}
	}
	return false
}

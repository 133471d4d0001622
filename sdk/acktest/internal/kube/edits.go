package kube

import (
	"maps"
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// A NodeEdit is what clients have changed of a node.
type NodeEdit struct {
	Name, UID string
	// Removed and Added are labels and taints. What has another value now is in
	// both.
	Removed, Added NodeMarks
	Unschedulable  *bool // nil if it is as before
}

// NodeMarks are the labels and the taints of a node.
type NodeMarks struct {
	Labels map[string]string
	Taints []Taint
}

// tellNodes calls NodeEdited for each node of the source that is not as the
// source said last. From then on, the source is taken to say it.
func (a *API) tellNodes() {
	if a.NodeEdited == nil {
		return
	}
	a.nodesMu.Lock()
	defer a.nodesMu.Unlock()
	for _, edit := range a.takeEdits() {
		a.NodeEdited(edit)
	}
}

func (a *API) takeEdits() []NodeEdit {
	a.mu.Lock()
	defer a.mu.Unlock()
	var edits []NodeEdit
	for _, name := range slices.Sorted(maps.Keys(a.nodes)) {
		told := a.nodes[name]
		current, stored := a.store.Get(nodeKey(name))
		if !stored {
			continue
		}
		before, after := marksOf(told), marksOf(current)
		edit := NodeEdit{Name: name, UID: object.String(told, "metadata", "uid"), Removed: before.without(after), Added: after.without(before)}
		unschedulable := object.Bool(current, "spec", "unschedulable")
		if unschedulable != object.Bool(told, "spec", "unschedulable") {
			edit.Unschedulable = &unschedulable
		}
		if edit.isEmpty() {
			continue
		}
		a.nodes[name] = withMarks(told, after, unschedulable)
		edits = append(edits, edit)
	}
	return edits
}

// marksOf returns the labels and taints of a node, without the taints that
// follow from its state.
func marksOf(o object.Object) NodeMarks {
	m := NodeMarks{Labels: object.Strings(o, "metadata", "labels")}
	for _, t := range object.Maps(o, "spec", "taints") {
		taint := Taint{Key: object.String(t, "key"), Value: object.String(t, "value"), Effect: object.String(t, "effect")}
		if taint.Key != notReadyTaint && taint.Key != unschedulableTaint {
			m.Taints = append(m.Taints, taint)
		}
	}
	return m
}

// without returns what is not in others.
func (m NodeMarks) without(others NodeMarks) NodeMarks {
	labels := maps.Clone(m.Labels)
	maps.DeleteFunc(labels, func(key, value string) bool {
		other, ok := others.Labels[key]
		return ok && other == value
	})
	rest := NodeMarks{Labels: labels}
	for _, t := range m.Taints {
		if !slices.Contains(others.Taints, t) {
			rest.Taints = append(rest.Taints, t)
		}
	}
	return rest
}

func (m NodeMarks) isEmpty() bool { return len(m.Labels) == 0 && len(m.Taints) == 0 }

func (e *NodeEdit) isEmpty() bool {
	return e.Removed.isEmpty() && e.Added.isEmpty() && e.Unschedulable == nil
}

// withMarks returns what a source says of a node that has other labels and taints.
func withMarks(told object.Object, marks NodeMarks, unschedulable bool) object.Object {
	o := object.Clone(told)
	object.Set(o, object.FromStrings(marks.Labels), "metadata", "labels")
	object.Remove(o, "spec", "taints")
	if len(marks.Taints) > 0 {
		object.Set(o, taintList(marks.Taints), "spec", "taints")
	}
	object.Remove(o, "spec", "unschedulable")
	if unschedulable {
		object.Set(o, true, "spec", "unschedulable")
	}
	return o
}

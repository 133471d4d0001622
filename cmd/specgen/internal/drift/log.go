package drift

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// CompareLog returns in what a spec differs from what a log of changes says. The newest
// entry about a thing holds. What the log says about parts of an operation before it
// deletes the operation does not count.
func CompareLog(log *upstream.Log, ours *upstream.Description) []Difference {
	type subject struct{ operation, key string }
	said := map[subject]bool{}
	deleted := map[string]bool{}
	var out []Difference
	for _, e := range log.Entries { // the newest first
		s := subject{e.Operation, logKey(e)}
		if said[s] || deleted[e.Operation] {
			continue
		}
		said[s] = true
		deleted[e.Operation] = e.Path == "" && e.Action == upstream.Deleted
		if d, ok := compareEntry(e, find(ours, e.Operation)); ok {
			d.Since = e.Version + " of " + e.Date
			out = append(out, d)
		}
	}
	return withoutInner(sorted(out))
}

// logKey is the key of the part that an entry is about.
func logKey(e upstream.Entry) string {
	if e.Path == "" {
		return ""
	}
	return e.In + " " + plainPath(e.Path)
}

func compareEntry(e upstream.Entry, op *upstream.Operation) (Difference, bool) {
	d := Difference{Operation: e.Operation, Path: e.Path}
	switch {
	case op == nil:
		d.Kind, d.Path = OperationNew, ""
		return d, e.Action != upstream.Deleted
	case e.Path == "" && e.Action == upstream.Deleted:
		d.Kind, d.Spec, d.item = OperationRemoved, route(op), item{Node: op.Node}
		return d, !op.Kept()
	case e.Path == "":
		d.Kind, d.item = OperationBack, item{Node: op.Node}
		return d, op.Removed
	}
	return comparePart(d, e, op)
}

func comparePart(d Difference, e upstream.Entry, op *upstream.Operation) (Difference, bool) {
	list := parts(op)
	i := slices.IndexFunc(list, func(p Part) bool { return logKey(e) == p.logKey() })
	d.Node = op.Node
	isField := e.In == "response" || inBody(e.Path)
	switch {
	case i >= 0 && e.Action != upstream.Deleted, i < 0 && e.Action == upstream.Deleted:
		return d, false
	case i < 0 && isField:
		d.Kind = FieldNew
		d.item = inside(d.item, byKey(list)[parent(logKey(e))])
	case i < 0:
		d.Kind = ParameterNew
	default:
		p := &list[i]
		d.Kind, d.Path, d.Spec, d.item = removedKind(p), p.Path, p.Type, item{Ours: p, Node: p.Node}
		return d, !p.kept
	}
	return d, true
}

// parent returns the path, or the key, of what a field is in.
func parent(key string) string {
	i := strings.LastIndex(key, ".")
	if i < 0 {
		return ""
	}
	return key[:i]
}

func inBody(path string) bool { return path == "body" || strings.HasPrefix(path, "body.") }

// logKey is the key of a part as a log writes it: it calls every parameter one of the
// request.
func (p Part) logKey() string {
	if p.Parameter != nil {
		return "request " + plainPath(p.Path)
	}
	return p.key
}

// withoutInner drops what lies in an operation or a field that is a difference itself.
func withoutInner(list []Difference) []Difference {
	has := map[string]bool{}
	for _, d := range list {
		if d.Kind == FieldNew || d.Kind == FieldRemoved {
			has[string(d.Kind)+" "+d.Operation+" "+plainPath(d.Path)] = true
		}
	}
	return slices.DeleteFunc(list, func(d Difference) bool {
		for path := parent(plainPath(d.Path)); path != ""; path = parent(path) {
			if has[string(d.Kind)+" "+d.Operation+" "+path] {
				return true
			}
		}
		return false
	})
}

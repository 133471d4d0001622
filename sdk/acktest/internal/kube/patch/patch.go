// Package patch changes objects by the three kinds of patches of the Kubernetes
// API: JSON patches, merge patches and strategic merge patches. None of them
// changes what it is given.
//
// # Imports
//
// It may import the standard library and the packages object and schema.
package patch

import (
	"reflect"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// Merge returns an object changed by a merge patch (RFC 7386): fields of the
// patch replace those of the object, null removes them, and objects are merged.
func Merge(o, patch object.Object) object.Object {
	merged := object.Clone(o)
	if merged == nil {
		merged = object.Object{}
	}
	for name, value := range patch {
		switch v := value.(type) {
		case nil:
			delete(merged, name)
		case object.Object:
			inner, _ := merged[name].(object.Object)
			merged[name] = Merge(inner, v)
		default:
			merged[name] = object.CloneTree(v)
		}
	}
	return merged
}

// Diff returns the merge patch that makes one object of another.
func Diff(from, to object.Object) object.Object {
	patch := object.Object{}
	for name := range from {
		if _, kept := to[name]; !kept {
			patch[name] = nil
		}
	}
	for name, value := range to {
		before, there := from[name]
		if there && reflect.DeepEqual(before, value) {
			continue
		}
		inner, isObject := value.(object.Object)
		innerBefore, wasObject := before.(object.Object)
		if isObject && wasObject {
			patch[name] = Diff(innerBefore, inner)
		} else {
			patch[name] = object.CloneTree(value)
		}
	}
	return patch
}

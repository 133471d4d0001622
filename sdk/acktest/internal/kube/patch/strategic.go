package patch

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

// Directives in a strategic merge patch.
const (
	directive   = "$patch"
	retainKeys  = "$retainKeys"
	orderPrefix = "$setElementOrder/"
	dropPrefix  = "$deleteFromPrimitiveList/"
)

// Strategic returns an object changed by a strategic merge patch. The type says
// how its lists are merged. Fields that it does not have, and all fields if it is
// nil, are merged as a merge patch does.
func Strategic(o, patch object.Object, t *schema.Type) (object.Object, error) {
	switch patch[directive] {
	case nil, "merge":
	case "replace":
		replaced := object.Clone(patch)
		delete(replaced, directive)
		return replaced, nil
	case "delete":
		return object.Object{}, nil
	default:
		return nil, errors.New("a $patch of the patch is not merge, replace or delete")
	}
	merged := object.Clone(o)
	if merged == nil {
		merged = object.Object{}
	}
	for _, name := range object.Names(patch) {
		if strings.HasPrefix(name, "$") {
			continue
		}
		if err := mergeField(merged, name, patch, t.Field(name)); err != nil {
			return nil, err
		}
	}
	for name, value := range patch {
		if list, ok := strings.CutPrefix(name, dropPrefix); ok {
			dropTexts(merged, list, value)
		}
	}
	if kept, ok := patch[retainKeys].([]any); ok {
		for name := range merged {
			if !contains(kept, name) {
				delete(merged, name)
			}
		}
	}
	return merged, nil
}

// mergeField merges one field of the patch. The field is nil if it is not known.
func mergeField(merged object.Object, name string, patch object.Object, f *schema.Field) error {
	switch value := patch[name].(type) {
	case nil:
		delete(merged, name)
	case object.Object:
		before, _ := merged[name].(object.Object)
		inner, err := Strategic(before, value, typeOf(f))
		if err != nil {
			return err
		}
		if value[directive] == "delete" {
			delete(merged, name)
		} else {
			merged[name] = inner
		}
	case []any:
		order, _ := patch[orderPrefix+name].([]any)
		before, _ := merged[name].([]any)
		list, err := mergeList(f, before, value, order)
		if err != nil {
			return err
		}
		merged[name] = list
	default:
		merged[name] = value
	}
	return nil
}

// typeOf returns the type of a field that may be nil.
func typeOf(f *schema.Field) *schema.Type {
	if f == nil {
		return nil
	}
	return f.Type()
}

func mergeList(f *schema.Field, before, patch, order []any) ([]any, error) {
	if f == nil || !f.Merged() {
		return replaceList(patch), nil
	}
	if f.MergeKey == "" {
		return addTexts(before, patch), nil
	}
	key := f.MergeKey
	replace := slices.ContainsFunc(patch, func(item any) bool {
		o, ok := item.(object.Object)
		return ok && o[directive] == "replace" && len(o) == 1
	})
	if replace {
		return replaceList(patch), nil
	}
	merged := slices.Clone(before)
	for _, item := range patch {
		o, ok := item.(object.Object)
		if !ok || o[key] == nil {
			return nil, fmt.Errorf("an item of %s in the patch has no %s", f.Name, key)
		}
		i := slices.IndexFunc(merged, func(m any) bool { return sameKey(m, o, key) })
		switch {
		case o[directive] == "delete":
			merged = slices.DeleteFunc(merged, func(m any) bool { return sameKey(m, o, key) })
		case i < 0:
			inner, err := Strategic(nil, o, f.Type())
			if err != nil {
				return nil, err
			}
			merged = append(merged, inner)
		default:
			inner, err := Strategic(asObject(merged[i]), o, f.Type())
			if err != nil {
				return nil, err
			}
			merged[i] = inner
		}
	}
	return inOrder(merged, order, key), nil
}

// replaceList returns the items of a patch that replaces a list.
func replaceList(patch []any) []any {
	items := []any{}
	for _, item := range patch {
		if o, ok := item.(object.Object); ok && o[directive] != nil {
			continue
		}
		items = append(items, object.CloneTree(item))
	}
	return items
}

func asObject(tree any) object.Object {
	o, _ := tree.(object.Object)
	return o
}

func sameKey(a any, b object.Object, key string) bool {
	o, ok := a.(object.Object)
	return ok && reflect.DeepEqual(o[key], b[key])
}

// inOrder sorts the items of a list that the order names. The others keep their
// places behind them.
func inOrder(items, order []any, key string) []any {
	if len(order) == 0 {
		return items
	}
	position := func(item any) int {
		for i, named := range order {
			if sameKey(item, asObject(named), key) {
				return i
			}
		}
		return len(order)
	}
	slices.SortStableFunc(items, func(a, b any) int { return position(a) - position(b) })
	return items
}

func addTexts(before, added []any) []any {
	all := slices.Clone(before)
	for _, text := range added {
		if !contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

// dropTexts removes texts from a list.
func dropTexts(o object.Object, list string, dropped any) {
	texts, _ := dropped.([]any)
	before, ok := o[list].([]any)
	if !ok {
		return
	}
	o[list] = slices.DeleteFunc(before, func(text any) bool { return contains(texts, text) })
}

// contains compares values of any type, also those that == cannot compare.
func contains(list []any, value any) bool {
	return slices.ContainsFunc(list, func(item any) bool { return reflect.DeepEqual(item, value) })
}

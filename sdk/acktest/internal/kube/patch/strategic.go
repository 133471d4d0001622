package patch

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// Directives in a strategic merge patch.
const (
	directive   = "$patch"
	retainKeys  = "$retainKeys"
	orderPrefix = "$setElementOrder/"
	dropPrefix  = "$deleteFromPrimitiveList/"
)

// mergeKeys are the lists of objects that are merged item by item, and the field
// that tells their items apart. All other lists are replaced.
var mergeKeys = map[string]string{
	"addresses":                 "type",
	"conditions":                "type",
	"containers":                "name",
	"env":                       "name",
	"ephemeralContainers":       "name",
	"hostAliases":               "ip",
	"imagePullSecrets":          "name",
	"initContainers":            "name",
	"ownerReferences":           "uid",
	"resourceClaims":            "name",
	"secrets":                   "name",
	"topologySpreadConstraints": "topologyKey",
	"volumeDevices":             "devicePath",
	"volumeMounts":              "mountPath",
	"volumes":                   "name",
}

// mergedSets are the lists of texts that a patch adds to.
var mergedSets = []string{"finalizers", "podCIDRs"}

// mergeKey returns the field that tells the items of a list apart, or "" if the
// list is replaced as a whole. Ports have another one in services than in containers.
func mergeKey(list string, items []any) string {
	if list != "ports" {
		return mergeKeys[list]
	}
	for _, item := range items {
		if o, ok := item.(object.Object); ok && o["containerPort"] != nil {
			return "containerPort"
		}
	}
	return "port"
}

// Strategic returns an object changed by a strategic merge patch, for the lists
// of the kinds that are built into Kubernetes.
func Strategic(o, patch object.Object) (object.Object, error) {
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
		if err := mergeField(merged, name, patch); err != nil {
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

// mergeField merges one field of the patch.
func mergeField(merged object.Object, name string, patch object.Object) error {
	switch value := patch[name].(type) {
	case nil:
		delete(merged, name)
	case object.Object:
		before, _ := merged[name].(object.Object)
		inner, err := Strategic(before, value)
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
		list, err := mergeList(name, before, value, order)
		if err != nil {
			return err
		}
		merged[name] = list
	default:
		merged[name] = value
	}
	return nil
}

func mergeList(name string, before, patch, order []any) ([]any, error) {
	if slices.Contains(mergedSets, name) {
		return addTexts(before, patch), nil
	}
	key := mergeKey(name, slices.Concat(patch, before))
	replace := slices.ContainsFunc(patch, func(item any) bool {
		o, ok := item.(object.Object)
		return ok && o[directive] == "replace" && len(o) == 1
	})
	if key == "" || replace {
		return replaceList(patch), nil
	}
	merged := slices.Clone(before)
	for _, item := range patch {
		o, ok := item.(object.Object)
		if !ok || o[key] == nil {
			return nil, fmt.Errorf("an item of %s in the patch has no %s", name, key)
		}
		i := slices.IndexFunc(merged, func(m any) bool { return sameKey(m, o, key) })
		switch {
		case o[directive] == "delete":
			merged = slices.DeleteFunc(merged, func(m any) bool { return sameKey(m, o, key) })
		case i < 0:
			inner, err := Strategic(nil, o)
			if err != nil {
				return nil, err
			}
			merged = append(merged, inner)
		default:
			inner, err := Strategic(asObject(merged[i]), o)
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

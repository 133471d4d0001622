package patch

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// ErrTest says that a test operation of a JSON patch failed.
var ErrTest = errors.New("the test of the patch failed")

// Limits of a patch: how many operations it may have, as the real API server
// has it, and how many values all its copies may make, as each could double the object.
const (
	maxOperations = 10000
	maxCopied     = 100000
)

type operation struct {
	Op    string          `json:"op"`
	Path  *string         `json:"path"`
	From  *string         `json:"from"`
	Value json.RawMessage `json:"value"`
}

// JSON returns an object changed by a JSON patch (RFC 6902).
func JSON(o object.Object, patch []byte) (object.Object, error) {
	var operations []operation
	if err := json.Unmarshal(patch, &operations); err != nil {
		return nil, errors.New("the JSON patch is not a list of operations")
	}
	if len(operations) > maxOperations {
		return nil, fmt.Errorf("the JSON patch has more than %d operations", maxOperations)
	}
	var tree any = object.Clone(o)
	copied := 0
	for i, op := range operations {
		if op.Op == "copy" {
			if copied += op.copies(tree); copied > maxCopied {
				return nil, errors.New("the JSON patch copies too much")
			}
		}
		var err error
		if tree, err = op.apply(tree); err != nil {
			return nil, fmt.Errorf("operation %d of the JSON patch: %w", i, err)
		}
	}
	patched, ok := tree.(object.Object)
	if !ok {
		return nil, errors.New("the JSON patch leaves no object")
	}
	return patched, nil
}

func (op *operation) apply(tree any) (any, error) {
	path, err := pointer(op.Path)
	if err != nil {
		return nil, err
	}
	switch op.Op {
	case "remove":
		return take(tree, path)
	case "move", "copy":
		return op.transfer(tree, path)
	case "add", "replace", "test":
	default:
		return nil, fmt.Errorf("%q is not an operation", op.Op)
	}
	if op.Value == nil {
		return nil, errors.New("there is no value")
	}
	value, err := object.DecodeTree(op.Value)
	if err != nil {
		return nil, err
	}
	switch op.Op {
	case "add":
		return put(tree, path, value)
	case "replace":
		if tree, err = take(tree, path); err != nil {
			return nil, err
		}
		return put(tree, path, value)
	default:
		found, err := lookup(tree, path)
		if err != nil || !reflect.DeepEqual(found, value) {
			return nil, ErrTest
		}
		return tree, nil
	}
}

// copies returns how many values the operation copies.
func (op *operation) copies(tree any) int {
	from, err := pointer(op.From)
	if err != nil {
		return 0 // apply returns the error
	}
	value, err := lookup(tree, from)
	if err != nil {
		return 0
	}
	return count(value)
}

func count(tree any) int {
	n := 1
	switch v := tree.(type) {
	case object.Object:
		for _, value := range v {
			n += count(value)
		}
	case []any:
		for _, value := range v {
			n += count(value)
		}
	}
	return n
}

// transfer moves or copies a value.
func (op *operation) transfer(tree any, path []string) (any, error) {
	from, err := pointer(op.From)
	if err != nil {
		return nil, err
	}
	value, err := lookup(tree, from)
	if err != nil {
		return nil, err
	}
	if op.Op == "copy" {
		return put(tree, path, object.CloneTree(value))
	}
	if len(path) > len(from) && slices.Equal(path[:len(from)], from) {
		return nil, errors.New("a value cannot be moved into itself")
	}
	if tree, err = take(tree, from); err != nil {
		return nil, err
	}
	return put(tree, path, value)
}

// pointer splits a JSON pointer (RFC 6901).
func pointer(text *string) ([]string, error) {
	if text == nil {
		return nil, errors.New("there is no path")
	}
	if *text == "" {
		return nil, nil
	}
	if (*text)[0] != '/' {
		return nil, fmt.Errorf("path %q does not begin with a slash", *text)
	}
	names := strings.Split((*text)[1:], "/")
	for i, name := range names {
		names[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
	}
	return names, nil
}

var errNoPath = errors.New("the path does not exist")

func lookup(tree any, path []string) (any, error) {
	for _, name := range path {
		switch at := tree.(type) {
		case object.Object:
			value, ok := at[name]
			if !ok {
				return nil, errNoPath
			}
			tree = value
		case []any:
			i, err := index(name, len(at)-1)
			if err != nil {
				return nil, err
			}
			tree = at[i]
		default:
			return nil, errNoPath
		}
	}
	return tree, nil
}

// index reads the position of an item, 0 to last.
func index(name string, last int) (int, error) {
	i, err := strconv.Atoi(name)
	if err != nil || i < 0 || i > last || strconv.Itoa(i) != name {
		return 0, errNoPath
	}
	return i, nil
}

// put adds a value: it replaces a field, or moves items of a list back.
func put(tree any, path []string, value any) (any, error) {
	if len(path) == 0 {
		return value, nil
	}
	return change(tree, path, func(parent any, name string) (any, error) {
		switch at := parent.(type) {
		case object.Object:
			at[name] = value
			return at, nil
		case []any:
			if name == "-" {
				return append(at, value), nil
			}
			i, err := index(name, len(at))
			if err != nil {
				return nil, err
			}
			return slices.Insert(at, i, value), nil
		default:
			return nil, errNoPath
		}
	})
}

// take removes a value.
func take(tree any, path []string) (any, error) {
	if len(path) == 0 {
		return nil, nil
	}
	return change(tree, path, func(parent any, name string) (any, error) {
		switch at := parent.(type) {
		case object.Object:
			if _, ok := at[name]; !ok {
				return nil, errNoPath
			}
			delete(at, name)
			return at, nil
		case []any:
			i, err := index(name, len(at)-1)
			if err != nil {
				return nil, err
			}
			return slices.Delete(at, i, i+1), nil
		default:
			return nil, errNoPath
		}
	})
}

// change replaces the value that holds the end of a path by what edit makes of it.
func change(tree any, path []string, edit func(parent any, name string) (any, error)) (any, error) {
	if len(path) == 1 {
		return edit(tree, path[0])
	}
	switch at := tree.(type) {
	case object.Object:
		inner, ok := at[path[0]]
		if !ok {
			return nil, errNoPath
		}
		changed, err := change(inner, path[1:], edit)
		if err != nil {
			return nil, err
		}
		at[path[0]] = changed
		return at, nil
	case []any:
		i, err := index(path[0], len(at)-1)
		if err != nil {
			return nil, err
		}
		if at[i], err = change(at[i], path[1:], edit); err != nil {
			return nil, err
		}
		return at, nil
	default:
		return nil, errNoPath
	}
}

// Package selector reads the label and field selectors of the Kubernetes API
// and says which objects they select.
//
// # Imports
//
// It may import the standard library and package object.
package selector

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// Operators of a requirement, in the words of matchExpressions.
const (
	in           = "In"
	notIn        = "NotIn"
	exists       = "Exists"
	doesNotExist = "DoesNotExist"
	greater      = "Gt"
	less         = "Lt"
)

// A requirement is one condition on a label or field.
type requirement struct {
	key      string
	operator string
	values   []string
}

// A Selector is a list of conditions that must all hold. The zero value selects
// everything.
type Selector struct{ requirements []requirement }

// Empty tells whether the selector selects everything.
func (s Selector) Empty() bool { return len(s.requirements) == 0 }

// Matches tells whether all conditions hold.
func (s Selector) Matches(values map[string]string) bool {
	return !slices.ContainsFunc(s.requirements, func(r requirement) bool { return !r.holds(values) })
}

// Value returns the one value that a key must have, if the selector says so.
func (s Selector) Value(key string) (string, bool) {
	for _, r := range s.requirements {
		if r.key == key && r.operator == in && len(r.values) == 1 {
			return r.values[0], true
		}
	}
	return "", false
}

// Keys returns the keys that the selector asks for.
func (s Selector) Keys() []string {
	keys := make([]string, len(s.requirements))
	for i, r := range s.requirements {
		keys[i] = r.key
	}
	return keys
}

func (r requirement) holds(values map[string]string) bool {
	value, there := values[r.key]
	switch r.operator {
	case exists:
		return there
	case doesNotExist:
		return !there
	case in:
		return there && slices.Contains(r.values, value)
	case notIn:
		return !there || !slices.Contains(r.values, value)
	default:
		return there && r.compares(value)
	}
}

// compares compares integers. A label that is not an integer fulfills nothing.
func (r requirement) compares(value string) bool {
	got, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return false
	}
	want, err := strconv.ParseInt(r.values[0], 10, 64)
	if err != nil {
		return false
	}
	if r.operator == greater {
		return got > want
	}
	return got < want
}

// FromObject reads a selector of an object, such as that of a deployment, with
// matchLabels and matchExpressions.
func FromObject(o object.Object) (Selector, error) {
	var s Selector
	labels := object.Strings(o, "matchLabels")
	for _, key := range object.Names(object.Map(o, "matchLabels")) {
		s.requirements = append(s.requirements, requirement{key, in, []string{labels[key]}})
	}
	for _, e := range object.Maps(o, "matchExpressions") {
		r := requirement{key: object.String(e, "key"), operator: object.String(e, "operator")}
		for _, v := range object.List(e, "values") {
			text, _ := v.(string)
			r.values = append(r.values, text)
		}
		if err := r.check(); err != nil {
			return Selector{}, err
		}
		s.requirements = append(s.requirements, r)
	}
	return s, nil
}

func (r requirement) check() error {
	if !isKey(r.key) {
		return fmt.Errorf("%q is not the key of a label", r.key)
	}
	switch r.operator {
	case exists, doesNotExist:
		if len(r.values) > 0 {
			return fmt.Errorf("operator %s takes no values", r.operator)
		}
	case in, notIn:
		if len(r.values) == 0 {
			return fmt.Errorf("operator %s needs values", r.operator)
		}
	case greater, less:
		if len(r.values) != 1 {
			return fmt.Errorf("operator %s needs one value", r.operator)
		}
		if _, err := strconv.ParseInt(r.values[0], 10, 64); err != nil {
			return fmt.Errorf("operator %s needs an integer", r.operator)
		}
	default:
		return fmt.Errorf("%q is not an operator", r.operator)
	}
	for _, value := range r.values {
		if !IsLabelValue(value) {
			return fmt.Errorf("%q is not the value of a label", value)
		}
	}
	return nil
}

// isKey tells whether a text can be the key of a label: a name, and before it
// the name of a domain and a slash, if any.
func isKey(key string) bool {
	prefix, name, found := strings.Cut(key, "/")
	if !found {
		prefix, name = "", key
	} else if prefix == "" || len(prefix) > 253 {
		return false
	}
	return name != "" && isName(name, 63) && isName(prefix, 253)
}

// IsLabelValue tells whether a text can be the value of a label.
func IsLabelValue(value string) bool { return isName(value, 63) }

// isName tells whether a text has letters and digits, and between them also
// hyphens, dots and underscores. An empty text is one.
func isName(text string, limit int) bool {
	if len(text) > limit {
		return false
	}
	for i := range len(text) {
		c := text[i]
		alphanumeric := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		inside := i > 0 && i < len(text)-1
		if !alphanumeric && (!inside || !strings.ContainsRune("-._", rune(c))) {
			return false
		}
	}
	return true
}

// IsLabel tells whether key and value can be a label.
func IsLabel(key, value string) bool { return isKey(key) && IsLabelValue(value) }

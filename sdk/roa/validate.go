package roa

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// Violation is one value of a request that breaks a limit.
type Violation struct {
	// Path is the JSON pointer of the value in the body, such as
	// "/nodes/0/name", or names a parameter, such as "query parameter pageSize".
	// The pointer of a value inside a parameter follows its name.
	Path string
	// Problem says what is wrong, such as "is missing". It never holds the value.
	Problem string
}

// maxViolations bounds the memory that a request of very many values takes.
const maxViolations = 1000

// ValidationError is a request that was not sent, as it breaks limits of the
// service. It matches [ErrInvalid].
type ValidationError struct {
	// Operation is the name of the operation.
	Operation string
	// Violations are all that were found, at most 1000, in the order of the
	// request's fields.
	Violations []Violation
}

// Error returns one line with the first violations. It holds no values.
func (e *ValidationError) Error() string {
	const shown, maxProblem = 5, 200
	var b strings.Builder
	b.WriteString("check request: ")
	for i, v := range e.Violations {
		if i > 0 {
			b.WriteString("; ")
		}
		if i == shown {
			b.WriteString("and " + strconv.Itoa(len(e.Violations)-shown) + " more")
			break
		}
		b.WriteString(pathText(v.Path) + " " + oneline.Of(v.Problem, maxProblem))
	}
	return b.String()
}

// Is reports whether target is [ErrInvalid].
func (e *ValidationError) Is(target error) bool { return target == ErrInvalid }

// validateRequest checks what a request is made of; nil is not checked.
func validateRequest(op *Operation, in any) error {
	violations, err := validate(in)
	if err != nil {
		return err
	}
	if len(violations) > 0 {
		return &ValidationError{Operation: op.Name, Violations: violations}
	}
	return nil
}

// validate checks a struct or a pointer to one.
func validate(in any) ([]Violation, error) {
	rv := reflect.ValueOf(in)
	for rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return nil, nil
		}
		rv = rv.Elem()
	}
	if rv.Kind() != reflect.Struct {
		return nil, nil
	}
	checks, err := checksOf(rv.Type())
	if err != nil {
		return nil, err
	}
	v := validator{left: maxValues}
	v.object(checks, rv, nil)
	return v.found, nil
}

const (
	// maxValues bounds the work, and so does maxNesting: a request may hold
	// itself, and is then refused by the encoder.
	maxValues  = 1 << 20
	maxNesting = 1000
)

// validator walks over one request.
type validator struct {
	found []Violation
	left  int // values that may still be looked at
}

// location is where a value is. Its text is made only for violations.
type location struct {
	parent *location
	name   string // JSON name or key, or the whole start of the path
	index  int    // index in a list when name is empty
	start  bool   // name starts the path
	depth  int
}

func (p *location) String() string {
	if p == nil {
		return ""
	}
	switch {
	case p.start:
		return p.name
	case p.index >= 0:
		return p.parent.String() + "/" + strconv.Itoa(p.index)
	default:
		return p.parent.String() + "/" + pointerEscaper.Replace(p.name)
	}
}

func (p *location) child(name string, index int) *location {
	depth := 1
	if p != nil {
		depth = p.depth + 1
	}
	return &location{parent: p, name: name, index: index, depth: depth}
}

func (v *validator) fail(at *location, problem string) {
	if len(v.found) < maxViolations {
		v.found = append(v.found, Violation{Path: at.String(), Problem: problem})
	}
}

// object checks the fields of a struct.
func (v *validator) object(checks *structChecks, rv reflect.Value, at *location) {
	if at != nil && at.depth > maxNesting {
		return
	}
	for i := range checks.fields {
		f := &checks.fields[i]
		field := rv.Field(f.index)
		if f.optional && field.IsZero() || f.nonEmpty && isMissing(field) {
			if f.limits.required {
				v.fail(f.location(at), problemMissing)
			}
			continue
		}
		v.field(f, field, f.location(at))
	}
}

const problemMissing = "is missing"

// field checks one field, whose limits for scalars hold for each item of a list.
func (v *validator) field(f *fieldChecks, rv reflect.Value, at *location) {
	if f.limits.required && isMissing(rv) {
		v.fail(at, problemMissing)
		return
	}
	v.value(f, rv, at, true)
}

// value checks a value. The limits for the number of items hold for the outermost
// list only.
func (v *validator) value(f *fieldChecks, rv reflect.Value, at *location, outermost bool) {
	for rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return
		}
		rv = rv.Elem()
	}
	if v.left--; v.left < 0 {
		return
	}
	if (rv.Kind() == reflect.Slice || rv.Kind() == reflect.Map) && rv.IsNil() {
		return // not sent, and when it had to be, it is reported by now
	}
	switch rv.Kind() {
	case reflect.Struct:
		if f.nested != nil {
			v.object(f.nested, rv, at)
		}
	case reflect.Slice, reflect.Array, reflect.Map:
		if outermost {
			v.report(at, f.limits.checkItems(rv.Len()))
		}
		switch {
		case !f.deep:
		case rv.Kind() == reflect.Map:
			v.entries(f, rv, at)
		default:
			for i := range rv.Len() {
				v.value(f, rv.Index(i), at.child("", i), false)
			}
		}
	default:
		v.scalar(&f.limits, rv, at)
	}
}

// entries checks the values of a map in the order of the keys.
func (v *validator) entries(f *fieldChecks, rv reflect.Value, at *location) {
	keys := rv.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(keyText(a), keyText(b)) })
	for _, key := range keys {
		v.value(f, rv.MapIndex(key), at.child(keyText(key), -1), false)
	}
}

func keyText(key reflect.Value) string {
	if key.Kind() == reflect.String {
		return key.String()
	}
	return fmt.Sprint(key)
}

func (v *validator) report(at *location, problems []string) {
	for _, problem := range problems {
		v.fail(at, problem)
	}
}

func (v *validator) scalar(r *limits, rv reflect.Value, at *location) {
	switch rv.Kind() {
	case reflect.String:
		v.report(at, r.checkText(rv.String()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := rv.Int()
		v.report(at, r.checkNumber(r.min != nil && n < r.min.whole, r.max != nil && n > r.max.whole))
		v.report(at, r.checkEnum(strconv.FormatInt(n, 10)))
	case reflect.Float32, reflect.Float64:
		x := rv.Float()
		v.report(at, r.checkNumber(r.min != nil && x < r.min.real, r.max != nil && x > r.max.real))
	}
}

func (r *limits) checkNumber(low, high bool) []string {
	switch {
	case low:
		return []string{"must be at least " + r.min.text}
	case high:
		return []string{"must be at most " + r.max.text}
	default:
		return nil
	}
}

// checkText counts characters as JSON Schema does: by code points.
func (r *limits) checkText(text string) (problems []string) {
	if r.minLen != nil || r.maxLen != nil {
		problems = checkCount(utf8.RuneCountInString(text), r.minLen, r.maxLen, "characters")
	}
	problems = append(problems, r.checkEnum(text)...)
	if r.pattern != nil && !r.pattern.MatchString(text) {
		problems = append(problems, "does not match "+r.pattern.String())
	}
	return problems
}

func (r *limits) checkEnum(text string) []string {
	if r.enum == nil || slices.Contains(r.enum, text) {
		return nil
	}
	return []string{"is none of " + strings.Join(r.enum, ", ")}
}

func (r *limits) checkItems(n int) []string { return checkCount(n, r.minItems, r.maxItems, "items") }

func checkCount(n int, low, high *int, what string) []string {
	switch {
	case low != nil && n < *low:
		return []string{"must have at least " + strconv.Itoa(*low) + " " + what}
	case high != nil && n > *high:
		return []string{"must have at most " + strconv.Itoa(*high) + " " + what}
	default:
		return nil
	}
}

// isMissing reports whether a required field was not set. Numbers and booleans
// cannot tell: zero may be meant.
func isMissing(rv reflect.Value) bool {
	switch rv.Kind() {
	case reflect.Pointer, reflect.Interface:
		return rv.IsNil()
	case reflect.String, reflect.Slice, reflect.Map:
		return rv.Len() == 0
	case reflect.Struct:
		return rv.Type() == timeType && rv.IsZero()
	default:
		return false
	}
}

// location returns where the field of a struct is.
func (f *fieldChecks) location(at *location) *location {
	switch {
	case f.start != "":
		return &location{name: f.start, start: true, depth: 1}
	case f.name == "":
		return at
	default:
		return at.child(f.name, -1)
	}
}

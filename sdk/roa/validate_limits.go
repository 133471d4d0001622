package roa

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// structChecks are the fields of a struct that have limits, or hold values that
// do.
type structChecks struct{ fields []fieldChecks }

// fieldChecks is what the tags of a field say.
type fieldChecks struct {
	index    int
	start    string // "query parameter x", or "" for a member of the body
	name     string // member of the body; empty for the body itself and embedded structs
	optional bool   // the zero value is not sent
	nonEmpty bool   // what is empty is not sent
	limits   limits
	nested   *structChecks // of the struct below pointers, lists and maps
	deep     bool          // items of a list have something to check
}

// limits are the limits of a field, written in its roa tag as a list with commas:
//
//	path=Name, query=Name, header=Name    the parameter that a field with the json tag - is
//	required                 a string, list or map that is not empty, a pointer that is not nil
//	min=1, max=9             a number, both included
//	minlen=1, maxlen=9       the characters of a string
//	minitems=1, maxitems=9   the items of a list or map
//	enum=a|b                 a string or a whole number, one of these
//	pattern=^[a-z]+$         a string; it comes last, as it may hold commas
type limits struct {
	path, query        string
	header             string
	required           bool
	min, max           *limit
	minLen, maxLen     *int
	minItems, maxItems *int
	enum               []string
	pattern            *regexp.Regexp
}

// limit is a bound of numbers.
type limit struct {
	whole int64
	real  float64
	text  string
}

// checkedType is what checksOf remembers of a type.
type checkedType struct {
	checks *structChecks
	err    error
}

var checkCache sync.Map // reflect.Type -> *checkedType

// checksOf returns the checks of a request type. They are compiled once.
func checksOf(t reflect.Type) (*structChecks, error) {
	cached, ok := checkCache.Load(t)
	if !ok {
		c := checkCompiler{known: make(map[reflect.Type]*structChecks), reading: make(map[reflect.Type]bool)}
		checks, err := c.compile(t, true)
		if err != nil {
			err = fmt.Errorf("check request: %w", err)
		}
		cached, _ = checkCache.LoadOrStore(t, &checkedType{checks, err})
	}
	found := cached.(*checkedType) //nolint:errcheck // the cache holds nothing else
	return found.checks, found.err
}

// checkCompiler reads the tags of a type and of all it holds. Types may hold
// themselves.
type checkCompiler struct {
	known   map[reflect.Type]*structChecks
	reading map[reflect.Type]bool
}

// compile reads a struct. Only the fields of the request itself, the root, can be
// parameters, or the body as a whole.
func (c *checkCompiler) compile(t reflect.Type, root bool) (*structChecks, error) {
	checks := new(structChecks)
	if !root {
		if known, ok := c.known[t]; ok {
			return known, nil
		}
		c.known[t], c.reading[t] = checks, true
		defer delete(c.reading, t)
	}
	for i := range t.NumField() {
		sf := t.Field(i)
		if !sf.IsExported() && !sf.Anonymous {
			continue
		}
		f := fieldChecks{index: i}
		used, err := c.field(&f, sf, root)
		if err != nil {
			return nil, err
		}
		if used {
			checks.fields = append(checks.fields, f)
		}
	}
	return checks, nil
}

// field reads one field, and returns false when it has nothing to check.
func (c *checkCompiler) field(f *fieldChecks, sf reflect.StructField, root bool) (bool, error) {
	tag := parseJSONTag(sf)
	used, err := f.read(sf, tag, root)
	if err != nil {
		return false, fmt.Errorf("field %s: roa tag: %w", sf.Name, err)
	}
	if !used {
		return false, nil
	}
	if elem := innermost(sf.Type); elem.Kind() == reflect.Struct && !hasOwnDecoder(elem) {
		nested, err := c.compile(elem, false)
		if err != nil {
			return false, fmt.Errorf("%w of %s", err, typeName(elem))
		}
		if c.reading[elem] || len(nested.fields) > 0 {
			f.nested = nested
		}
	}
	r := &f.limits
	f.deep = f.nested != nil || r.min != nil || r.max != nil || r.minLen != nil || r.maxLen != nil || r.enum != nil || r.pattern != nil
	return f.deep || r.required || r.minItems != nil || r.maxItems != nil, nil
}

// read reads the tags of a field, and returns false for one that is never sent.
func (f *fieldChecks) read(sf reflect.StructField, tag jsonTag, root bool) (used bool, err error) {
	if f.limits, err = parseLimits(sf.Tag.Get("roa"), sf.Type); err != nil {
		return false, err
	}
	parameter := f.limits.path != "" || f.limits.query != "" || f.limits.header != ""
	switch {
	case parameter && !tag.skipped:
		return false, errors.New("a parameter must have the json tag -")
	case parameter && !root:
		return false, errors.New("only fields of the request itself can be parameters")
	case f.limits.path != "":
		f.start = "path parameter " + f.limits.path
	case f.limits.query != "":
		f.start = "query parameter " + f.limits.query
	case f.limits.header != "":
		f.start = "header parameter " + f.limits.header
	case !tag.skipped && !tag.embedded:
		f.name = tag.name
	}
	f.optional, f.nonEmpty = tag.optional, tag.nonEmpty
	return root || !tag.skipped, nil
}

// parseLimits reads a roa tag for a field of type t.
func parseLimits(text string, t reflect.Type) (limits, error) {
	var r limits
	seen := make(map[string]bool)
	for more := text != ""; more; {
		var rule string
		if strings.HasPrefix(text, "pattern=") {
			rule, more = text, false
		} else {
			rule, text, more = strings.Cut(text, ",")
		}
		name, value, hasValue := strings.Cut(rule, "=")
		if seen[name] {
			return r, fmt.Errorf("%s stands there twice", name)
		}
		seen[name] = true
		if err := r.set(name, value, hasValue, t); err != nil {
			return r, err
		}
	}
	if seen["path"] && seen["query"] || seen["path"] && seen["header"] || seen["query"] && seen["header"] {
		return r, errors.New("a field cannot be a parameter in two places")
	}
	return r, nil
}

func (r *limits) set(name, value string, hasValue bool, t reflect.Type) (err error) {
	if hasValue != (name != "required") || hasValue && value == "" {
		return fmt.Errorf("%q is no rule", oneline.Of(name, maxShownCode))
	}
	switch name {
	case "required":
		r.required = true
	case "path":
		r.path = value
	case "query":
		r.query = value
	case "header":
		r.header = value
	case "min":
		r.min, err = parseLimit(value, t)
	case "max":
		r.max, err = parseLimit(value, t)
	case "minlen":
		r.minLen, err = parseCount(value, innermost(t).Kind() == reflect.String)
	case "maxlen":
		r.maxLen, err = parseCount(value, innermost(t).Kind() == reflect.String)
	case "minitems":
		r.minItems, err = parseCount(value, hasItems(t))
	case "maxitems":
		r.maxItems, err = parseCount(value, hasItems(t))
	case "enum":
		r.enum, err = parseEnum(value, innermost(t))
	case "pattern":
		if innermost(t).Kind() != reflect.String {
			err = errWrongType
			break
		}
		r.pattern, err = regexp.Compile(value)
	default:
		return fmt.Errorf("%q is no rule", oneline.Of(name, maxShownCode))
	}
	if errors.Is(err, errWrongType) {
		return fmt.Errorf("%s does not hold for %s", name, typeName(t))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// errWrongType is a rule that the type of its field cannot break.
var errWrongType = errors.New("rule does not hold for this type")

func hasItems(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map
}

func parseCount(text string, applies bool) (*int, error) {
	if !applies {
		return nil, errWrongType
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return nil, fmt.Errorf("%q is no number of characters or items", oneline.Of(text, maxShownCode))
	}
	return new(int(min(n, math.MaxInt))), nil
}

// parseEnum returns the values as they are written in requests.
func parseEnum(text string, t reflect.Type) ([]string, error) {
	values := strings.Split(text, "|")
	switch t.Kind() {
	case reflect.String:
		return values, nil
	case reflect.Int32, reflect.Int64:
		for _, value := range values {
			if n, err := strconv.ParseInt(value, 10, 64); err != nil || strconv.FormatInt(n, 10) != value {
				return nil, fmt.Errorf("%q is not a whole number", oneline.Of(value, maxShownCode))
			}
		}
		return values, nil
	default:
		return nil, errWrongType
	}
}

// parseLimit accepts whole numbers for whole numbers, so that nothing is lost.
func parseLimit(text string, t reflect.Type) (*limit, error) {
	l := &limit{text: text}
	var err error
	switch innermost(t).Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		l.whole, err = strconv.ParseInt(text, 10, 64)
	case reflect.Float32, reflect.Float64:
		l.real, err = strconv.ParseFloat(text, 64)
		if err == nil && (math.IsNaN(l.real) || math.IsInf(l.real, 0)) {
			err = strconv.ErrRange
		}
	default:
		return nil, errWrongType
	}
	if err != nil {
		return nil, fmt.Errorf("%q is no bound of %s", oneline.Of(text, maxShownCode), typeName(t))
	}
	return l, nil
}

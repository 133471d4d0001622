package validate

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// value checks one example or default against its schema and reports every
// position in it that is wrong. A nil value is absent.
func (w *walker) value(schema *openapi3.SchemaRef, value any, origin *openapi3.Origin, field string) {
	if w.loops || schema == nil || schema.Value == nil || value == nil || origin == nil {
		return
	}
	at := w.field(origin, field)
	w.integers(schema.Value, w.positions.ValueOf(at), field)
	if err := schema.Value.VisitJSON(value, openapi3.MultiErrors(), openapi3.EnableFormatValidation()); err != nil {
		w.violations(err, at, field)
	}
}

// violations walks the errors of one value.
func (r *run) violations(err error, at *yaml.Node, field string) {
	switch e := err.(type) { //nolint:errorlint // the tree of errors is taken apart level by level
	case openapi3.MultiError:
		for _, sub := range e {
			r.violations(sub, at, field)
		}
	case *openapi3.SchemaError:
		if schemaAtFault(e) || isIntegerBound(e) {
			return // reported by itself
		}
		path := e.JSONPointer()
		target := at
		if v := r.positions.ValueOf(at); v != nil {
			target = v
		}
		for i, token := range path {
			next := yamlsrc.Child(target, token)
			if next == nil { // a missing property: the finding is about the object that lacks it
				path = path[:i]
				break
			}
			target = next
		}
		r.wrongValue(target, field, path, firstLine(reason(e)))
	default:
		if !schemaAtFault(err) {
			r.add(at, codeValue, "%s: %s", field, firstLine(err.Error()))
		}
	}
}

// wrongValue reports what is wrong at a place in an example or default.
func (r *run) wrongValue(n *yaml.Node, field string, path []string, problem string) {
	where := ""
	if len(path) > 0 {
		where = " at /" + strings.Join(path, "/")
	}
	r.wrongValues++
	r.add(n, codeValue, "%s%s: %s", field, where, problem)
}

// schemaAtFault reports whether a value is refused only because its schema is
// broken: a pattern that does not compile, or a type that does not exist.
func schemaAtFault(err error) bool {
	if _, ok := errors.AsType[*syntax.Error](err); ok {
		return true
	}
	var e *openapi3.SchemaError
	if !errors.As(err, &e) || e.Schema == nil || e.SchemaField != "type" {
		return false
	}
	return slices.ContainsFunc(e.Schema.Type.Slice(), func(t string) bool {
		return !slices.Contains(schemaTypes, t)
	})
}

func reason(e *openapi3.SchemaError) string {
	if e.Reason != "" {
		return e.Reason
	}
	if e.Origin != nil {
		return e.Origin.Error()
	}
	return fmt.Sprintf("does not match %q of the schema", e.SchemaField)
}

// report turns what a validator returned into findings.
func (r *run) report(err error) {
	if err == nil {
		return
	}
	if multi, ok := err.(openapi3.MultiError); ok { //nolint:errorlint // only the outermost list is meant
		for _, e := range multi {
			r.report(e)
		}
		return
	}
	var inSchema *openapi3.SchemaError
	origin, cause := innermost(err)
	var pattern *openapi3.SchemaPatternRegexError
	isValue := errors.As(err, &inSchema) && !errors.As(err, &pattern)
	if isValue && r.wrongValues > 0 {
		return // reported by value already, with the positions inside the values
	}
	if isPath(cause) {
		return // reported by paths
	}
	var extra *openapi3.ExtraSiblingFieldsError
	if errors.As(err, &extra) && r.unknown[r.nodeOf(cause, origin)] {
		return // reported by fields, all of them and not only the first
	}
	code, message := codeRule, firstLine(cause.Error())
	if unknown, ok := errors.AsType[*openapi3.SchemaTypeError](cause); ok {
		message = unknownType(unknown.Type)
	}
	if pattern != nil && inSchema != nil {
		message = firstLine(reason(inSchema))
	}
	var section *openapi3.SectionValidationError
	if message == "must be an object" && errors.As(err, &section) { // it is missing, and the message does not say what
		message = section.Section + " " + message
	}
	if isValue {
		code, message = codeValue, firstLine(reason(inSchema))
	}
	at := cmp.Or(r.nodeOf(cause, origin), r.place(err))
	if isHarmless(err) {
		r.warn(at, code, "%s", message)
		return
	}
	r.add(at, code, "%s", message)
}

// isHarmless reports whether an error is about something that no code is made of. An
// array without items is one of any JSON.
func isHarmless(err error) bool {
	return isA[*openapi3.SchemaItemsRequired](err) || isA[*openapi3.ResponseDescriptionRequired](err) ||
		isA[*openapi3.SecurityRequirementSchemeUndefinedError](err) || isA[*openapi3.LicenseNameRequired](err) ||
		isA[*openapi3.ExternalDocsURLRequired](err) || isA[*openapi3.ParameterExampleAndExamplesExclusive](err) ||
		isA[*openapi3.MediaTypeExampleExamplesExclusive](err) || isA[*openapi3.SchemaReadOnlyWriteOnlyExclusive](err)
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// place finds the key that the wrappers of an error lead to, for errors without an
// origin.
func (r *run) place(err error) *yaml.Node {
	var key *yaml.Node
	at := r.root
	down := func(name string) {
		if k, value := yamlsrc.Get(at, name); k != nil {
			key, at = k, value
		}
	}
	for ; err != nil; err = errors.Unwrap(err) {
		switch e := err.(type) { //nolint:errorlint // each level is looked at by itself
		case *openapi3.SectionValidationError:
			down(e.Section)
		case *openapi3.PathValidationError:
			down(e.Path)
		case *openapi3.OperationValidationError:
			down(strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			down(cmp.Or(oas.Kind(e.Section).Section(), e.Section+"s")) // links and callbacks are not read
			down(e.Name)
		}
	}
	return key
}

// isPath reports whether an error is about the placeholders of paths.
func isPath(cause error) bool {
	switch cause.(type) { //nolint:errorlint // cause is the innermost error already
	case *openapi3.PathParametersError, *openapi3.ConflictingPathsError:
		return true
	}
	return false
}

// innermost takes off the wrappers of an error that only say where it is. It returns
// the error that says what is wrong, and the nearest origin around it.
func innermost(err error) (origin *openapi3.Origin, cause error) {
	cause = err
	for e := err; e != nil; e = errors.Unwrap(e) {
		if o := originOf(e); o != nil {
			origin, cause = o, e
		}
		switch e.(type) { //nolint:errorlint // each level is looked at by itself
		case *openapi3.SectionValidationError, *openapi3.PathValidationError, *openapi3.OperationValidationError,
			*openapi3.ComponentValidationError, *openapi3.ParameterFieldValidationError:
			if inner := errors.Unwrap(e); inner != nil {
				cause = inner
			}
		}
	}
	return origin, cause
}

// originOf reads the Origin that most error types of kin-openapi have as a
// field; they share no interface for it.
func originOf(err error) *openapi3.Origin {
	v := reflect.Indirect(reflect.ValueOf(err))
	if v.Kind() != reflect.Struct {
		return nil
	}
	f := v.FieldByName("Origin")
	if !f.IsValid() {
		return nil
	}
	o, _ := reflect.TypeAssert[*openapi3.Origin](f)
	return o
}

// nodeOf finds the node that an error is about: the field it names, or else the
// object.
func (r *run) nodeOf(cause error, origin *openapi3.Origin) *yaml.Node {
	if origin == nil {
		return nil
	}
	var field string
	switch e := cause.(type) { //nolint:errorlint // cause is the innermost error already
	case *openapi3.ExtraSiblingFieldsError:
		if len(e.Fields) > 0 {
			field = e.Fields[0]
		}
	case *openapi3.DuplicateOperationIDError:
		field = "operationId"
	case *openapi3.PathMustStartWithSlashError:
		field = e.Path
	case *openapi3.SecurityRequirementSchemeUndefinedError:
		field = "security"
	case *openapi3.SchemaPatternRegexError:
		field = "pattern"
	case *openapi3.SchemaTypeError:
		field = "type"
	case *openapi3.InvalidParameterInError:
		field = "in"
	}
	return r.field(origin, field)
}

// field returns the key node of a field of an object, or the object's own node.
func (r *run) field(origin *openapi3.Origin, name string) *yaml.Node {
	if loc, ok := origin.Fields.Lookup(name); ok {
		if n := r.positions.At(loc.Line, loc.Column, name); n != nil {
			return n
		}
	}
	k := origin.Key
	if k == nil {
		return nil
	}
	if key := r.positions.Key(k.Line, k.Column, k.Name, name); key != nil {
		return key
	}
	return r.positions.At(k.Line, k.Column, k.Name)
}

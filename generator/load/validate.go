package load

import (
	"context"
	"errors"
	"reflect"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
)

// validate reports every rule of OpenAPI that doc breaks.
func validate(ctx context.Context, file string, doc *openapi3.T, diags *diag.List) {
	err := doc.Validate(ctx, openapi3.EnableMultiError(), openapi3.EnableSchemaPatternValidation())
	if err == nil {
		return
	}
	var multi openapi3.MultiError
	if !errors.As(err, &multi) {
		multi = openapi3.MultiError{err}
	}
	for _, e := range multi {
		diags.Addf(originOf(file, e), CodeInvalid, "", "%s", oneLine(innermost(e).Error()))
	}
}

// originOf returns the place of the innermost error that knows one.
func originOf(file string, err error) diag.Pos {
	pos := diag.Pos{File: file}
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		f := v.FieldByName("Origin")
		if !f.IsValid() {
			continue
		}
		if o, ok := reflect.TypeAssert[*openapi3.Origin](f); ok && o != nil && o.Key != nil {
			pos.Line, pos.Col = o.Key.Line, o.Key.Column
		}
	}
	return pos
}

// innermost drops the wrappers that only repeat in words where the error is.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// oneLine folds white space and cuts what is too long to read.
func oneLine(s string) string {
	const limit = 300
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

package gateway

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// validate compares a request with the spec. The text of the fault names the parameter or the place in the body and never holds a
// value, because bodies may hold passwords.
func (op *Operation) validate(ctx context.Context, q *received, params map[string]string, body content, bodyErr error) *fault.Fault {
	for _, sent := range slices.Sorted(maps.Keys(q.query)) {
		name, _ := op.queryParam(sent)
		if name == "" {
			return fault.BadRequest("InvalidParameter", "query parameter %q: %s has no such parameter", oneline.Of(sent, fault.MaxText), op.Name)
		}
		if len(q.query[sent]) > 1 && op.query[name].spread == inOne {
			return fault.BadRequest("InvalidParameter", "query parameter %q: given more than once", name)
		}
	}
	whole := *q
	whole.query = op.gather(q.query)
	err := op.checkParameters(ctx, &whole, params)
	if err == nil {
		err = op.checkBody(q, body, bodyErr)
	}
	if err == nil {
		return op.checkIntegers(&whole, params, body)
	}
	code := "InvalidParameter"
	if isMissing(err) {
		code = "MissingParameter"
	}
	return fault.BadRequest(code, "%s", oneline.Of(describe(err), fault.MaxText))
}

// checkParameters compares the parameters of a request with the spec.
func (op *Operation) checkParameters(ctx context.Context, q *received, params map[string]string) error {
	request := (&http.Request{Method: q.method, URL: &url.URL{Path: "/"}, Header: q.header}).WithContext(ctx)
	return openapi3filter.ValidateRequest(ctx, &openapi3filter.RequestValidationInput{
		Request:      request,
		PathParams:   params,
		QueryParams:  q.query,
		Route:        op.route,
		ParamDecoder: decodeJSONParameter,
		Options: &openapi3filter.Options{
			// The verifier has checked the signature already.
			AuthenticationFunc:      openapi3filter.NoopAuthenticationFunc,
			ExcludeRequestBody:      true, // checkBody knows more
			SkipSettingDefaults:     true,
			SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.DisableSchemaErrorDetails()},
		},
	})
}

func isMissing(err error) bool {
	if schemaErr, _ := schemaCause(err); schemaErr != nil {
		return schemaErr.SchemaField == "required"
	}
	return errors.Is(err, openapi3filter.ErrInvalidRequired)
}

// describe says where a request is wrong and why, without any value of it.
func describe(err error) string {
	where := "request"
	why := "does not match the spec"
	if requestErr, ok := errors.AsType[*openapi3filter.RequestError](err); ok {
		why = reason(requestErr)
		switch {
		case requestErr.Parameter != nil:
			where = fmt.Sprintf("%s parameter %q", requestErr.Parameter.In, requestErr.Parameter.Name)
		case requestErr.RequestBody != nil:
			where = "request body"
		}
	}
	if _, path := schemaCause(err); len(path) > 0 {
		where += " at /" + strings.Join(path, "/")
	}
	return where + ": " + why
}

// schemaCause returns what the schema has against a value, below all allOf, and where. The error is nil when the schema is not what is wrong.
func schemaCause(err error) (cause *openapi3.SchemaError, path []string) {
	for {
		next, ok := errors.AsType[*openapi3.SchemaError](err)
		if !ok {
			return cause, path
		}
		cause, path = next, append(path, next.JSONPointer()...)
		if next.SchemaField != "allOf" {
			return cause, path
		}
		err = next.Origin
	}
}

// reason picks the part of an error that says why and is known to hold no value.
func reason(err *openapi3filter.RequestError) string {
	schemaErr, _ := schemaCause(err.Err)
	var parseErr *openapi3filter.ParseError
	switch {
	case schemaErr != nil:
		return schemaErr.Reason
	case errors.As(err.Err, &parseErr):
		for next := parseErr; errors.As(parseErr.Cause, &next); {
			parseErr = next
		}
		if parseErr.Reason == "" {
			return "cannot be read"
		}
		return parseErr.Reason
	case errors.Is(err.Err, openapi3filter.ErrInvalidRequired), errors.Is(err.Err, openapi3filter.ErrInvalidEmptyValue):
		return err.Err.Error()
	case errors.Is(err.Err, errNotJSON), errors.Is(err.Err, errTooDeep), errors.Is(err.Err, errDuplicate):
		return err.Err.Error()
	case err.Reason != "":
		return err.Reason
	case err.Parameter != nil && err.Parameter.Required && err.Parameter.Content != nil:
		return openapi3filter.ErrInvalidRequired.Error()
	default:
		return "does not match the spec"
	}
}

// decodeJSONParameter reads a query parameter that carries JSON text. Unlike the default of openapi3filter it takes nothing else.
func decodeJSONParameter(param *openapi3.Parameter, values []string) (any, *openapi3.Schema, error) {
	media := param.Content.Get(jsonType)
	if media == nil || media.Schema == nil || len(values) != 1 {
		return nil, nil, errNotJSON
	}
	value, err := parseJSON([]byte(values[0]))
	return value, media.Schema.Value, err
}

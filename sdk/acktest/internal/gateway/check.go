package gateway

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/internal/spell"
)

// CheckResponse reports what is wrong with the body of a success: a field that the spec does not know, one of another type, or one that is
// required and missing. Bounds, patterns and enums do not matter to clients, nor does null. Bodies that are not JSON, and those of errors, are
// not looked at. The error holds no value of the body.
func (op *Operation) CheckResponse(status int, body []byte) error {
	if status >= http.StatusMultipleChoices {
		return nil
	}
	mediaType, schema := op.resultOf(status)
	switch {
	case mediaType == "" && len(body) > 0:
		return errors.New("the spec has no body for this response")
	case mediaType == "" || !isJSON(sentType(mediaType, shapeOf(schema))):
		return nil
	}
	value, err := parseJSON(body)
	if err != nil {
		return err
	}
	if field := unknownField(value, shapeOf(schema), ""); field != "" {
		return fmt.Errorf("the spec has no field %s", field)
	}
	if cause, path := schemaCause(misfit(schemaErrors(value, schema))); cause != nil {
		return fmt.Errorf("/%s: %s", strings.Join(path, "/"), cause.Reason)
	}
	return nil
}

// resultOf returns the media type and the schema of the response with a status, or of the success that clients read if the spec does not know the
// status. The media type is empty without a body.
func (op *Operation) resultOf(status int) (string, *openapi3.SchemaRef) {
	_, response := successOf(op.route.Operation)
	if ref := op.route.Operation.Responses.Status(status); ref != nil && ref.Value != nil {
		response = ref.Value
	}
	if response == nil || len(response.Content) == 0 {
		return "", nil
	}
	mediaType := preferredType(response.Content)
	return mediaType, response.Content[mediaType].Schema
}

// misfit returns the first error that is about more than bounds, nil without one.
func misfit(err error) error {
	if list, ok := errors.AsType[openapi3.MultiError](err); ok {
		for _, one := range list {
			if found := misfit(one); found != nil {
				return found
			}
		}
		return nil
	}
	if onlyBounds(err) {
		return nil
	}
	return err
}

// unknownField returns the JSON pointer of the first field of a body that the spec lacks, with what was probably meant, or "".
func unknownField(value any, s shape, pointer string) string {
	switch v := value.(type) {
	case map[string]any:
		if slices.ContainsFunc(s, isOpen) || len(s) == 0 {
			return "" // any object will do
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			below := s.property(name)
			if len(below) == 0 {
				return pointer + "/" + name + spell.Hint(name, s.names())
			}
			if field := unknownField(v[name], below, pointer+"/"+name); field != "" {
				return field
			}
		}
	case []any:
		for i, item := range v {
			if field := unknownField(item, s.items(), fmt.Sprintf("%s/%d", pointer, i)); field != "" {
				return field
			}
		}
	}
	return ""
}

// isOpen reports whether a schema takes objects and knows no member of them.
func isOpen(schema *openapi3.Schema) bool {
	return isFree(schema) || schema.Type.Includes(openapi3.TypeObject) && saysNothing(schema)
}

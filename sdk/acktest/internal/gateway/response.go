package gateway

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// respond makes the response of an operation: of the example in the spec, or of the schema when that has none, or none that suits it.
// There is none when a body is needed and nothing can be made.
func (op *Operation) respond(def *openapi3.Operation) {
	key, success := successOf(def)
	op.success = Response{Status: http.StatusOK, Header: make(http.Header)}
	if status, err := strconv.Atoi(key); err == nil {
		op.success.Status = status
	}
	out := op.Success()
	if success == nil || len(success.Content) == 0 {
		op.Example = &out
		return
	}
	complete(success.Content)
	mediaType := preferredType(success.Content)
	schema := success.Content[mediaType].Schema
	sent := sentType(mediaType, shapeOf(schema))
	op.success.Header.Set("Content-Type", sent)
	media := op.doc.at(op.raw, "responses", key, "content", mediaType)
	body, err := op.doc.responseBody(media, schema, sent)
	if err != nil {
		return // the handler says so when somebody asks for it
	}
	out = op.Success()
	out.Body = body
	op.Example = &out
}

// Success returns the status and the headers of the response that clients read, without a body.
func (op *Operation) Success() Response {
	return Response{Status: op.success.Status, Header: op.success.Header.Clone()}
}

// successOf returns the response that clients read: the first success with a body, else the first success, else the default, and its key.
func successOf(def *openapi3.Operation) (string, *openapi3.Response) {
	responses := def.Responses.Map()
	var key string
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		if !strings.HasPrefix(status, "2") || responses[status].Value == nil {
			continue
		}
		if len(responses[status].Value.Content) > 0 {
			return status, responses[status].Value
		}
		if key == "" {
			key = status
		}
	}
	if key == "" {
		key = "default"
	}
	if ref := responses[key]; ref != nil {
		return key, ref.Value
	}
	return "", nil
}

var errNoSample = errors.New("no sample can be made of the schema")

// responseBody returns the example of a media type as it is sent, or a sample of its schema where no example suits it.
func (d document) responseBody(media any, schema *openapi3.SchemaRef, sent string) (string, error) {
	example, given := d.firstExample(media)
	text, isText := example.(string)
	switch {
	case isText && !isJSON(sent):
		return text, nil
	case given && suits(example, schema):
		return marshalJSON(example)
	case schema == nil && !isJSON(sent):
		return "text", nil
	}
	object, _ := media.(map[string]any)
	value, ok := d.sample(object["schema"], func(value any) bool { return fits(value, schema) })
	if !ok {
		value, ok = d.sample(object["schema"], func(value any) bool { return fitsSome(schemaErrors(value, schema)) })
	}
	text, isText = value.(string)
	switch {
	case ok && isJSON(sent):
		return marshalJSON(value)
	case ok && isText:
		return text, nil
	case given:
		return marshalJSON(example)
	}
	return "", errNoSample
}

// fits reports whether a value is one of a schema.
func fits(value any, schema *openapi3.SchemaRef) bool { return schemaErrors(value, schema) == nil }

// suits reports whether clients can read a value as one of a schema. That texts and numbers are within bounds does not matter for that: most
// enums are open, and the author of an example knows better than the validator, which compares float64.
func suits(value any, schema *openapi3.SchemaRef) bool {
	return onlyBounds(schemaErrors(value, schema))
}

func schemaErrors(value any, schema *openapi3.SchemaRef) error {
	if schema == nil || schema.Value == nil {
		return nil
	}
	return schema.Value.VisitJSON(value, openapi3.VisitAsResponse(), openapi3.MultiErrors(), openapi3.DisableSchemaErrorDetails())
}

// fitsSome reports whether all that is wrong with a value is that it fits more than one variant of a oneOf. Clients read such a value, and
// where variants have optional fields only, there may be no other.
func fitsSome(err error) bool {
	if list, ok := errors.AsType[openapi3.MultiError](err); ok {
		return !slices.ContainsFunc(list, func(one error) bool { return !fitsSome(one) })
	}
	return errors.Is(err, openapi3.ErrOneOfConflict)
}

func onlyBounds(err error) bool {
	if err == nil {
		return true
	}
	if list, ok := errors.AsType[openapi3.MultiError](err); ok {
		return !slices.ContainsFunc(list, func(one error) bool { return !onlyBounds(one) })
	}
	if schemaErr, ok := errors.AsType[*openapi3.SchemaError](err); ok {
		switch schemaErr.SchemaField {
		case "allOf":
			return onlyBounds(schemaErr.Origin)
		case "enum", "nullable", "format", "maximum", "minimum", "maxLength", "minLength", "maxItems", "minItems", "multipleOf", "pattern":
			return true
		}
	}
	return false
}

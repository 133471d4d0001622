package goapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

const (
	typeJSON  = "application/json"
	typeForm  = "application/x-www-form-urlencoded"
	typePlain = "text/plain"
)

// mediaOf returns the name and the value of the media type that a body is sent or
// read in: JSON where it is offered, then the first of the others that are wanted.
func mediaOf(content openapi3.Content, wanted ...string) (string, *openapi3.MediaType) {
	names := slices.Sorted(maps.Keys(content))
	slices.SortStableFunc(names, func(a, b string) int { return rank(a, wanted) - rank(b, wanted) })
	if len(names) == 0 || content[names[0]] == nil {
		return "", nil
	}
	return names[0], content[names[0]]
}

// rank orders media types: application/json, other JSON, what is wanted, the rest.
func rank(name string, wanted []string) int {
	switch {
	case name == typeJSON:
		return 0
	case isJSONType(name):
		return 1
	}
	if i := slices.Index(wanted, baseType(name)); i >= 0 {
		return 2 + i
	}
	return 2 + len(wanted)
}

// baseType returns a media type in lower case without parameters.
func baseType(name string) string {
	base, _, err := mime.ParseMediaType(name)
	if err != nil {
		return strings.ToLower(name)
	}
	return base
}

func isJSONType(name string) bool {
	base := baseType(name)
	return base == typeJSON || base == "text/json" || strings.HasSuffix(base, "+json")
}

// isAny reports whether a media type stands for all of them. Together with a schema
// that has fields or items it can only be meant for JSON.
func isAny(name string, media *openapi3.MediaType) bool {
	return name == "*/*" && media.Schema != nil && media.Schema.Value != nil && isJSONContainer(media.Schema.Value)
}

// requestBody decides how the request body is sent. The schema is nil when there is
// none, or when the caller sends what he likes.
func (b *builder) requestBody(o *operation) (model.Body, *openapi3.SchemaRef) {
	if o.RequestBody == nil || o.RequestBody.Value == nil {
		return model.Body{}, nil
	}
	body := o.RequestBody.Value
	pos := b.Locate(o.Origin, "requestBody")
	if o.method == http.MethodHead || o.method == http.MethodTrace {
		b.warn(pos, CodeUnsupported, o.OperationID, "the request body of a "+o.method+" is left out", "send the values as query parameters")
		return model.Body{}, nil
	}
	name, media := mediaOf(body.Content, typeForm)
	switch {
	case media == nil:
		return model.Body{}, nil
	case isJSONType(name) || isAny(name, media):
		return b.jsonBody(body, name, media)
	case baseType(name) == typeForm && media.Schema != nil && media.Schema.Value != nil && isStruct(media.Schema.Value):
		return model.Body{Kind: model.BodyForm, ContentType: otherThan(typeForm, name)}, media.Schema
	}
	return model.Body{Kind: model.BodyStream, ContentType: name}, nil
}

func (b *builder) jsonBody(body *openapi3.RequestBody, name string, media *openapi3.MediaType) (model.Body, *openapi3.SchemaRef) {
	out := model.Body{Kind: model.BodyJSON, ContentType: otherThan(typeJSON, name)}
	if !body.Required {
		out.Kind = model.BodyOptional
	}
	return out, schemaOf(media)
}

// schemaOf returns the schema of a media type. One without a schema is any JSON.
func schemaOf(media *openapi3.MediaType) *openapi3.SchemaRef {
	if media.Schema == nil || media.Schema.Value == nil {
		return &openapi3.SchemaRef{Value: &openapi3.Schema{}, Origin: media.Origin}
	}
	return media.Schema
}

// otherThan returns a media type that has to be told because it is not the usual one.
func otherThan(usual, name string) string {
	if name == usual || name == "*/*" {
		return ""
	}
	return name
}

// jsonContent returns the schema of the one media type application/json.
func (b *builder) jsonContent(p *openapi3.Parameter, o *operation) *openapi3.SchemaRef {
	name, media := mediaOf(p.Content)
	if media == nil || !isJSONType(name) {
		b.unsupported(b.Locate(p.Origin), o.OperationID, "the parameter "+quote(p.Name)+" in "+strings.Join(mediaTypes(p.Content), ", "), "declare exactly application/json")
		return nil
	}
	return schemaOf(media)
}

// responseBody returns the shape and schema of the successful response: of the first
// 2xx that has a body, or of default when there is no 2xx.
func (b *builder) responseBody(o *operation) (model.Shape, *openapi3.SchemaRef) {
	responses := o.Responses.Map()
	var found []string
	var chosen *openapi3.Response
	for _, code := range slices.Sorted(maps.Keys(responses)) {
		r := responses[code].Value
		if !strings.HasPrefix(code, "2") || r == nil {
			continue
		}
		found = append(found, code)
		if chosen == nil || len(chosen.Content) == 0 && len(r.Content) > 0 {
			chosen = r
		}
	}
	if len(found) == 0 {
		if r := responses["default"]; r != nil {
			chosen = r.Value
		}
	}
	if chosen == nil {
		b.warn(b.Locate(o.Origin, "responses"), CodeIncomplete, o.OperationID, "no successful response is declared: the method reads none", "declare a 200 response")
		return model.ShapeEmpty, nil
	}
	shape, schema := shapeOf(chosen)
	for _, code := range found {
		r := responses[code].Value
		if otherShape, other := shapeOf(r); otherShape != model.ShapeEmpty && r != chosen && (otherShape != shape || !sameSchema(other, schema)) {
			b.warn(b.Locate(r.Origin), CodeUnsupported, o.OperationID, "the body of the response "+code+" is read like that of the first successful one", "give all 2xx responses the same schema")
		}
	}
	return shape, schema
}

// sameSchema reports whether two schemas are the same reference or, written
// inline, the same text.
func sameSchema(a, b *openapi3.SchemaRef) bool {
	textA, errA := json.Marshal(a)
	textB, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(textA, textB)
}

// shapeOf decides how a response is read.
func shapeOf(r *openapi3.Response) (model.Shape, *openapi3.SchemaRef) {
	name, media := mediaOf(r.Content, typePlain)
	switch {
	case media == nil:
		return model.ShapeEmpty, nil
	case isJSONType(name) || isAny(name, media):
		return jsonShape(schemaOf(media))
	case baseType(name) == typePlain && (media.Schema == nil || media.Schema.Value == nil || media.Schema.Value.Type.Is("string") && media.Schema.Value.Format == ""):
		if media.Schema == nil || media.Schema.Value == nil {
			return model.ShapeText, &openapi3.SchemaRef{Value: openapi3.NewStringSchema(), Origin: media.Origin}
		}
		return model.ShapeText, media.Schema
	}
	return model.ShapeStream, nil
}

func jsonShape(schema *openapi3.SchemaRef) (model.Shape, *openapi3.SchemaRef) {
	switch s := schema.Value; {
	case isArray(s):
		return model.ShapeArray, schema
	case isMap(s):
		return model.ShapeMap, schema
	case isStruct(s):
		return model.ShapeObject, schema
	}
	return model.ShapeValue, schema
}

package acktest

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// An apiSpec is the loaded bundle in the form the server works with. Nothing changes it after loadSpec, so servers share it.
type apiSpec struct {
	version    string
	operations map[string]*operation
	router     *router
}

// An operation is one method of one path.
type operation struct {
	doc      document
	inputs   []input
	name     string
	method   string
	path     string
	route    *routers.Route
	params   map[string]*openapi3.Parameter // query parameters by name
	body     *openapi3.SchemaRef            // nil without a JSON body
	result   *openapi3.SchemaRef            // of the first success response; nil without a JSON body
	response *Response                      // nil when the spec has no example
}

// loadSpec reads an OpenAPI document without references to other files.
func loadSpec(bundle []byte) (*apiSpec, error) {
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = false
	doc, err := loader.LoadFromData(bundle)
	if err != nil {
		return nil, fmt.Errorf("load spec: %w", err)
	}
	exact, err := parseDocument(bundle)
	if err != nil {
		return nil, fmt.Errorf("load spec: %w", err)
	}
	if doc.Info == nil || doc.Paths == nil {
		return nil, errors.New("load spec: info or paths are missing")
	}
	loosen(doc)
	spec := &apiSpec{version: doc.Info.Version, operations: make(map[string]*operation)}
	var all []*operation
	items := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(items)) {
		methods := items[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			op, err := newOperation(doc, exact, path, method)
			if err != nil {
				return nil, fmt.Errorf("load spec: %s %s: %w", method, path, err)
			}
			if spec.operations[op.name] != nil {
				return nil, fmt.Errorf("load spec: %s %s: operation %s is defined twice", method, path, op.name)
			}
			spec.operations[op.name] = op
			all = append(all, op)
		}
	}
	spec.router = newRouter(all)
	return spec, nil
}

func newOperation(doc *openapi3.T, exact document, path, method string) (*operation, error) {
	item := doc.Paths.Value(path)
	def := item.GetOperation(method)
	if def.OperationID == "" {
		return nil, errors.New("operationId is missing")
	}
	rawItem := exact.at(exact["paths"], path)
	raw := exact.at(rawItem, strings.ToLower(method))
	op := &operation{
		doc:    exact,
		inputs: exact.inputs(rawItem, raw),
		name:   def.OperationID,
		method: method,
		path:   path,
		route:  &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: def},
		params: make(map[string]*openapi3.Parameter),
	}
	for _, list := range []openapi3.Parameters{item.Parameters, def.Parameters} {
		for _, ref := range list {
			if ref.Value.In == openapi3.ParameterInQuery {
				op.params[ref.Value.Name] = ref.Value
			}
		}
	}
	if def.RequestBody != nil {
		op.body = jsonSchema(def.RequestBody.Value.Content)
	}
	response, err := exact.exampleResponse(def, raw)
	if err != nil {
		return nil, err
	}
	op.response, op.result = response, resultSchema(def)
	return op, nil
}

// exampleResponse makes a response of the example of the first success response. It is nil when a response with a body has no example.
func (d document) exampleResponse(def *openapi3.Operation, raw any) (*Response, error) {
	for status := http.StatusOK; status < http.StatusMultipleChoices; status++ {
		ref := def.Responses.Status(status)
		if ref == nil {
			continue
		}
		response := &Response{Status: status, Header: make(http.Header)}
		content := ref.Value.Content
		if len(content) == 0 {
			return response, nil
		}
		mediaType := slices.Min(slices.Collect(maps.Keys(content)))
		example, ok := d.firstExample(d.at(raw, "responses", strconv.Itoa(status), "content", mediaType))
		if !ok {
			return nil, nil
		}
		response.Header.Set("Content-Type", mediaType+"; charset=utf-8")
		if text, ok := example.(string); ok && mediaType != jsonType {
			response.Body = text
			return response, nil
		}
		body, err := marshalJSON(example)
		response.Body = body
		return response, err
	}
	return nil, errors.New("a success response is missing")
}

// resultSchema returns the schema of the first success response with a JSON body, or nil.
func resultSchema(def *openapi3.Operation) *openapi3.SchemaRef {
	for status := http.StatusOK; status < http.StatusMultipleChoices; status++ {
		if ref := def.Responses.Status(status); ref != nil {
			return jsonSchema(ref.Value.Content)
		}
	}
	return nil
}

// loosen removes what kin-openapi must not check: every enum that is not marked as closed, because ACK's documents list the values they
// know and the service takes others, and the bounds of integers, of which checkIntegers knows all digits.
func loosen(doc *openapi3.T) {
	seen := make(map[*openapi3.Schema]bool)
	if c := doc.Components; c != nil {
		for _, ref := range c.Schemas {
			loosenSchema(ref, seen)
		}
	}
	for _, item := range doc.Paths.Map() {
		loosenParameters(item.Parameters, seen)
		for _, op := range item.Operations() {
			loosenParameters(op.Parameters, seen)
			if op.RequestBody != nil {
				loosenContent(op.RequestBody.Value.Content, seen)
			}
		}
	}
}

func loosenParameters(list openapi3.Parameters, seen map[*openapi3.Schema]bool) {
	for _, ref := range list {
		loosenSchema(ref.Value.Schema, seen)
		loosenContent(ref.Value.Content, seen)
	}
}

func loosenContent(content openapi3.Content, seen map[*openapi3.Schema]bool) {
	for _, media := range content {
		loosenSchema(media.Schema, seen)
	}
}

func loosenSchema(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	schema := ref.Value
	seen[schema] = true
	if closed, _ := schema.Extensions["x-ack-closed"].(bool); !closed {
		schema.Enum = nil
	}
	if schema.Type.Is(openapi3.TypeInteger) {
		schema.Min, schema.Max = nil, nil
	}
	loosenSchema(schema.Items, seen)
	loosenSchema(schema.AdditionalProperties.Schema, seen)
	loosenSchema(schema.Not, seen)
	for _, property := range schema.Properties {
		loosenSchema(property, seen)
	}
	for _, list := range []openapi3.SchemaRefs{schema.AllOf, schema.AnyOf, schema.OneOf} {
		for _, sub := range list {
			loosenSchema(sub, seen)
		}
	}
}

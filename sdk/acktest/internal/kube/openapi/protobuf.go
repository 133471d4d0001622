package openapi

import (
	"encoding/binary"
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// MediaTypeV2 is the media type of [Protobuf]. Clients ask for it with an at sign
// before v1.0, which they do not take for a media type in a response.
const MediaTypeV2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

// Protobuf returns a description in OpenAPI 2 as protobuf, in the form of
// openapi.v2.Document of gnostic. It writes what [V2] makes and nothing else.
func Protobuf(v2 object.Object) []byte {
	var doc message
	doc.text(1, object.String(v2, "swagger"))
	var info message
	info.text(1, object.String(v2, "info", "title"))
	info.text(2, object.String(v2, "info", "version"))
	doc.bytes(2, info)
	var paths message
	eachNamed(object.Map(v2, "paths"), func(path string, item object.Object) {
		var pathItem message
		pathItem.bytes(8, operation(object.Map(item, "patch")))
		paths.bytes(2, named(path, pathItem))
	})
	doc.bytes(8, paths)
	doc.bytes(9, schemas(object.Map(v2, "definitions")))
	return doc
}

// A message is one in protobuf that is being written.
type message []byte

func (m *message) text(number uint64, text string) {
	if text != "" {
		m.bytes(number, []byte(text))
	}
}

func (m *message) bytes(number uint64, data []byte) {
	*m = binary.AppendUvarint(*m, number<<3|2)
	*m = binary.AppendUvarint(*m, uint64(len(data)))
	*m = append(*m, data...)
}

// eachNamed calls a function for each object in a map, by name.
func eachNamed(o object.Object, visit func(name string, item object.Object)) {
	for _, name := range object.Names(o) {
		visit(name, object.Map(o, name))
	}
}

// named returns a pair of a name and a value.
func named(name string, value message) message {
	var m message
	m.text(1, name)
	m.bytes(2, value)
	return m
}

// extension returns an extension, whose value is YAML, of which JSON is a part.
func extension(name string, value any) message {
	text, err := json.Marshal(value)
	if err != nil {
		return nil // descriptions are made of what JSON has
	}
	var anything message
	anything.text(2, string(text))
	return named(name, anything)
}

// extensions writes the extensions of an object.
func (m *message) extensions(number uint64, o object.Object) {
	for _, name := range object.Names(o) {
		if len(name) > 2 && name[:2] == "x-" {
			m.bytes(number, extension(name, o[name]))
		}
	}
}

func operation(o object.Object) message {
	var m message
	for _, media := range object.List(o, "consumes") {
		text, _ := media.(string)
		m.text(7, text)
	}
	for _, p := range object.Maps(o, "parameters") {
		var query, nonBody, parameter, item message
		query.text(2, object.String(p, "in"))
		query.text(4, object.String(p, "name"))
		query.text(6, object.String(p, "type"))
		nonBody.bytes(3, query)
		parameter.bytes(2, nonBody)
		item.bytes(1, parameter)
		m.bytes(8, item)
	}
	m.extensions(13, o)
	return m
}

// schemas returns named schemas: those of definitions or of properties.
func schemas(o object.Object) message {
	var m message
	eachNamed(o, func(name string, item object.Object) { m.bytes(1, named(name, schemaOf(item))) })
	return m
}

func schemaOf(o object.Object) message {
	var m message
	m.text(1, object.String(o, "$ref"))
	m.text(2, object.String(o, "format"))
	if inner := object.Map(o, "additionalProperties"); inner != nil {
		var item message
		item.bytes(1, schemaOf(inner))
		m.bytes(21, item)
	}
	if kind := object.String(o, "type"); kind != "" {
		var item message
		item.text(1, kind)
		m.bytes(22, item)
	}
	if inner := object.Map(o, "items"); inner != nil {
		var item message
		item.bytes(1, schemaOf(inner))
		m.bytes(23, item)
	}
	for _, inner := range object.Maps(o, "allOf") {
		m.bytes(24, schemaOf(inner))
	}
	if properties := object.Map(o, "properties"); properties != nil {
		m.bytes(25, schemas(properties))
	}
	m.extensions(31, o)
	return m
}

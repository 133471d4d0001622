package goapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// The fields that hold a body that is not an object, and the metadata.
const (
	fieldItems    = "Items"
	fieldEntries  = "Entries"
	fieldText     = "Text"
	fieldMetadata = "Metadata"
)

// request fills the request struct: path, query and body fields side by side.
func (b *builder) request(o *operation, m *model.Operation) {
	fields := naming.NewScope("struct "+m.Request.Name, b.diags)
	for _, p := range o.params {
		b.param(o, p, m, fields)
	}
	if o.body == nil {
		return
	}
	m.Body.Present = true
	s := o.body.Value
	if isStruct(s) {
		b.properties(o.body, ownerName(o.body, o.OperationID), fields, m.Request)
		return
	}
	m.Body.Field = fieldItems
	if isMap(s) {
		m.Body.Field = fieldEntries
	}
	pos := b.Locate(o.RequestBody.Value.Origin)
	fields.Take(m.Body.Field, "the request body", pos)
	t, ok := b.typeOf(o.body, typeUse{owner: o.OperationID, field: m.Body.Field, subject: o.OperationID, pos: pos, in: m.Request})
	if !ok {
		return
	}
	doc := paragraphs(o.RequestBody.Value.Description, s.Description)
	m.Request.Fields = append(m.Request.Fields, &model.Field{
		Name: m.Body.Field, Tag: "-", Type: t, Doc: paragraphs(firstOf(doc, "The request body."), "Required. Sent as the whole body."),
		Limits: b.limits("", s, true),
	})
}

// param adds a path or query parameter to the request struct.
func (b *builder) param(o *operation, p *openapi3.Parameter, m *model.Operation, fields *naming.Scope) {
	subject := o.OperationID + "." + p.Name
	name := b.goName(p.Name, p.Extensions, p.Origin, subject)
	if name == "" {
		return
	}
	fields.Take(name, "the "+p.In+" parameter "+p.Name, b.Locate(p.Origin))
	if strings.Contains(p.Name, ",") {
		b.unsupported(b.Locate(p.Origin, "name"), subject, "a parameter whose name holds a comma", "leave it out: commas separate the limits in the struct tag")
		return
	}
	kind, ref, ok := b.paramSchema(o, p)
	if !ok {
		return
	}
	use := typeUse{owner: o.OperationID, field: name, subject: subject, pos: b.Locate(p.Origin), ext: p.Extensions, in: m.Request}
	t, ok := b.typeOf(ref, use)
	if !ok || !b.paramType(o, p, kind, t) {
		return
	}
	t.Pointer = !p.Required && pointerable(t)
	text, deprecated := splitDeprecated(p.Description)
	if deprecated == "" {
		deprecated = deprecation(p.Deprecated, p.Description, "parameter")
	}
	doc := paragraphs(firstOf(text, ref.Value.Description), b.facts(ref.Value, p.Required), b.status(p.Extensions, p.Origin, subject), deprecated)
	m.Request.Fields = append(m.Request.Fields, &model.Field{
		Name: name, Tag: "-", Doc: doc, Type: t, Limits: b.limits(p.In+"="+p.Name, ref.Value, p.Required),
	})
	m.Params = append(m.Params, model.Param{Kind: kind, Wire: p.Name, Field: name})
}

func (b *builder) paramSchema(o *operation, p *openapi3.Parameter) (model.ParamKind, *openapi3.SchemaRef, bool) {
	if len(p.Content) > 0 {
		ref := b.jsonContent(p.Content, o, b.Locate(p.Origin), "parameter "+quote(p.Name))
		if p.In == openapi3.ParameterInPath {
			b.unsupported(b.Locate(p.Origin), o.OperationID, "the path parameter "+quote(p.Name)+" with JSON content", "use a plain value")
			return "", nil, false
		}
		return model.ParamQueryJSON, ref, ref != nil
	}
	if p.AllowReserved || p.AllowEmptyValue {
		b.unsupported(b.Locate(p.Origin), o.OperationID, "allowReserved or allowEmptyValue on the parameter "+quote(p.Name), "leave them out: every value is escaped")
		return "", nil, false
	}
	if p.Schema == nil || p.Schema.Value == nil {
		b.incomplete(b.Locate(p.Origin), o.OperationID, "the parameter "+quote(p.Name)+" has no schema", "declare its type")
		return "", nil, false
	}
	if p.In == openapi3.ParameterInPath {
		if p.Style != "" && p.Style != openapi3.SerializationSimple {
			b.unsupported(b.Locate(p.Origin, "style"), o.OperationID, "the style "+quote(p.Style)+" of a path parameter", "use style: simple")
			return "", nil, false
		}
		return model.ParamPath, p.Schema, true
	}
	if p.Style != "" && p.Style != openapi3.SerializationForm {
		b.unsupported(b.Locate(p.Origin, "style"), o.OperationID, "the style "+quote(p.Style)+" of a query parameter", "use style: form")
		return "", nil, false
	}
	if isArray(p.Schema.Value) && (p.Explode == nil || *p.Explode) {
		b.unsupported(b.Locate(p.Origin), o.OperationID, "the exploded array parameter "+quote(p.Name), "write explode: false for a comma list, or content: application/json for JSON text")
		return "", nil, false
	}
	return model.ParamQuery, p.Schema, true
}

// paramType reports whether a value of type t can travel as a parameter of kind.
func (b *builder) paramType(o *operation, p *openapi3.Parameter, kind model.ParamKind, t model.Type) bool {
	if kind == model.ParamQueryJSON || isScalar(t, b) {
		return true
	}
	if kind == model.ParamQuery && t.Kind == model.KindSlice && isScalar(*t.Elem, b) {
		return true
	}
	b.unsupported(b.Locate(p.Origin, "schema"), o.OperationID, "the "+p.In+" parameter "+quote(p.Name)+" of this type",
		"use a scalar, a comma list of scalars in the query, or content: application/json")
	return false
}

// response fills the response struct.
func (b *builder) response(o *operation, m *model.Operation) {
	fields := naming.NewScope("struct "+m.Response.Name, b.diags)
	fields.Reserve("the response metadata", fieldMetadata)
	switch o.shape {
	case model.ShapeObject:
		if m.Response.Embeds = b.embedded(o.result); m.Response.Embeds != "" {
			break
		}
		b.properties(o.result, ownerName(o.result, o.OperationID), fields, m.Response)
	case model.ShapeArray:
		m.Result = fieldItems
	case model.ShapeMap:
		m.Result = fieldEntries
	case model.ShapeText:
		m.Result = fieldText
	}
	if m.Result != "" {
		b.wholeResult(o, m)
	}
	m.Response.Fields = append(m.Response.Fields, &model.Field{
		Name: fieldMetadata, Tag: "-", Type: model.Type{Kind: model.KindMetadata},
		Doc: "Metadata holds the request id, status and header of the response.",
	})
}

// embedded returns the Go type that the response embeds. It returns "" when the
// fields of the schema become fields of the response: the schema is used for this
// response only, or one of its fields would hide the type or the metadata.
func (b *builder) embedded(result *openapi3.SchemaRef) string {
	t := b.types[refOf(result)]
	if t == nil || !t.emitted || t.fields == nil {
		return ""
	}
	for _, f := range t.fields.Fields {
		if f.Name == t.goName || f.Name == fieldMetadata {
			return ""
		}
	}
	return t.goName
}

func (b *builder) wholeResult(o *operation, m *model.Operation) {
	use := typeUse{owner: o.OperationID, field: m.Result, subject: o.OperationID, pos: o.pos, in: m.Response}
	t, ok := b.typeOf(o.result, use)
	if !ok {
		return
	}
	doc := firstOf(o.result.Value.Description, "The whole response body.")
	m.Response.Fields = append(m.Response.Fields, &model.Field{Name: m.Result, Tag: "-", Type: t, Doc: doc})
}

// ownerName returns the prefix for enums that are declared inside a body: the
// name of its schema, or that of the operation whose body it is.
func ownerName(ref *openapi3.SchemaRef, operation string) string {
	name := refOf(ref)
	if name == "" || strings.TrimSuffix(name, "Body") == operation {
		return operation
	}
	return name
}

// operationSummary returns the sentence that begins with the name of the method.
func operationSummary(o *operation, name string) string {
	return name + " " + firstOf(o.Summary, "calls "+o.method+" "+o.path+".")
}

// operationDoc returns the text above a method.
func (b *builder) operationDoc(o *operation, name string) string {
	call := "HTTP: " + o.method + " " + o.path + "." + b.ramActions(o)
	text, deprecated := splitDeprecated(o.Description)
	if deprecated == "" {
		deprecated = deprecation(o.Deprecated, o.Description, "operation")
	}
	return paragraphs(operationSummary(o, name), text, continuation(o, name), b.status(o.Extensions, o.Origin, o.OperationID), call, deprecated)
}

const extRAMAction = "x-ack-ram-action"

// ramActions says which actions a policy has to allow, if that is known.
func (b *builder) ramActions(o *operation) string {
	value := o.Extensions[extRAMAction]
	if text, ok := value.(string); ok {
		value = []any{text}
	}
	if guess, ok := value.(map[string]any); ok {
		if action, ok := guess["assumed"].(string); ok && len(guess) == 1 {
			return " RAM action: " + action + ", which is assumed, because no source names one."
		}
	}
	actions, ok := stringList(value)
	switch {
	case !ok:
		b.badExtension(o.ext(extRAMAction), "it is neither an action nor a list of them",
			"write one action, such as things:GetThing, a list, or {assumed: things:GetThing} for one that no source names")
		return ""
	case len(actions) == 0 || actions[0] == "unknown":
		return ""
	case len(actions) == 1:
		return " RAM action: " + actions[0] + "."
	}
	return " RAM actions: " + strings.Join(actions, ", ") + "."
}

// continuation points at the methods that go beyond a single call.
func continuation(o *operation, name string) string {
	var out []string
	if paged, ok := o.Extensions[extPagination].(map[string]any); ok && paged["style"] != none {
		out = append(out, "Use [Client."+name+"All] to range over all pages.")
	}
	if task, ok := o.Extensions[extTask].(string); ok && task != none {
		out = append(out, "Use [Client."+name+"AndWait] to wait until the work is done.")
	}
	return strings.Join(out, " ")
}

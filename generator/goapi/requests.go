package goapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// The fields that hold a body that is not an object, and the metadata.
const (
	fieldItems    = "Items"
	fieldEntries  = "Entries"
	fieldText     = "Text"
	fieldValue    = "Value"
	fieldBody     = "Body"
	fieldMetadata = "Metadata"
)

// request fills the request struct: path, query, header and body fields side by
// side. Where two of them have the same name, the path keeps it before the body, the
// body before the query, and the query before the header.
func (b *builder) request(o *operation, m *model.Operation) {
	fields := naming.NewScope("struct "+m.Request.Name, b.diags)
	i := slices.IndexFunc(o.params, func(p *openapi3.Parameter) bool { return p.In != openapi3.ParameterInPath })
	if i < 0 {
		i = len(o.params)
	}
	for _, p := range o.params[:i] {
		b.param(o, p, m, fields)
	}
	path := len(m.Request.Fields)
	b.body(o, m, fields)
	body := slices.Clone(m.Request.Fields[path:])
	m.Request.Fields = m.Request.Fields[:path]
	for _, p := range o.params[i:] {
		b.param(o, p, m, fields)
	}
	m.Request.Fields = append(m.Request.Fields, body...)
}

// body adds the fields of the request body.
func (b *builder) body(o *operation, m *model.Operation, fields *naming.Scope) {
	m.Body = o.send
	pos := b.Locate(o.Origin, "requestBody")
	switch {
	case o.send.Kind == model.BodyNone:
	case o.send.Kind == model.BodyStream:
		b.stream(o, m, fields)
	case isStruct(o.body.Value):
		optional := o.send.Kind == model.BodyOptional
		b.properties(o.body, object{owner: ownerName(o.body, o.OperationID), prefix: fieldBody, optional: optional, fields: fields, in: m.Request})
	default:
		b.wholeBody(o, m, fields, pos)
	}
}

// wholeBody adds the field that is sent as the body.
func (b *builder) wholeBody(o *operation, m *model.Operation, fields *naming.Scope, pos diag.Pos) {
	s := o.body.Value
	name := fieldBody
	switch {
	case isArray(s):
		name = fieldItems
	case isMap(s):
		name = fieldEntries
	}
	m.Body.Field = b.free(fields, pos, o.OperationID, "the request body", name, fieldBody+name)
	t, ok := b.typeOf(o.body, typeUse{owner: o.OperationID, field: m.Body.Field, subject: o.OperationID, pos: pos, in: m.Request})
	if !ok {
		return
	}
	required := o.send.Kind != model.BodyOptional
	t.Pointer = !required && pointerable(t)
	about := "Required. Sent as the whole body."
	if !required {
		about = "Sent as the whole body, if it is set."
	}
	doc := firstOf(paragraphs(o.RequestBody.Value.Description, s.Description), "The request body.")
	m.Request.Fields = append(m.Request.Fields, &model.Field{
		Name: m.Body.Field, Tag: "-", Type: t, Doc: paragraphs(doc, b.variants(elementOf(s)), about), Limits: b.limits("", s, required),
	})
}

// stream adds the field of a body that is neither JSON nor a form.
func (b *builder) stream(o *operation, m *model.Operation, fields *naming.Scope) {
	pos := b.Locate(o.Origin, "requestBody")
	m.Body.Field = b.free(fields, pos, o.OperationID, "the request body", fieldBody, "BodyStream")
	about := "Sent as it is, as " + m.Body.ContentType + "."
	if strings.Contains(m.Body.ContentType, "*") || strings.HasPrefix(m.Body.ContentType, "multipart/") {
		name := b.free(fields, pos, o.OperationID, "the content type", "ContentType", "BodyContentType")
		m.Request.Fields = append(m.Request.Fields, &model.Field{
			Name: name, Tag: "-", Type: model.Type{Kind: model.KindString}, Limits: "header=Content-Type,required",
			Doc: "The media type of the body, which the spec gives as " + m.Body.ContentType + ". One that begins with multipart/ needs its boundary. Required.",
		})
		m.Params = append(m.Params, model.Param{Kind: model.ParamHeader, Wire: "Content-Type", Field: name})
		m.Body.ContentType, about = "", "Sent as it is."
	}
	required := ""
	if o.RequestBody.Value.Required {
		about, required = about+" Required.", "required"
	}
	m.Request.Fields = append(m.Request.Fields, &model.Field{
		Name: m.Body.Field, Tag: "-", Type: model.Type{Kind: model.KindReader}, Limits: required,
		Doc: paragraphs(firstOf(o.RequestBody.Value.Description, "The request body."), about+
			" It is read twice, to be signed and to be sent: one that cannot go back to its start, as an io.Seeker can, is read into memory."),
	})
}

// param adds a parameter to the request struct.
func (b *builder) param(o *operation, p *openapi3.Parameter, m *model.Operation, fields *naming.Scope) {
	subject := o.OperationID + "." + p.Name
	name := b.goName(p.Name, p.Extensions, p.Origin, subject)
	if name == "" {
		return
	}
	name = b.free(fields, b.Locate(p.Origin), subject, "the "+p.In+" parameter "+p.Name, name, naming.Exported(p.In)+name)
	if strings.Contains(p.Name, ",") {
		b.unsupported(b.Locate(p.Origin, "name"), subject, "a parameter whose name holds a comma", "leave it out: commas separate the limits in the struct tag")
		return
	}
	kind, ref, ok := b.paramSchema(o, p)
	if !ok {
		return
	}
	use := typeUse{owner: o.OperationID, field: name, subject: subject, pos: b.Locate(p.Origin), ext: p.Extensions, in: m.Request, text: kind != model.ParamQueryJSON}
	t, ok := b.typeOf(ref, use)
	if !ok || !b.paramType(o, p, kind, t) {
		return
	}
	t.Pointer = !p.Required && pointerable(t)
	n := b.notices(noticed{p.Extensions, p.Origin, subject, "parameter", p.Deprecated, p.Description})
	doc := paragraphs(firstOf(n.text, ref.Value.Description), b.facts(ref.Value, p.Required), n.status, n.deprecated)
	m.Request.Fields = append(m.Request.Fields, &model.Field{
		Name: name, Tag: "-", Doc: doc, Type: t, Limits: b.limits(p.In+"="+p.Name, ref.Value, p.Required),
	})
	m.Params = append(m.Params, model.Param{Kind: kind, Wire: p.Name, Field: name})
}

const extFlat = "x-ack-flat"

// paramSchema decides how a parameter is sent.
func (b *builder) paramSchema(o *operation, p *openapi3.Parameter) (model.ParamKind, *openapi3.SchemaRef, bool) {
	if len(p.Content) > 0 {
		ref := b.jsonContent(p, o)
		if p.In != openapi3.ParameterInQuery {
			b.unsupported(b.Locate(p.Origin), o.OperationID, "the "+p.In+" parameter "+quote(p.Name)+" with JSON content", "use a plain value")
			return "", nil, false
		}
		return model.ParamQueryJSON, ref, ref != nil
	}
	if p.Schema == nil || p.Schema.Value == nil {
		b.incomplete(b.Locate(p.Origin), o.OperationID, "the parameter "+quote(p.Name)+" has no schema", "declare its type")
		return "", nil, false
	}
	if v, ok := p.Extensions[extFlat]; ok && (v != true || p.In != openapi3.ParameterInQuery) {
		b.diags.Add(finding(b.Locate(p.Origin, extFlat), CodeExtension, o.OperationID, extFlat+" is not true on a parameter in the query", "write true, or leave it out"))
	}
	if p.AllowReserved {
		b.warn(b.Locate(p.Origin, "allowReserved"), CodeUnsupported, o.OperationID, "the parameter "+quote(p.Name)+" is escaped whatever allowReserved says", "leave it out")
	}
	kind, ok := paramKind(p)
	if !ok {
		b.unsupported(b.Locate(p.Origin, "style"), o.OperationID, "the "+p.In+" parameter "+quote(p.Name)+" in the style "+p.Style,
			"use the style simple in paths and headers, and form or deepObject in the query, or content: application/json")
	}
	return kind, p.Schema, ok
}

// paramKind returns how a parameter with a schema is sent, and false for a style that
// the runtime does not know.
func paramKind(p *openapi3.Parameter) (model.ParamKind, bool) {
	s := p.Schema.Value
	exploded := p.Explode == nil || *p.Explode
	switch {
	case p.In == openapi3.ParameterInPath:
		return model.ParamPath, p.Style == "" || p.Style == openapi3.SerializationSimple
	case p.In == openapi3.ParameterInHeader:
		return model.ParamHeader, p.Style == "" || p.Style == openapi3.SerializationSimple
	case p.Extensions[extFlat] == true:
		return model.ParamQueryFlat, true
	case p.Style == openapi3.SerializationDeepObject:
		return model.ParamQueryDeep, isStruct(s) || isMap(s)
	case p.Style != "" && p.Style != openapi3.SerializationForm && (!exploded || !isArray(s)):
		return model.ParamQuery, false
	case isArray(s) && exploded:
		return model.ParamQueryEach, true
	case (isStruct(s) || isMap(s)) && exploded:
		return model.ParamQueryFields, true
	}
	return model.ParamQuery, true
}

// paramType reports whether a value of type t can travel as a parameter of kind.
func (b *builder) paramType(o *operation, p *openapi3.Parameter, kind model.ParamKind, t model.Type) bool {
	switch {
	case kind == model.ParamQueryJSON, kind == model.ParamQueryFlat, isScalar(t, b):
		return true
	case kind == model.ParamQueryDeep || kind == model.ParamQueryFields:
		if b.flatObject(t) {
			return true
		}
	case kind != model.ParamPath && t.Kind == model.KindSlice && isScalar(*t.Elem, b):
		return true
	}
	b.unsupported(b.Locate(p.Origin, "schema"), o.OperationID, "the "+p.In+" parameter "+quote(p.Name)+" of this type",
		"use a scalar, in the query and in headers a list of scalars, in the query an object of scalars, or content: application/json")
	return false
}

// flatObject reports whether a type is a map or a struct of scalars and lists of
// them.
func (b *builder) flatObject(t model.Type) bool {
	scalars := func(t model.Type) bool {
		return isScalar(t, b) || t.Kind == model.KindAny || t.Kind == model.KindSlice && isScalar(*t.Elem, b)
	}
	if t.Kind == model.KindMap {
		return scalars(*t.Elem)
	}
	s := b.structNamed(t.Name)
	return s != nil && !slices.ContainsFunc(s.Fields, func(f *model.Field) bool { return !scalars(f.Type) })
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
		b.properties(o.result, object{owner: ownerName(o.result, o.OperationID), fields: fields, in: m.Response})
	case model.ShapeArray:
		m.Result = fieldItems
	case model.ShapeMap:
		m.Result = fieldEntries
	case model.ShapeText:
		m.Result = fieldText
	case model.ShapeValue:
		m.Result = fieldValue
	case model.ShapeStream:
		m.Result = fieldBody
		m.Response.Fields = append(m.Response.Fields, &model.Field{
			Name: fieldBody, Tag: "-", Type: model.Type{Kind: model.KindStream},
			Doc: "The response body, which is read from the connection. Whoever made the call reads it and closes it. It is not nil.",
		})
	}
	if m.Result != "" && m.Result != fieldBody {
		b.wholeResult(o, m)
	}
	m.Response.Fields = append(m.Response.Fields, &model.Field{
		Name: fieldMetadata, Tag: "-", Type: model.Type{Kind: model.KindMetadata},
		Doc: "Metadata holds the request id, status and header of the response.",
	})
}

// embedded returns the Go type that the response embeds. It returns "" when the
// fields of the schema become fields of the response: the schema is used for this
// response only, or the type or one of its fields would hide the metadata or the type.
func (b *builder) embedded(result *openapi3.SchemaRef) string {
	t := b.types[refOf(result)]
	if t == nil || !t.emitted || t.fields == nil || t.goName == fieldMetadata {
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
	doc := paragraphs(firstOf(o.result.Value.Description, "The whole response body."), b.variants(elementOf(o.result.Value)))
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
	return name + " " + firstOf(o.Summary, "calls "+o.method+" "+o.base+o.path+".")
}

// operationDoc returns the text above a method.
func (b *builder) operationDoc(o *operation, name string) string {
	call := b.ramActions(o)
	if strings.TrimSpace(o.Summary) != "" { // without one, the first sentence says how it is called
		call = "HTTP: " + o.method + " " + o.base + o.path + "." + call
	}
	n := b.notices(noticed{o.Extensions, o.Origin, o.OperationID, "operation", o.Deprecated, o.Description})
	return paragraphs(operationSummary(o, name), n.text, continuation(o, name), n.status, call, n.deprecated)
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

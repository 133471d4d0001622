package goapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// operation is an operation of the spec that is being built.
type operation struct {
	*openapi3.Operation
	method, path string
	item         *openapi3.PathItem
	pos          diag.Pos
	params       []*openapi3.Parameter
	body         *openapi3.SchemaRef // nil without a body
	result       *openapi3.SchemaRef // nil without a response body
	shape        model.Shape
	built        *model.Operation
}

// operations returns the operations of some paths in spec order, with their
// references resolved.
func (b *builder) operations(paths *openapi3.Paths) []*operation {
	b.checkPaths(paths)
	var out []*operation
	for path, item := range paths.Map() {
		for method, op := range item.Operations() {
			o := &operation{Operation: op, method: method, path: path, item: item, pos: b.Locate(op.Origin)}
			if op.OperationID == "" {
				b.incomplete(o.pos, method+" "+path, "the operation has no operationId", "name it; the name becomes the method name")
				continue
			}
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(x, y *operation) int {
		return cmp.Or(x.pos.Compare(y.pos), cmp.Compare(x.path, y.path), cmp.Compare(x.method, y.method))
	})
	for _, o := range out {
		b.unsupportedParts(o)
		o.params = b.parameters(o)
		o.body = b.requestBody(o)
		o.shape, o.result = b.responseBody(o)
	}
	return out
}

func (b *builder) unsupportedParts(o *operation) {
	if len(o.Callbacks) > 0 {
		b.unsupported(o.pos, o.OperationID, "an operation with callbacks", "leave them out")
	}
	if o.Servers != nil || len(o.item.Servers) > 0 {
		b.unsupported(o.pos, o.OperationID, "a server of a single operation", "declare servers for the whole document")
	}
	if o.Security != nil {
		b.unsupported(b.Locate(o.Origin, "security"), o.OperationID, "security of a single operation", "declare it for the whole document")
	}
}

// parameters returns the path parameters in the order of the template, then the
// query parameters in the order of the spec.
func (b *builder) parameters(o *operation) []*openapi3.Parameter {
	byName := map[string]*openapi3.Parameter{}
	var query []*openapi3.Parameter
	own := map[string]bool{}
	for _, list := range []openapi3.Parameters{o.Parameters, o.item.Parameters} {
		for _, ref := range list {
			p := ref.Value
			if p == nil || own[p.In+" "+p.Name] { // an operation's own parameter hides the path's
				continue
			}
			own[p.In+" "+p.Name] = true
			switch p.In {
			case openapi3.ParameterInPath:
				byName[p.Name] = p
			case openapi3.ParameterInQuery:
				query = append(query, p)
			default:
				b.unsupported(b.Locate(p.Origin, "in"), o.OperationID, "the "+p.In+" parameter "+quote(p.Name), "use a path or query parameter")
			}
		}
	}
	var out []*openapi3.Parameter
	for _, name := range oas.Placeholders(o.path) {
		if p := byName[name]; p != nil {
			out = append(out, p)
		}
	}
	return append(out, query...)
}

func (b *builder) requestBody(o *operation) *openapi3.SchemaRef {
	if o.RequestBody == nil || o.RequestBody.Value == nil {
		return nil
	}
	body := o.RequestBody.Value
	pos := b.Locate(o.Origin, "requestBody")
	if o.method == "GET" || o.method == "HEAD" || o.method == "DELETE" {
		b.unsupported(pos, o.OperationID, "a "+o.method+" with a request body", "send the values as query parameters")
		return nil
	}
	if !body.Required {
		b.unsupported(pos, o.OperationID, "an optional request body", "set required: true; a body without fields is sent as {}")
		return nil
	}
	schema := b.jsonContent(body.Content, o, pos, "request body")
	if schema == nil || !b.supported(schema, typeUse{subject: o.OperationID, pos: pos}) && !isJSONContainer(schema.Value) {
		return nil
	}
	if !isJSONContainer(schema.Value) {
		b.unsupported(pos, o.OperationID, "a request body that is not an object, array or map", "declare the type that is on the wire")
		return nil
	}
	return schema
}

// jsonContent returns the schema of the one media type application/json.
func (b *builder) jsonContent(content openapi3.Content, o *operation, pos diag.Pos, what string) *openapi3.SchemaRef {
	media := content["application/json"]
	if media == nil || len(content) != 1 {
		b.unsupported(pos, o.OperationID, "a "+what+" in "+strings.Join(mediaTypes(content), ", "), "declare exactly application/json")
		return nil
	}
	if media.Schema == nil || media.Schema.Value == nil {
		b.incomplete(pos, o.OperationID, "the "+what+" has no schema", "refer to a named schema")
		return nil
	}
	return media.Schema
}

// responseBody returns the shape and schema of the successful response. Several 2xx
// responses are fine as long as they have the same body.
func (b *builder) responseBody(o *operation) (model.Shape, *openapi3.SchemaRef) {
	codes := o.Responses.Map()
	var first *openapi3.Response
	var shape model.Shape
	var schema *openapi3.SchemaRef
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		r := codes[code].Value
		if !strings.HasPrefix(code, "2") || r == nil {
			continue
		}
		sh, sc := b.shapeOf(o, r)
		if first == nil {
			first, shape, schema = r, sh, sc
			continue
		}
		if sh != shape || !sameSchema(sc, schema) {
			b.unsupported(b.Locate(r.Origin), o.OperationID, "a second successful response with another body", "give all 2xx responses the same schema")
		}
	}
	if first == nil {
		b.incomplete(b.Locate(o.Origin, "responses"), o.OperationID, "no successful response is declared", "declare a 200 response")
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

func (b *builder) shapeOf(o *operation, r *openapi3.Response) (model.Shape, *openapi3.SchemaRef) {
	if len(r.Content) == 0 {
		return model.ShapeEmpty, nil
	}
	pos := b.Locate(r.Origin)
	if media := r.Content["text/plain"]; media != nil && len(r.Content) == 1 {
		if s := media.Schema; s == nil || s.Value == nil || !s.Value.Type.Is("string") || s.Value.Format != "" || isEnum(s.Value) {
			b.unsupported(pos, o.OperationID, "a text/plain response that is not a plain string", "declare schema: {type: string}")
			return model.ShapeEmpty, nil
		}
		return model.ShapeText, media.Schema
	}
	schema := b.jsonContent(r.Content, o, pos, "response")
	if schema == nil || !b.supported(schema, typeUse{subject: o.OperationID, pos: pos}) && !isJSONContainer(schema.Value) {
		return model.ShapeEmpty, nil
	}
	switch s := schema.Value; {
	case isArray(s):
		return model.ShapeArray, schema
	case isMap(s):
		return model.ShapeMap, schema
	case isStruct(s):
		return model.ShapeObject, schema
	}
	b.unsupported(pos, o.OperationID, "a JSON response that is not an object, array or map", "declare the type that is on the wire")
	return model.ShapeEmpty, nil
}

// groups builds the operations and sorts them into groups, in the order of the
// document's tags.
func (b *builder) groups(ops []*operation) []*model.Group {
	byTag := map[string]*model.Group{}
	files := naming.NewScope("the files of the package", b.diags)
	mocks := naming.NewScope("the package of the mocks", b.diags)
	mocks.Reserve("the mock of the whole API", "API", "NewAPI", "APIExpecter")
	var out []*model.Group
	for _, t := range b.Tags {
		pos := b.Locate(t.Origin, "name")
		g := &model.Group{Name: b.goName(t.Name, t.Extensions, t.Origin, "tag "+t.Name), Doc: t.Description}
		if _, dup := byTag[t.Name]; !dup {
			byTag[t.Name] = nil
		}
		if g.Name == "" {
			continue
		}
		g.File = fileStem(g.Name)
		b.checkStem(g.File, pos, "")
		g.Interface = g.Name + "API"
		if !b.pkg.Take(g.Interface, "tag "+t.Name, pos) {
			continue
		}
		files.Take(g.File, "tag "+t.Name, pos)
		for _, name := range []string{g.Interface, "New" + g.Interface, g.Interface + "Expecter"} {
			mocks.Take(name, "tag "+t.Name, pos)
		}
		byTag[t.Name] = g
		out = append(out, g)
	}
	for _, o := range ops {
		g, m := b.groupOf(o, byTag), b.method(o)
		if g != nil && m != nil {
			g.Operations = append(g.Operations, m)
		}
	}
	return slices.DeleteFunc(out, func(g *model.Group) bool { return len(g.Operations) == 0 })
}

// groupOf returns the group of an operation, or nil after a finding.
func (b *builder) groupOf(o *operation, byTag map[string]*model.Group) *model.Group {
	pos := b.Locate(o.Origin, "tags")
	if len(o.Tags) != 1 {
		b.incomplete(pos, o.OperationID, "the operation must have exactly one tag", "name the group it belongs to, one of the tags that the document declares")
		return nil
	}
	g, declared := byTag[o.Tags[0]]
	if !declared {
		b.incomplete(pos, o.OperationID, "the tag "+quote(o.Tags[0])+" is not declared", "add it to the document's tags")
	}
	return g
}

// fileStem returns the stem of a group's file names. A stem that files of the whole
// API have is a finding.
func fileStem(tag string) string {
	stem := naming.File(tag)
	switch stem {
	case "api", "client", "doc", "errors", "models":
		return stem + "group"
	}
	return stem
}

// mockMethods are the methods and fields that mocks have besides those of their
// operations.
var mockMethods = map[string]bool{
	"AssertCalled": true, "AssertExpectations": true, "AssertNotCalled": true, "AssertNumberOfCalls": true, "Called": true, "Calls": true,
	"EXPECT": true, "ExpectedCalls": true, "IsMethodCallable": true, "MethodCalled": true, "Mock": true, "On": true, "String": true,
	"Test": true, "TestData": true,
}

// methodName returns the operation id unchanged, because people search for
// operations by that name. An id that Go does not export becomes an exported name.
func (b *builder) methodName(o *operation) string {
	_, renamed := o.Extensions[extGoName]
	if !renamed && token.IsIdentifier(o.OperationID) && token.IsExported(o.OperationID) {
		return o.OperationID
	}
	return b.goName(o.OperationID, o.Extensions, o.Origin, o.OperationID)
}

// method builds one operation.
func (b *builder) method(o *operation) *model.Operation {
	name := b.methodName(o)
	if name == "" { // go on with some name, so that all findings come in one run
		if name = naming.Exported(o.OperationID); name == "" {
			return nil
		}
	}
	if mockMethods[name] {
		b.diags.Add(diag.Finding{
			Pos: o.pos, Code: CodeName, Subject: o.OperationID, Message: "the Go name " + name + " is taken by a method or field of every mock",
			Fix: "give the operation another name with x-ack-go-name",
		})
	}
	m := &model.Operation{
		Name: name, Action: o.OperationID, Descriptor: "op" + name, Method: o.method, Path: o.path, Summary: operationSummary(o, name),
		Doc: b.operationDoc(o, name), Shape: o.shape,
		Request:  &model.Struct{Name: name + "Request", Doc: name + "Request is the input of [Client." + name + "]."},
		Response: &model.Struct{Name: name + "Response", Doc: name + "Response is the output of [Client." + name + "]."},
	}
	b.pkg.Take(m.Request.Name, "the request of "+o.OperationID, o.pos)
	b.pkg.Take(m.Response.Name, "the response of "+o.OperationID, o.pos)
	b.methods.Take(name, "the operation "+o.OperationID, o.pos)
	b.request(o, m)
	b.response(o, m)
	o.built = m
	return m
}

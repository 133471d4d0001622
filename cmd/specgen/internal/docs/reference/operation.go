package reference

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/jsontext"
	"github.com/ackgen/ackgen/generator/model"
)

// operation gathers the page of an operation.
func (b *builder) operation(g *model.Group, op *model.Operation) *Operation {
	spec := b.operations[op.Action]
	t := newTree(anchors{})
	t.operation, t.request = op.Action, true
	places, own := parameterAnchors(t, op.Params)
	body, sent := b.bodyOf(spec)
	var inBody map[string]string
	if sent != nil {
		inBody = t.anchors.of("request.", b.propertyNames(elementOf(sent).Value))
	}
	known := map[string]string{}
	maps.Copy(known, inBody)
	maps.Copy(known, own)
	out := &Operation{
		ID: op.Action, Group: g.Name, Method: op.Method, Path: op.Path, Go: goMethod(op), More: moreMethods(op),
		Paging: b.paging(spec, op), Waiting: b.waiting(op), Retry: retryOf(op), RAM: ramOf(spec.Extensions), Provenance: b.provenance(spec.Extensions),
	}
	out.Summary = b.text(cmp.Or(strings.TrimSpace(spec.Summary), "calls "+op.Method+" "+op.Path+"."), known)
	out.Description, out.Notice = b.noticed(spec.Extensions, spec.Deprecated, spec.Description, "operation", known)
	out.Parameters = b.parameterFields(t, op, places, known)
	if sent != nil {
		b.fillBody(t, body, sent, message{structure: op.Request, whole: op.Body.Field, own: inBody, known: known})
	}
	out.Body = body
	b.responses(t, out, spec, op)
	return out
}

// parameterAnchors returns the anchors of parameters, and those by which texts find them:
// of several with one name, the first.
func parameterAnchors(t *tree, params []model.Param) (anchors []string, own map[string]string) {
	own = map[string]string{}
	for i, p := range params {
		anchors = append(anchors, t.anchors.take("request.", p.Wire))
		if own[p.Wire] == "" {
			own[p.Wire] = anchors[i]
		}
	}
	return anchors, own
}

// parameters returns what the document says of the parameters of the model, nil for one
// that the generator has made up.
func (b *builder) parameters(op *model.Operation) []*openapi3.Parameter {
	in := map[model.ParamKind]string{model.ParamPath: openapi3.ParameterInPath, model.ParamHeader: openapi3.ParameterInHeader}
	out := make([]*openapi3.Parameter, len(op.Params))
	for i, p := range op.Params {
		place := cmp.Or(in[p.Kind], openapi3.ParameterInQuery)
		for _, refs := range []openapi3.Parameters{b.items[op.Action].Parameters, b.operations[op.Action].Parameters} {
			if declared := refs.GetByInAndName(place, p.Wire); declared != nil {
				out[i] = declared
			}
		}
	}
	return out
}

// parameterFields returns the parameters of an operation, which stand at some anchors.
func (b *builder) parameterFields(t *tree, op *model.Operation, anchors []string, own map[string]string) []*Field {
	inGo := map[string]*model.Field{}
	for _, f := range op.Request.Fields {
		inGo[f.Name] = f
	}
	var out []*Field
	for i, p := range b.parameters(op) {
		goField := inGo[op.Params[i].Field]
		if p == nil {
			out = append(out, &Field{
				Name: op.Params[i].Wire, Anchor: anchors[i], In: openapi3.ParameterInHeader, Go: goField.Name, GoType: goType(goField.Type),
				Type: Type{Name: "string"}, Required: true, Description: b.text(goField.Doc, nil),
			})
			continue
		}
		f := &Field{Name: p.Name, Anchor: anchors[i], In: p.In, Required: p.Required}
		schema := p.Schema
		if _, media := mediaOf(p.Content); media != nil {
			schema = media.Schema
		}
		of := described{
			schema: schema, inGo: goField, owner: op.Request.Name, own: own, text: cmp.Or(p.Description, schema.Value.Description), ext: p.Extensions,
			isDeprecated: p.Deprecated,
		}
		b.fill(t, f, of)
		if p.Schema == nil {
			f.Type.Format = cmp.Or(f.Type.Format, "as JSON text")
		}
		if p.Example != nil {
			f.Example = b.example(p.Origin, p.Example)
		}
		out = append(out, f)
	}
	return out
}

// mediaOf returns the media type that a page shows: JSON if there is any, else the first.
func mediaOf(content openapi3.Content) (string, *openapi3.MediaType) {
	names := slices.SortedFunc(maps.Keys(content), func(x, y string) int {
		return cmp.Or(boolCompare(isJSON(y), isJSON(x)), cmp.Compare(x, y))
	})
	if len(names) == 0 {
		return "", nil
	}
	return names[0], content[names[0]]
}

func isJSON(media string) bool {
	base, _, _ := strings.Cut(strings.ToLower(media), ";")
	base = strings.TrimSpace(base)
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json")
}

func boolCompare(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// bodyOf returns the body of requests and its schema, or nil.
func (b *builder) bodyOf(op *openapi3.Operation) (*Body, *openapi3.SchemaRef) {
	if op.RequestBody == nil || op.RequestBody.Value == nil {
		return nil, nil
	}
	name, media := mediaOf(op.RequestBody.Value.Content)
	if media == nil {
		return nil, nil
	}
	body := &Body{ContentType: name, Required: op.RequestBody.Value.Required, Examples: b.examples(name, media)}
	body.Description = b.text(op.RequestBody.Value.Description, nil)
	body.Type = b.typeOf(media.Schema)
	return body, media.Schema
}

// message is where the properties of a body are in Go and on the page.
type message struct {
	structure  *model.Struct
	whole      string            // the Go field that takes the body as a whole, or ""
	own, known map[string]string // anchors by name: of the properties, and of all that the body may speak of
}

// fillBody adds the fields of a body.
func (b *builder) fillBody(t *tree, body *Body, schema *openapi3.SchemaRef, m message) {
	named := b.named(schema)
	b.use(t, named)
	element := elementOf(schema).Value
	structure := m.structure
	if m.whole != "" {
		body.Go, structure = m.whole, nil
		for _, f := range m.structure.Fields {
			if f.Name == m.whole {
				structure, _ = b.typesIn(f.Type)
			}
		}
	}
	if len(body.Description) == 0 {
		body.Description, _ = b.noticed(schema.Value.Extensions, false, schema.Value.Description, "schema", m.known)
	}
	body.Fields = b.properties(t.below(named), object{schema: element, structure: structure, own: m.own})
}

// responses adds the responses of success and the failures.
func (b *builder) responses(t *tree, out *Operation, op *openapi3.Operation, in *model.Operation) {
	all := op.Responses.Map()
	codes := slices.Sorted(maps.Keys(all))
	for _, code := range codes {
		r := all[code].Value
		if r == nil {
			continue
		}
		text := ""
		if r.Description != nil {
			text = *r.Description
		}
		description := b.text(text, nil)
		name, media := mediaOf(r.Content)
		success := strings.HasPrefix(code, "2") || strings.HasPrefix(code, "3") || len(codes) == 1
		if !success {
			f := Failure{Status: code, Description: description}
			if media != nil {
				b.use(&tree{operation: t.operation}, b.named(media.Schema))
				f.Type, f.Examples = b.typeOf(media.Schema), b.examples(name, media)
			}
			out.Errors = append(out.Errors, f)
			continue
		}
		response := Response{Status: code, Description: description}
		if media != nil {
			response.Body = b.responseBody(t, name, media, in)
		}
		out.Responses = append(out.Responses, response)
	}
}

func (b *builder) responseBody(t *tree, name string, media *openapi3.MediaType, in *model.Operation) *Body {
	body := &Body{ContentType: name, Type: b.typeOf(media.Schema), Examples: b.examples(name, media), Go: in.Result}
	if media.Schema == nil || media.Schema.Value == nil {
		return body
	}
	reads := &tree{anchors: t.anchors, operation: t.operation, left: t.left}
	own := t.anchors.of("response.", b.propertyNames(elementOf(media.Schema).Value))
	b.fillBody(reads, body, media.Schema, message{structure: in.Response, whole: in.Result, own: own, known: own})
	return body
}

// examples returns the examples of a body in the order of the document.
func (b *builder) examples(media string, of *openapi3.MediaType) []Example {
	written := func(o *openapi3.Origin, value any, key string) string {
		if text, ok := value.(string); ok && !isJSON(media) {
			return text
		}
		return b.json(o, value, jsontext.Block, key)
	}
	if of.Example != nil {
		return []Example{{Text: written(of.Origin, of.Example, "example")}}
	}
	names := slices.SortedFunc(maps.Keys(of.Examples), func(x, y string) int {
		return cmp.Or(b.Locate(of.Origin, "examples", x).Compare(b.Locate(of.Origin, "examples", y)), cmp.Compare(x, y))
	})
	var out []Example
	for _, name := range names {
		if e := of.Examples[name].Value; e != nil && e.Value != nil {
			out = append(out, Example{Name: name, Summary: e.Summary, Text: written(e.Origin, e.Value, "value")})
		}
	}
	return out
}

package reference

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
)

// Build gathers the reference of a document and of the model that the generator made of
// it. Sources is sources.yaml, or nil.
func Build(doc *load.Document, api *model.API, sources *yaml.Node) *API {
	b := &builder{
		Document: doc, sources: sources, operations: map[string]*openapi3.Operation{}, items: map[string]*openapi3.PathItem{},
		structs: map[string]*model.Struct{}, enums: map[string]*model.Enum{}, structOf: map[string]*model.Struct{}, enumOf: map[string]*model.Enum{},
		uses: map[string]map[string]*Use{}, owners: map[string]map[string]bool{},
	}
	b.index(api)
	out := &API{
		Title: api.Title, Version: api.Service.Version, Description: b.text(doc.Info.Description, nil),
		Package: api.Package, ImportPath: api.ImportPath, Regions: api.Service.Regions,
	}
	front := newAnchors()
	front["operations"] = true
	for _, g := range api.Groups {
		group := &Group{Name: g.Name, Anchor: front.take("", g.Name), Interface: g.Interface, Description: b.text(b.tag(g), nil)}
		for _, op := range g.Operations {
			group.Operations = append(group.Operations, b.operation(g, op))
		}
		slices.SortStableFunc(group.Operations, byStatus)
		out.Groups = append(out.Groups, group)
	}
	for _, name := range b.schemaNames() {
		b.findOwners(name)
	}
	for _, name := range b.schemaNames() {
		out.Schemas = append(out.Schemas, b.schema(name))
	}
	codes := newAnchors()
	for _, c := range api.ErrorCodes {
		out.ErrorCodes = append(out.ErrorCodes, ErrorCode{Code: c.Code, Anchor: codes.take("", c.Code), Go: c.Name, Description: b.text(b.codeText(c.Code), nil)})
	}
	return out
}

// byStatus puts what can be relied on before the rest.
func byStatus(x, y *Operation) int {
	return boolCompare(x.Notice.Status != Stable, y.Notice.Status != Stable)
}

// builder holds what the steps of one Build share.
type builder struct {
	*load.Document

	sources    *yaml.Node
	operations map[string]*openapi3.Operation // by id
	items      map[string]*openapi3.PathItem  // by id of their operations
	structs    map[string]*model.Struct       // by Go name
	enums      map[string]*model.Enum         // by Go name
	structOf   map[string]*model.Struct       // by schema
	enumOf     map[string]*model.Enum         // by schema
	uses       map[string]map[string]*Use     // by schema, then by operation
	owners     map[string]map[string]bool     // schemas that hold a schema
}

func (b *builder) index(api *model.API) {
	for _, item := range b.Paths.Map() {
		for _, op := range item.Operations() {
			b.operations[op.OperationID], b.items[op.OperationID] = op, item
		}
	}
	for _, file := range api.Types {
		for _, s := range file.Structs {
			b.addStruct(s)
		}
		b.addEnums(file.Enums)
	}
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			b.addStruct(op.Request)
			b.addStruct(op.Response)
		}
	}
}

func (b *builder) addStruct(s *model.Struct) {
	b.structs[s.Name] = s
	if s.Schema != "" {
		b.structOf[s.Schema] = s
	}
	b.addEnums(s.Enums)
}

func (b *builder) addEnums(enums []*model.Enum) {
	for _, e := range enums {
		b.enums[e.Name] = e
		if e.Schema != "" {
			b.enumOf[e.Schema] = e
		}
	}
}

// tag returns the description of the tag of a group as it stands in the document.
func (b *builder) tag(g *model.Group) string {
	for _, t := range b.Tags {
		if op := b.operations[g.Operations[0].Action]; slices.Contains(op.Tags, t.Name) {
			return t.Description
		}
	}
	return g.Doc
}

// codeText returns what x-ack-error-codes says of a code.
func (b *builder) codeText(code string) string {
	codes, _ := b.Extensions["x-ack-error-codes"].(map[string]any)
	entry, _ := codes[code].(map[string]any)
	text, _ := entry["description"].(string)
	return text
}

const schemaPrefix = "#/components/schemas/"

// refOf returns the name of the schema that a reference leads to, or "".
func refOf(ref *openapi3.SchemaRef) string {
	if ref == nil {
		return ""
	}
	name, _ := strings.CutPrefix(ref.Ref, schemaPrefix)
	return name
}

func (b *builder) component(name string) *openapi3.Schema {
	if b.Components == nil || b.Components.Schemas[name] == nil {
		return nil
	}
	return b.Components.Schemas[name].Value
}

func (b *builder) schemaNames() []string {
	if b.Components == nil {
		return nil
	}
	return slices.SortedFunc(maps.Keys(b.Components.Schemas), func(x, y string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x), strings.ToLower(y)), cmp.Compare(x, y))
	})
}

// propertyNames returns the names of the properties of a schema in the order of the
// document.
func (b *builder) propertyNames(s *openapi3.Schema) []string {
	return slices.SortedFunc(maps.Keys(s.Properties), func(x, y string) int {
		return cmp.Or(b.Locate(originOf(s.Properties[x])).Compare(b.Locate(originOf(s.Properties[y]))), cmp.Compare(x, y))
	})
}

// originOf tells where a property stands: the position of a reference, not that of its
// target.
func originOf(p *openapi3.SchemaRef) *openapi3.Origin {
	if p.Origin == nil && p.Value != nil {
		return p.Value.Origin
	}
	return p.Origin
}

// findOwners notes which schemas a schema holds.
func (b *builder) findOwners(name string) {
	s := b.component(name)
	refs := slices.Collect(maps.Values(s.Properties))
	for _, ref := range append(refs, s.Items, s.AdditionalProperties.Schema) {
		if held := b.named(ref); held != "" && held != name {
			if b.owners[held] == nil {
				b.owners[held] = map[string]bool{}
			}
			b.owners[held][name] = true
		}
	}
}

// named returns the name of the schema that a type ends in, through lists and maps that
// have no name of their own, or "".
func (b *builder) named(ref *openapi3.SchemaRef) string {
	if ref == nil || ref.Value == nil || refOf(ref) != "" {
		return refOf(ref)
	}
	if inner := inside(ref.Value); inner != nil {
		return b.named(inner)
	}
	return ""
}

// inside returns the schema of the items of a list or of the values of a map, or nil.
func inside(s *openapi3.Schema) *openapi3.SchemaRef {
	switch {
	case s.Type.Is("array"):
		return s.Items
	case s.Type.Is("object") && len(s.Properties) == 0:
		return s.AdditionalProperties.Schema
	}
	return nil
}

// schema gathers the page of a named schema.
func (b *builder) schema(name string) *Schema {
	s := b.component(name)
	out := &Schema{
		Name: name, Type: b.typeOf(&openapi3.SchemaRef{Value: s}), Sensitive: isTrue(s.Extensions, extSensitive), Limits: b.limits(s),
		Closed: isTrue(s.Extensions, extClosed), Example: b.example(s.Origin, s.Example), Provenance: b.provenance(s.Extensions),
	}
	structure, enum := b.structOf[name], b.enumOf[name]
	switch {
	case structure != nil:
		out.Go = structure.Name
	case enum != nil:
		out.Go = enum.Name
	}
	out.Enum = b.values(s, enum)
	taken, own := b.schemaAnchors(s)
	t := newTree(taken)
	out.Fields = b.properties(t.below(name), object{schema: s, structure: structure, own: own})
	out.Description, out.Notice = b.noticed(s.Extensions, s.Deprecated, s.Description, "schema", own)
	for _, id := range slices.Sorted(maps.Keys(b.uses[name])) {
		out.Operations = append(out.Operations, *b.uses[name][id])
	}
	out.Schemas = slices.Sorted(maps.Keys(b.owners[name]))
	return out
}

// schemaAnchors returns the anchors of the page of a schema, and those of its properties
// by name.
func (b *builder) schemaAnchors(s *openapi3.Schema) (taken anchors, own map[string]string) {
	taken = newAnchors()
	return taken, taken.of("", b.propertyNames(s))
}

// isTrue reports whether an extension is true.
func isTrue(ext map[string]any, key string) bool { return ext[key] == true }

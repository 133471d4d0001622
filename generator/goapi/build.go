// Package goapi decides what an API looks like in Go: it turns a validated
// OpenAPI document into the model that the emitters print.
//
// It may import kin-openapi (the document types), generator/load with load/oas,
// generator/naming, generator/model, internal/spell and generator/diag. Everything
// that OpenAPI allows and the generator does not support is a finding here, never
// dropped in silence.
package goapi

import (
	"go/token"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

// The codes of this package's findings.
const (
	CodeUnsupported = "GEN010" // a construct that the generator does not support
	CodeIncomplete  = "GEN011" // something the generator needs is not declared
	CodeName        = "GEN021" // a name that cannot become a Go name
)

// Options say what to build beside the document.
type Options struct {
	// Package and ImportPath name the Go package of the API.
	Package    string
	ImportPath string
	// Others are operations that are not built, or nil. Types are what they would
	// be with these, so that a program compiles as well when they are built one day.
	Others *openapi3.Paths
}

// Build returns the model of doc. Findings go to diags; with any of them the
// result is of no use.
func Build(doc *load.Document, opts Options, diags *diag.List) *model.API {
	b := &builder{
		Document: doc, diags: diags,
		pkg: naming.NewScope("package "+opts.Package, diags), methods: naming.NewScope("Client", diags),
		types: map[string]*namedType{}, structs: map[string]*model.Struct{}, enums: map[string]*model.Enum{},
		inline:  map[*openapi3.Schema]string{},
		walking: map[*openapi3.Schema]bool{}, presences: map[*openapi3.Schema]bool{},
	}
	b.pkg.Reserve("the generated client", "API", "Client", "New", "Regions")
	b.methods.Reserve("the generated client", "Call", "CloseIdleConnections", "Format", "InRegion", "Region")
	b.methods.Reserve("a method or field of every mock", mockMethods...)
	b.methods.Reserve("the method of generated overrides", "OverrideFunctions")
	api := &model.API{
		Package: opts.Package, ImportPath: opts.ImportPath,
		Source: doc.File[strings.LastIndexAny(doc.File, `/\`)+1:],
	}
	b.service(api)
	b.basePath = basePath(b.Servers)
	api.ErrorCodes = b.errorCodes()
	ops, others := b.operations(b.Paths), b.others(opts.Others)
	b.findReach(ops, others)
	b.nameTypes()
	api.Groups = b.groups(ops)
	b.continuations(ops)
	if opts.Others == nil {
		b.strayPresence()
		b.checkDeprecated()
		b.checkRemoved()
	}
	b.copies(ops)
	api.Types = b.sortIntoFiles(api.Groups)
	b.link(api, ops, others)
	return api
}

// builder holds what the steps of one Build share.
type builder struct {
	*load.Document

	diags *diag.List

	pkg     *naming.Scope
	methods *naming.Scope // of the client

	types map[string]*namedType  // named schemas, by component name
	order []string               // their names in spec order
	enums map[string]*model.Enum // by Go name

	structs map[string]*model.Struct // by Go name

	inline  map[*openapi3.Schema]string // Go names of enums that a field declares
	walking map[*openapi3.Schema]bool   // schemas that reach is inside of

	presences map[*openapi3.Schema]bool // whose x-ack-always has an effect

	basePath string // of all paths
}

// others returns operations that are not built. Nobody has to know what is wrong
// with them.
func (b *builder) others(paths *openapi3.Paths) []*operation {
	aside := *b
	aside.diags = new(diag.List)
	return aside.operations(paths)
}

// finding returns a finding without notes.
func finding(pos diag.Pos, code, subject, message, fix string) diag.Finding {
	return diag.Finding{Pos: pos, Code: code, Subject: subject, Message: message, Fix: fix}
}

func (b *builder) unsupported(pos diag.Pos, subject, what, fix string) {
	b.diags.Add(finding(pos, CodeUnsupported, subject, what+" is not supported", fix))
}

// warn reports what the generated code does not show, or shows in another way.
func (b *builder) warn(pos diag.Pos, code, subject, message, fix string) {
	b.diags.Add(diag.Finding{Pos: pos, Code: code, Warning: true, Subject: subject, Message: message, Fix: fix})
}

func (b *builder) incomplete(pos diag.Pos, subject, what, fix string) {
	b.diags.Add(finding(pos, CodeIncomplete, subject, what, fix))
}

// free takes the first name that is free in a scope for the thing called what, and
// says so when it is not the first of all. When none is, that is a collision.
func (b *builder) free(scope *naming.Scope, pos diag.Pos, subject, what string, names ...string) string {
	first, taken := scope.Holder(names[0])
	for _, name := range names {
		if _, held := scope.Holder(name); held {
			continue
		}
		if taken {
			b.warn(pos, naming.CodeCollision, subject, what+" is called "+name+" in Go, because "+names[0]+" is "+first, "give one of the two another name with "+extGoName)
		}
		scope.Take(name, what, pos)
		return name
	}
	scope.Take(names[0], what, pos)
	return names[0]
}

const extGoName = "x-ack-go-name"

// goName returns the Go name of the object at o: the value of x-ack-go-name, or
// the name made from its wire name.
func (b *builder) goName(wire string, ext map[string]any, o *openapi3.Origin, subject string) string {
	name := naming.Exported(wire)
	if v, ok := ext[extGoName]; ok {
		name, _ = v.(string)
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			b.diags.Add(finding(b.Locate(o, extGoName), CodeName, subject, "x-ack-go-name must be an exported Go identifier, not "+jsonText(v),
				"write a name of letters and digits that begins in upper case"))
			return ""
		}
	}
	if name == "" {
		name = asWritten(wire)
		b.warn(b.Locate(o), CodeName, subject, "no Go name can be made from "+quote(wire)+", which is called "+name, "give it a name with x-ack-go-name")
	}
	return name
}

// service fills what the document says of all operations.
func (b *builder) service(api *model.API) {
	api.Title = strings.Join(strings.Fields(b.Info.Title), " ")
	api.Doc = b.Info.Description
	api.Service = model.Service{Name: api.Package, Version: b.Info.Version}
	if len(b.Servers) == 0 {
		b.warn(b.LocateRoot("servers"), CodeIncomplete, "", "no server is declared: programs have to say where the service is, with roa.WithEndpoint",
			"add servers with the https URL of the service, such as https://things.{region}.example.com")
	}
	for i, s := range b.Servers {
		b.server(&api.Service, s, i == 0)
	}
	api.Service.Regions = append(api.Service.Regions, api.Service.CentralRegions...)
	slices.Sort(api.Service.Regions)
	api.Service.Regions = slices.Compact(api.Service.Regions)
}

// stringList returns the strings of an extension, and false when it is not a
// list of strings. An absent extension is an empty list.
func stringList(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, v == nil
	}
	var out []string
	for _, item := range list {
		s, ok := item.(string)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

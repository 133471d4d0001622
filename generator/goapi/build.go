// Package goapi decides what an API looks like in Go: it turns a validated
// OpenAPI document into the model that the emitters print.
//
// It may import kin-openapi (the document types), generator/load with load/oas,
// generator/naming, generator/model, generator/spell and generator/diag. Everything
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
		types: map[string]*namedType{}, enums: map[string]*model.Enum{},
		inline:  map[*openapi3.Schema]string{},
		walking: map[*openapi3.Schema]bool{}, presences: map[*openapi3.Schema]bool{},
	}
	b.pkg.Reserve("the generated client", "API", "Client", "New", "Regions")
	b.methods.Reserve("the generated client", "Call", "CloseIdleConnections", "Format", "InRegion", "Region")
	api := &model.API{
		Package: opts.Package, ImportPath: opts.ImportPath,
		Source: doc.File[strings.LastIndexAny(doc.File, `/\`)+1:],
	}
	b.service(api)
	api.ErrorCodes = b.errorCodes()
	ops, others := b.operations(b.Paths), b.others(opts.Others)
	b.findReach(ops, others)
	b.nameTypes()
	api.Groups = b.groups(ops)
	b.continuations(ops)
	if opts.Others == nil {
		b.strayPresence()
		b.checkDeprecated()
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

	inline  map[*openapi3.Schema]string // Go names of enums that a field declares
	walking map[*openapi3.Schema]bool   // schemas that reach is inside of

	presences map[*openapi3.Schema]bool // whose x-ack-always has an effect
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

func (b *builder) incomplete(pos diag.Pos, subject, what, fix string) {
	b.diags.Add(finding(pos, CodeIncomplete, subject, what, fix))
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
		b.diags.Add(diag.Finding{
			Pos: b.Locate(o), Code: CodeName, Subject: subject, Message: "no Go name can be made from " + quote(wire),
			Fix: "give it a name with x-ack-go-name",
		})
	}
	return name
}

// service fills what the document says of all operations.
func (b *builder) service(api *model.API) {
	api.Title = strings.Join(strings.Fields(b.Info.Title), " ")
	api.Doc = b.Info.Description
	api.Service = model.Service{Name: api.Package, Version: b.Info.Version}
	if len(b.Servers) == 0 {
		b.incomplete(b.LocateRoot("servers"), "", "no server is declared",
			"add servers with the https URL of the service, such as https://things.{region}.example.com")
		return
	}
	for i, s := range b.Servers {
		host, regional, ok := b.host(s)
		regions, listed := stringList(s.Extensions[extRegions])
		switch svc := &api.Service; {
		case !ok:
		case !listed:
			b.diags.Add(finding(b.Locate(s.Origin, extRegions), CodeExtension, "", extRegions+" is not a list of strings", "list region ids"))
		case len(regions) > 0 && (i == 0 || regional):
			b.unsupported(b.Locate(s.Origin, extRegions), "", extRegions+" on a server whose URL depends on the region, or on the first one,",
				"only a server that serves regions in place of their own takes it: give its URL without {region} after the public one")
		case i == 0:
			svc.Endpoint = host
			if v := s.Variables["region"]; v != nil {
				svc.Regions = slices.Clone(v.Enum)
			}
		case regional && svc.VPCEndpoint == "":
			svc.VPCEndpoint = host
		case !regional && svc.CentralEndpoint == "" && len(regions) > 0:
			svc.CentralEndpoint, svc.CentralRegions = host, regions
		default:
			b.unsupported(b.Locate(s.Origin), "", "this server",
				"after the public one, declare at most one with {region} for VPCs and one with x-ack-regions for regions without an endpoint of their own")
		}
	}
	api.Service.Regions = append(api.Service.Regions, api.Service.CentralRegions...)
	slices.Sort(api.Service.Regions)
	api.Service.Regions = slices.Compact(api.Service.Regions)
}

// host returns the host name of a server and whether it depends on the region.
func (b *builder) host(s *openapi3.Server) (host string, regional, ok bool) {
	host, ok = strings.CutPrefix(strings.TrimSuffix(s.URL, "/"), "https://")
	rest := strings.Replace(host, "{region}", "", 1)
	if !ok || host == "" || strings.ContainsAny(rest, "/{}?#@") {
		b.unsupported(b.Locate(s.Origin, "url"), "", "the server URL "+quote(s.URL),
			"write https:// and a host name, in which {region} may stand once")
		return "", false, false
	}
	return host, rest != host, true
}

const extRegions = "x-ack-regions"

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

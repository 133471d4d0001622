package goapi

import (
	"cmp"
	"go/token"
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
	base         string // comes before the path
	endpoint     string // of this operation alone
	anonymous    bool
	params       []*openapi3.Parameter
	body         *openapi3.SchemaRef // nil without a body, and for a stream
	send         model.Body          // without its field
	result       *openapi3.SchemaRef // nil without a response body, and for a stream
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
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(x, y *operation) int {
		return cmp.Or(x.pos.Compare(y.pos), cmp.Compare(x.path, y.path), cmp.Compare(x.method, y.method))
	})
	for _, o := range out {
		b.aside(o)
		o.params = b.parameters(o)
		o.send, o.body = b.requestBody(o)
		o.shape, o.result = b.responseBody(o)
	}
	return out
}

// aside says what of the operation its method does not show, and takes what only
// this operation has of servers and security.
func (b *builder) aside(o *operation) {
	if len(o.Callbacks) > 0 {
		b.warn(o.pos, CodeUnsupported, o.OperationID, "callbacks are left out", "describe what the service calls in a document of its own")
	}
	o.anonymous = o.Security != nil && len(*o.Security) == 0
	o.base = b.basePath
	servers := o.item.Servers
	if o.Servers != nil && len(*o.Servers) > 0 {
		servers = *o.Servers
	}
	if len(servers) == 0 {
		return
	}
	o.base = basePath(servers)
	o.endpoint, _ = b.host(servers[0])
}

// parameters returns the path parameters in the order of the template, then those of
// the query and the header in the order of the spec.
func (b *builder) parameters(o *operation) []*openapi3.Parameter {
	byName := map[string]*openapi3.Parameter{}
	var query, header []*openapi3.Parameter
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
			case openapi3.ParameterInHeader:
				if !b.ownHeader(o, p) {
					header = append(header, p)
				}
			default:
				b.cookie(o, p)
			}
		}
	}
	var out []*openapi3.Parameter
	for _, name := range oas.Placeholders(o.path) {
		if p := byName[name]; p != nil {
			out = append(out, p)
		}
	}
	return slices.Concat(out, query, header)
}

// cookie reports a cookie: signed requests have none.
func (b *builder) cookie(o *operation, p *openapi3.Parameter) {
	const fix = "use a header; a program can send one with roa.CallHeader"
	if p.Required {
		b.unsupported(b.Locate(p.Origin, "in"), o.OperationID, "the cookie "+quote(p.Name), fix)
		return
	}
	b.warn(b.Locate(p.Origin, "in"), CodeUnsupported, o.OperationID, "the cookie "+quote(p.Name)+" is left out", fix)
}

// ownHeader reports whether a header is one that OpenAPI takes from elsewhere, or that
// the runtime sets on every request.
func (b *builder) ownHeader(o *operation, p *openapi3.Parameter) bool {
	switch strings.ToLower(p.Name) {
	case "accept", "content-type", "authorization": // OpenAPI says that these are ignored
		return true
	case "host", "content-length", "transfer-encoding", "connection", "date", "content-md5", "user-agent":
	default:
		if !strings.HasPrefix(strings.ToLower(p.Name), "x-acs-") || strings.HasPrefix(strings.ToLower(p.Name), "x-acs-meta-") {
			return false
		}
	}
	b.warn(b.Locate(p.Origin, "name"), CodeUnsupported, o.OperationID, "the header "+quote(p.Name)+" is left out: the runtime sets it", "delete the parameter")
	return true
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
		g, m := byTag[o.Tags[0]], b.method(o)
		if g != nil && m != nil {
			g.Operations = append(g.Operations, m)
		}
	}
	return slices.DeleteFunc(out, func(g *model.Group) bool { return len(g.Operations) == 0 })
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
var mockMethods = []string{
	"AssertCalled", "AssertExpectations", "AssertNotCalled", "AssertNumberOfCalls", "Called", "Calls", "EXPECT", "ExpectedCalls",
	"IsMethodCallable", "MethodCalled", "Mock", "On", "String", "Test", "TestData",
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

// message starts the request or the response of the method called name.
func (b *builder) message(o *operation, name, what, is string) *model.Struct {
	goName := b.free(b.pkg, o.pos, o.OperationID, "the "+strings.ToLower(what)+" of "+o.OperationID, name+what, name+"Operation"+what)
	return &model.Struct{Name: goName, Doc: goName + " is the " + is + " of [Client." + name + "]."}
}

// method builds one operation.
func (b *builder) method(o *operation) *model.Operation {
	name := b.methodName(o)
	if name == "" { // go on with some name, so that all findings come in one run
		if name = naming.Exported(o.OperationID); name == "" {
			return nil
		}
	}
	name = b.free(b.methods, o.pos, o.OperationID, "the operation "+o.OperationID, name, name+"Operation")
	m := &model.Operation{
		Name: name, Action: o.OperationID, Descriptor: "op" + name, Method: o.method, Path: o.base + o.path, Summary: operationSummary(o, name),
		Doc: b.operationDoc(o, name), Shape: o.shape, Endpoint: o.endpoint, Anonymous: o.anonymous,
		Request:  b.message(o, name, "Request", "input"),
		Response: b.message(o, name, "Response", "output"),
	}
	m.Caller = b.free(b.pkg, o.pos, o.OperationID, "the interface of "+o.OperationID, name+"Caller", name+"OperationCaller")
	b.request(o, m)
	b.response(o, m)
	o.built = m
	return m
}

// Package client emits the client of an API: the constructor, an interface per
// group and one method per operation.
//
// It may import jennifer, generator/emit and generator/model.
package client

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// Gen returns the files with the client of api and the methods of its groups.
func Gen(api *model.API) []*emit.File {
	files := []*emit.File{docFile(api), clientFile(api)}
	if len(api.ErrorCodes) > 0 {
		files = append(files, errorsFile(api))
	}
	for _, g := range api.Groups {
		files = append(files, groupFile(api, g))
	}
	return files
}

func newFile(api *model.API, name string) *emit.File {
	return emit.NewFile(name, api.ImportPath, api.Package, api.Source, nil)
}

// clientFile emits the client and what is built on its operations:
//
//	var service = roa.Service{...}
//	type API interface { ClustersAPI; NodesAPI }
//	type Client struct { core *roa.Client }
//	func New(opts ...roa.Option) (*Client, error) { ... }
func clientFile(api *model.API) *emit.File {
	f := newFile(api, "client_gen.go")
	f.Comment("// service holds what all requests have in common.")
	f.Var().Id("service").Op("=").Qual(emit.Roa, "Service").Add(serviceFields(&api.Service))
	f.Add(emit.Comment("API is the set of all operations. It grows with the service: to fake it, embed the interface or use a generated mock."))
	f.Type().Id("API").InterfaceFunc(func(g *Group) {
		for _, group := range api.Groups {
			g.Id(group.Interface)
		}
	})
	f.Var().Id("_").Id("API").Op("=").Params(Op("*").Id("Client")).Params(Nil())
	f.Add(emit.Comment("Client calls the service. It holds no state that calls change and is safe for concurrent use. Make one with [New]."))
	f.Type().Id("Client").Struct(Id("core").Op("*").Qual(emit.Roa, "Client"))
	newFunc(f)
	regionFunc(f)
	inRegionFunc(f)
	closeFunc(f)
	callFunc(f)
	formatFunc(f)
	if len(api.Service.Regions) > 0 {
		regionsFunc(f, api.Service.Regions)
	}
	variables(f, api)
	return f
}

// errorsFile emits
//
//	const (
//		// The thing does not exist.
//		CodeThingNotFound roa.Code = "ThingNotFound"
//	)
func errorsFile(api *model.API) *emit.File {
	f := newFile(api, "errors_gen.go")
	f.Add(emit.Comment("The error codes that only this service has, for errors.Is. The package roa has those that all services share, and classes of errors."))
	f.Const().DefsFunc(func(g *Group) {
		for _, c := range api.ErrorCodes {
			g.Add(emit.Comment(c.Doc))
			g.Id(c.Name).Qual(emit.Roa, "Code").Op("=").Lit(c.Code)
		}
	})
	return f
}

// clientMethod starts a method of the client; its parameters follow.
func clientMethod(f *emit.File, name string) *Statement {
	return f.Func().Params(Id("c").Op("*").Id("Client")).Id(name)
}

// core returns c.core.name, what the runtime does for every client.
func core(name string) *Statement { return Id("c").Dot("core").Dot(name) }

// callFunc emits
//
//	func (c *Client) Call(ctx context.Context, in roa.RawRequest, opts ...roa.CallOption) (*roa.RawResponse, error) {
//		return c.core.Call(ctx, in, opts...)
//	}
func callFunc(f *emit.File) {
	f.Add(emit.Comment("Call sends a request to an operation that has no method here, signed and retried like any other, and returns the body as it came."))
	clientMethod(f, "Call").Params(emit.Ctx(), Id("in").Qual(emit.Roa, "RawRequest"), emit.Opts("CallOption")).
		Params(Op("*").Qual(emit.Roa, "RawResponse"), Error()).
		Block(Return(core("Call").Call(Id("ctx"), Id("in"), Id("opts").Op("..."))))
}

// regionFunc emits
//
//	func (c *Client) Region() string { return c.core.Region() }
func regionFunc(f *emit.File) {
	f.Add(emit.Comment("Region returns the region of the client, empty when it has none. See [roa.Client.Region]."))
	clientMethod(f, "Region").Params().String().Block(Return(core("Region").Call()))
}

// inRegionFunc emits
//
//	func (c *Client) InRegion(region string) (*Client, error) {
//		core, err := c.core.InRegion(region)
//		if err != nil {
//			return nil, err
//		}
//		return &Client{core: core}, nil
//	}
func inRegionFunc(f *emit.File) {
	f.Add(emit.Comment("InRegion returns a client for another region, which shares everything else with c: connections, credentials, limits. It makes no connection of its own. See [roa.Client.InRegion]."))
	clientMethod(f, "InRegion").Params(Id("region").String()).Params(Op("*").Id("Client"), Error()).Block(
		newClient(core("InRegion").Call(Id("region")))...,
	)
}

// newClient emits what makes a client of a core, or returns the error.
func newClient(makeCore Code) []Code {
	return []Code{
		List(Id("core"), Err()).Op(":=").Add(makeCore),
		If(Err().Op("!=").Nil()).Block(Return(Nil(), Err())),
		Return(Op("&").Id("Client").Values(Id("core").Op(":").Id("core")), Nil()),
	}
}

// closeFunc emits
//
//	func (c *Client) CloseIdleConnections() { c.core.CloseIdleConnections() }
func closeFunc(f *emit.File) {
	f.Add(emit.Comment("CloseIdleConnections closes the connections that no call uses now, also those of the clients that [Client.InRegion] made. The client stays usable. See [roa.Client.CloseIdleConnections]."))
	clientMethod(f, "CloseIdleConnections").Params().Block(core("CloseIdleConnections").Call())
}

// formatFunc emits
//
//	func (c Client) Format(f roa.FormatState, verb rune) { c.core.Format(f, verb) }
func formatFunc(f *emit.File) {
	f.Add(emit.Comment("Format describes the client in one line, without anything secret, whatever the verb is."))
	// A copy of a client must not show its insides either.
	f.Func().Params(Id("c").Id("Client")).Id("Format").Params(Id("f").Qual(emit.Roa, "FormatState"), Id("verb").Rune()).Block(core("Format").Call(Id("f"), Id("verb")))
}

// regionsFunc emits
//
//	func Regions() []string { return []string{"north-1"} }
func regionsFunc(f *emit.File, regions []string) {
	f.Add(emit.Comment("Regions returns the ids of the regions that the spec lists, sorted. There may be others, and an account may not be allowed to use every one."))
	f.Func().Id("Regions").Params().Index().String().Block(Return(Index().String().Add(stringValues(regions))))
}

func serviceFields(s *model.Service) *Statement {
	values := []Code{
		Id("Name").Op(":").Lit(s.Name),
		Id("Version").Op(":").Lit(s.Version),
	}
	if s.Endpoint != "" {
		values = append(values, Id("Endpoint").Op(":").Lit(s.Endpoint))
	}
	if s.VPCEndpoint != "" {
		values = append(values, Id("VPCEndpoint").Op(":").Lit(s.VPCEndpoint))
	}
	if s.CentralEndpoint != "" {
		values = append(values, Id("CentralEndpoint").Op(":").Lit(s.CentralEndpoint),
			Id("CentralRegions").Op(":").Index().String().Add(stringValues(s.CentralRegions)))
	}
	return fields(values...)
}

// stringValues returns the braces of a list of strings, on one line.
func stringValues(values []string) *Statement {
	return ValuesFunc(func(g *Group) {
		for _, v := range values {
			g.Lit(v)
		}
	})
}

// newFunc emits
//
//	func New(opts ...roa.Option) (*Client, error) {
//		core, err := roa.NewClient(&service, opts...)
//		if err != nil {
//			return nil, err
//		}
//		return &Client{core: core}, nil
//	}
func newFunc(f *emit.File) {
	f.Add(emit.Comment("New returns a client. It needs credentials and either a region or an endpoint, and returns an error that names what is missing or malformed. It does not use the network."))
	f.Func().Id("New").Params(emit.Opts("Option")).Params(Op("*").Id("Client"), Error()).Block(
		newClient(Qual(emit.Roa, "NewClient").Call(Op("&").Id("service"), Id("opts").Op("...")))...,
	)
}

// groupFile emits the interfaces of a group and its methods.
func groupFile(api *model.API, g *model.Group) *emit.File {
	f := newFile(api, g.File+"_gen.go")
	groupInterface(f, g, api.ImportPath)
	for _, op := range g.Operations {
		caller(f, op, api.ImportPath)
		descriptor(f, op)
		method(f, op, api.ImportPath)
		if op.Pager != nil {
			pager(f, op, api.ImportPath)
		}
		for _, w := range op.Waiters {
			waiter(f, op, w, api.ImportPath)
		}
		if op.Task != nil {
			task(f, op, api.ImportPath)
		}
	}
	return f
}

// descriptor emits
//
//	var opX = roa.Operation{Name: "X", Method: "GET", Path: "/x", Response: roa.ResponseObject, Retry: roa.RetryIdempotent}
func descriptor(f *emit.File, op *model.Operation) {
	facts := []Code{
		Id("Name").Op(":").Lit(op.Action),
		Id("Method").Op(":").Lit(op.Method),
		Id("Path").Op(":").Lit(op.Path),
		Id("Response").Op(":").Qual(emit.Roa, "Response"+string(op.Shape)),
		Id("Retry").Op(":").Qual(emit.Roa, "Retry"+string(op.Retry)),
	}
	if op.Body.ContentType != "" {
		facts = append(facts, Id("ContentType").Op(":").Lit(op.Body.ContentType))
	}
	if op.Anonymous {
		facts = append(facts, Id("Anonymous").Op(":").True())
	}
	if op.Endpoint != "" {
		facts = append(facts, Id("Endpoint").Op(":").Lit(op.Endpoint))
	}
	for _, list := range []struct {
		name   string
		values []string
	}{{"Always", op.Always}, {"Needed", op.Needed}} {
		if len(list.values) > 0 {
			facts = append(facts, Id(list.name).Op(":").Index().String().Add(stringValues(list.values)))
		}
	}
	f.Var().Id(op.Descriptor).Op("=").Qual(emit.Roa, "Operation").Add(fields(facts...))
}

// fields returns the braces of a composite literal with one field per line.
func fields(values ...Code) *Statement {
	return Custom(Options{Open: "{", Close: "}", Separator: ",", Multi: true}, values...)
}

// method emits
//
//	func (c *Client) X(ctx context.Context, in *XRequest, opts ...roa.CallOption) (*XResponse, error) {
//		if in == nil {
//			return nil, c.core.NilRequest(&opX)
//		}
//		req := roa.NewRequest(&opX, in)
//		req.Path("ClusterId", in.ClusterID)
//		out := new(XResponse)
//		if err := c.core.Do(ctx, req, out, &out.Metadata, opts); err != nil {
//			return nil, err
//		}
//		return out, nil
//	}
func method(f *emit.File, op *model.Operation, importPath string) {
	facts := Op("&").Id(op.Descriptor)
	f.Add(emit.Comment(op.Doc))
	clientMethod(f, op.Name).Add(emit.Signature(op, "CallOption", importPath)).BlockFunc(func(g *Group) {
		g.If(Id("in").Op("==").Nil()).Block(Return(Nil(), core("NilRequest").Call(facts)))
		if op.Token != nil {
			fillToken(g, op)
		}
		g.Id("req").Op(":=").Qual(emit.Roa, "NewRequest").Call(facts.Clone(), Id("in"))
		for _, p := range op.Params {
			g.Id("req").Dot(string(p.Kind)).Call(Lit(p.Wire), Id("in").Dot(p.Field))
		}
		if op.Body.Kind != model.BodyNone {
			g.Id("req").Dot(string(op.Body.Kind)).Call(bodyExpr(op))
		}
		g.Id("out").Op(":=").New(Id(op.Response.Name))
		call := core("Do").Call(Id("ctx"), Id("req"), resultExpr(op), Op("&").Id("out").Dot("Metadata"), Id("opts"))
		g.If(Err().Op(":=").Add(call), Err().Op("!=").Nil()).Block(Return(Nil(), Err()))
		g.Return(Id("out"), Nil())
	})
}

// fillToken emits, for requests without a client token,
//
//	if in.ClientToken == nil || *in.ClientToken == "" {
//		filled := *in
//		filled.ClientToken = new(c.core.NewToken())
//		in = &filled
//	}
//
// A required token is not a pointer.
func fillToken(g *Group, op *model.Operation) {
	field, token := Id("in").Dot(op.Token.Name), core("NewToken").Call()
	missing := field.Clone().Op("==").Lit("")
	if op.Token.Type.Pointer {
		missing = field.Clone().Op("==").Nil().Op("||").Op("*").Add(missing)
		token = New(token)
	}
	g.If(missing).Block(
		Id("filled").Op(":=").Op("*").Id("in"),
		Id("filled").Dot(op.Token.Name).Op("=").Add(token),
		Id("in").Op("=").Op("&").Id("filled"),
	)
}

func bodyExpr(op *model.Operation) *Statement {
	if op.Body.Field == "" {
		return Id("in")
	}
	return Id("in").Dot(op.Body.Field)
}

func resultExpr(op *model.Operation) *Statement {
	switch {
	case op.Shape == model.ShapeEmpty:
		return Nil()
	case op.Result == "":
		return Id("out")
	default:
		return Op("&").Id("out").Dot(op.Result)
	}
}

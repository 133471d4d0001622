package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"github.com/ackgen/ackgen/internal/goname"
	"github.com/ackgen/ackgen/internal/spell"
)

// A Spec is a loaded document in the form the server works with. Nothing changes it after Load, so servers share it.
type Spec struct {
	Version    string // of the API
	operations map[string]*Operation
	router     *router
}

// An Operation is one method of one path.
type Operation struct {
	Name   string
	Method string
	Path   string // the template, with the path of the server before it
	// Example is the response that the spec has an example of, or one made of the schema. It is nil when none can be made.
	Example *Response

	success     Response // without a body
	doc         document
	raw         any // the operation in doc
	inputs      []input
	route       *routers.Route
	anonymous   bool                  // requests may come without a signature
	query       map[string]queryParam // by name
	headers     map[string]bool       // by name, whether they are sensitive
	requestBody *openapi3.RequestBody // nil without a body
}

// Operation returns an operation by its name, nil when the spec has none.
func (s *Spec) Operation(name string) *Operation { return s.operations[name] }

// Operations returns all operations, sorted by name.
func (s *Spec) Operations() []*Operation {
	var all []*Operation
	for _, name := range slices.Sorted(maps.Keys(s.operations)) {
		all = append(all, s.operations[name])
	}
	return all
}

// Similar returns "; did you mean X?" when the name of an operation is close to a name.
func (s *Spec) Similar(name string) string {
	return spell.Hint(name, slices.Sorted(maps.Keys(s.operations)))
}

// Group returns the name of the group that the operation belongs to, its first tag; empty without one.
func (op *Operation) Group() string {
	if tags := op.route.Operation.Tags; len(tags) > 0 {
		return tags[0]
	}
	return ""
}

// Definition returns what the spec says of the operation, without what requests and responses are not compared with. Nobody may change it.
func (op *Operation) Definition() *openapi3.Operation { return op.route.Operation }

// Load reads an OpenAPI document without references to other files.
func Load(text []byte) (*Spec, error) {
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = false
	doc, err := loader.LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("load spec: %w", err)
	}
	exact, err := parseDocument(text)
	if err != nil {
		return nil, fmt.Errorf("load spec: %w", err)
	}
	if err := checkVersion(doc); err != nil {
		return nil, fmt.Errorf("load spec: %w", err)
	}
	cutHeirs(doc)
	nameVariants(doc)
	spec := &Spec{Version: doc.Info.Version, operations: make(map[string]*Operation)}
	var all []*Operation
	items := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(items)) {
		methods := items[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			op := newOperation(doc, exact, path, method)
			if other := spec.operations[op.Name]; other != nil {
				return nil, fmt.Errorf("load spec: %s %s: operation %s is defined twice, also for %s %s", method, path, op.Name, other.Method, other.Path)
			}
			spec.operations[op.Name] = op
			all = append(all, op)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("load spec: the document has no operation")
	}
	loosen(doc) // after the responses are made: they are to be what the spec says
	spec.router = newRouter(all)
	return spec, nil
}

// checkVersion refuses what is not a document that the generator takes, too.
func checkVersion(doc *openapi3.T) error {
	switch {
	case doc.OpenAPI == "":
		return errors.New(`the document does not say openapi: "3.0.3"; Swagger 2.0 has to be converted before`)
	case !strings.HasPrefix(doc.OpenAPI, "3."):
		return fmt.Errorf("OpenAPI %s is not supported, only 3.x", doc.OpenAPI)
	case doc.Info == nil || doc.Paths == nil:
		return errors.New("info or paths are missing")
	}
	return nil
}

func newOperation(doc *openapi3.T, exact document, path, method string) *Operation {
	item := doc.Paths.Value(path)
	def := item.GetOperation(method)
	rawItem := exact.at(exact["paths"], path)
	op := &Operation{
		doc:       exact,
		raw:       exact.at(rawItem, strings.ToLower(method)),
		Name:      cmp.Or(def.OperationID, goname.OperationID(method, path)),
		Method:    method,
		Path:      basePath(doc, item, def) + path,
		anonymous: isAnonymous(def),
		query:     make(map[string]queryParam),
		headers:   make(map[string]bool),
	}
	if def.RequestBody != nil && takesBody(method) {
		op.requestBody = def.RequestBody.Value
		complete(op.requestBody.Content)
	}
	// The validator sees all parameters as the operation's own: what is changed of them is not to be seen by other operations.
	own := *def
	own.Parameters = op.parameters(item.Parameters, def.Parameters)
	op.route = &routers.Route{Spec: doc, Path: path, PathItem: &openapi3.PathItem{}, Method: method, Operation: &own}
	for _, param := range exact.parameters(rawItem, op.raw) {
		op.inputs = append(op.inputs, exact.input(param, op))
	}
	op.respond(def)
	return op
}

// parameters notes the parameters of an operation and returns them for the validator.
func (op *Operation) parameters(ofItem, ofDef openapi3.Parameters) openapi3.Parameters {
	var out openapi3.Parameters
	for _, ref := range slices.Concat(ofItem, ofDef) {
		param := ref.Value
		complete(param.Content)
		if own := ofDef.GetByInAndName(param.In, param.Name); own != nil && own != param {
			continue
		}
		switch {
		case param.In == openapi3.ParameterInQuery:
			op.query[param.Name], param = newQueryParam(param)
		case param.In == openapi3.ParameterInHeader && isTransportHeader(param.Name):
			continue // OpenAPI says that they are ignored
		case param.In == openapi3.ParameterInHeader:
			op.headers[param.Name] = isSensitive(param.Extensions) || shapeOf(param.Schema).sensitive()
		}
		out = append(out, &openapi3.ParameterRef{Value: param})
	}
	return out
}

func isTransportHeader(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Accept", "Authorization", "Content-Type":
		return true
	}
	return false
}

// isAnonymous reports whether an operation can be called without credentials.
func isAnonymous(def *openapi3.Operation) bool {
	if def.Security == nil {
		return false
	}
	none := func(r openapi3.SecurityRequirement) bool { return len(r) == 0 }
	return len(*def.Security) == 0 || slices.ContainsFunc(*def.Security, none)
}

// basePath returns the path of the first server that an operation has, without a slash at the end.
func basePath(doc *openapi3.T, item *openapi3.PathItem, def *openapi3.Operation) string {
	servers := doc.Servers
	if len(item.Servers) > 0 {
		servers = item.Servers
	}
	if def.Servers != nil && len(*def.Servers) > 0 {
		servers = *def.Servers
	}
	if len(servers) == 0 || servers[0] == nil {
		return ""
	}
	text := servers[0].URL
	for name, variable := range servers[0].Variables {
		if name != "region" && variable != nil {
			text = strings.ReplaceAll(text, "{"+name+"}", variable.Default)
		}
	}
	if _, rest, absolute := strings.Cut(text, "://"); absolute {
		_, path, _ := strings.Cut(rest, "/")
		text = "/" + path
	}
	u, err := url.Parse(strings.ReplaceAll(text, "{region}", ""))
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	return strings.TrimRight(u.Path, "/")
}

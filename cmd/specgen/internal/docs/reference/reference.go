// Package reference gathers what the pages of an API reference say: it joins the
// document of a spec with the Go names that the generator gives, and makes plain data of
// both. It knows no HTML.
//
// It may import its sibling jsontext, the generator's load (with its subpackages) and model, kin-openapi,
// goldmark, go.yaml.in/yaml/v3 and the standard library.
package reference

// API is everything that the reference of a spec says. All lists have an order that
// depends on the spec alone.
type API struct {
	Title       string
	Version     string // of the API, such as 2015-12-15
	Description Text
	Package     string // package clause of the Go client, such as ack
	ImportPath  string // of the Go client; "" when it is not published
	Groups      []*Group
	Schemas     []*Schema // by name
	ErrorCodes  []ErrorCode
	Regions     []string
}

// Operations returns the operations of all groups, in their order.
func (a *API) Operations() []*Operation {
	var out []*Operation
	for _, g := range a.Groups {
		out = append(out, g.Operations...)
	}
	return out
}

// Group is a tag of the spec with its operations.
type Group struct {
	Name        string // such as NodePools
	Anchor      string // of the group on the front page
	Interface   string // in Go, such as NodePoolsAPI
	Description Text
	Operations  []*Operation // those that can be relied on come first
}

// ErrorCode is a code that errors of the service hold.
type ErrorCode struct {
	Code        string
	Anchor      string // on the page of the codes
	Go          string // name of the constant
	Description Text
}

// Operation is one operation of the API and the methods that Go has for it.
type Operation struct {
	ID          string // of the spec, which names the page
	Group       string // name of its group
	Method      string // GET, POST and so on
	Path        string // with the placeholders of the spec
	Summary     Text   // completes "This operation ..." and ends with a full stop
	Description Text
	Notice      Notice
	Since       string     // when it came, in words, such as "since v0.2.0"; "" when that is unknown
	Go          GoMethod   // the call itself
	More        []GoMethod // what ranges over pages and waits
	Parameters  []*Field   // in the path, the query and headers
	Body        *Body      // of the request; nil without one
	Responses   []Response // of success
	Errors      []Failure
	Paging      *Paging
	Waiting     []Wait // what can be waited for, its own task first
	Retry       Retry
	RAM         RAM
	Provenance  Provenance
}

// Page returns the address of the page of the operation, from the root of the site.
func (o *Operation) Page() string { return OperationPage(o.ID) }

// OperationPage returns the address of the page of an operation, from the root of the
// site.
func OperationPage(id string) string { return "operations/" + fileName(id) + ".html" }

// SchemaPage returns the address of the page of a schema, from the root of the site.
func SchemaPage(name string) string { return "schemas/" + fileName(name) + ".html" }

// GoMethod is a method of the Go client.
type GoMethod struct {
	Name      string // such as DescribeClusterNodesAll
	Signature string // from its parameters on, as in the package
	About     string // one sentence on what it does
}

// Status tells how far a thing can be relied on.
type Status string

// The states. The zero value is for what is stable.
const (
	Stable     Status = ""
	Deprecated Status = "deprecated"
	Legacy     Status = "legacy"
	Preview    Status = "preview"
	Removed    Status = "removed" // the provider's API has it no longer
)

// Notice tells how far a thing can be relied on, and what to do instead.
type Notice struct {
	Status Status
	Text   Text   // may be empty
	Since  string // when it came to be deprecated, in words; "" when that is unknown
}

// Type is a type on the wire. It reads Prefix, then Name, then Format in brackets.
type Type struct {
	Prefix string // such as "array of "; may be empty
	Name   string // of the schema, or the word of JSON: string, integer, object, any
	Format string // such as int64; may be empty
	Schema string // name of the schema that has a page; "" when there is none
}

// String returns the type as it reads.
func (t Type) String() string {
	if t.Format == "" {
		return t.Prefix + t.Name
	}
	return t.Prefix + t.Name + " (" + t.Format + ")"
}

// Field is a parameter, or a property of an object, with all that lies below it.
type Field struct {
	Name        string // on the wire
	Go          string // name of the Go field; "" when there is none
	GoType      string // as in the package, such as *int64; "" when there is none
	GoDoc       string // its anchor in the documentation of the package, such as Cluster.Name; "" when there is none
	Anchor      string // its id on the page
	In          string // path, query or header for a parameter, else ""
	Type        Type
	Required    bool
	Sensitive   bool // a secret, which prints as a mask
	Always      bool // every response has it
	Notice      Notice
	Since       string // when it came, in words; "" when it always was there
	Description Text
	Default     string   // as it would stand in JSON; "" without one
	Limits      []string // in words, such as "1 to 100"
	Absent      Text     // what it means that a response lacks it
	Enum        []Value
	Closed      bool   // the service refuses other values than those of Enum
	Example     string // as it would stand in JSON; "" without one
	// Fields are the properties of the object, or of the object that a list or map holds.
	Fields []*Field
	// Elsewhere says that the fields are left out, and that the page of the schema has
	// them: the object lies in one of its own kind, which is Recursive, or the page is
	// full.
	Elsewhere, Recursive bool
}

// Value is a known value of an enum.
type Value struct {
	Value string
	Go    string // name of the constant; "" when there is none
}

// Body is the body of a request or a response.
type Body struct {
	ContentType string
	Required    bool // of a request
	Type        Type
	Description Text
	Go          string // the Go field that takes the body as a whole; "" when its properties have fields of their own
	Fields      []*Field
	Examples    []Example
}

// Example is a value as the spec shows it.
type Example struct {
	Name    string // in the spec; "" for the only one
	Summary string
	Text    string // JSON with an indent of two spaces, or the text of another type
}

// Response is a response of success.
type Response struct {
	Status      string // 200 and so on
	Description Text
	Body        *Body // nil when there is none
}

// Failure is a response that tells of an error.
type Failure struct {
	Status      string // 404 and so on, or default
	Description Text
	Type        Type
	Examples    []Example
}

// Paging tells how the pages of a list are read.
type Paging struct {
	All, Pages  string // Go methods
	Style       string // number or token
	Page        string // parameter for the number or the token of the page
	Size        string // parameter for the size of a page; may be empty
	DefaultSize int64  // 0 is unknown
	MaxSize     int64  // 0 is unknown
	Items       string // path of the list in the response
	Total       string // path of the number of all items; may be empty
	Next        string // path of the token of the next page; may be empty
}

// Wait is something that a program can wait for with one method.
type Wait struct {
	Method    string // of the Go client, such as CreateClusterAndWait
	Task      bool   // it waits for the task that the operation starts
	Operation string // the operation that is asked again and again
	State     string // path of the state in its response
	Counts    bool   // it counts the items that are in a state
	Success   []string
	Failure   []string
	Pending   []string
	Gone      []string // error codes that end the wait well
	Delay     string   // the first pause, such as 5s; "" for that of the runtime
	MaxDelay  string   // the longest pause; "" for that of the runtime
}

// Retry is what the client does after an error: idempotent, token or unsafe, and in
// words.
type Retry struct {
	Class string
	Text  string
}

// RAM tells what a policy has to allow.
type RAM struct {
	Actions       []string // the operation's own first; empty when unknown
	Assumed       bool     // no source names the action
	ClusterScoped *bool    // nil when unknown
	Policy        string   // JSON of a policy that allows the actions; "" when they are unknown
}

// OfCluster reports whether a policy can limit the actions to single clusters, as far as
// that is known.
func (r RAM) OfCluster() bool { return r.ClusterScoped != nil && *r.ClusterScoped }

// Provenance tells where the facts come from.
type Provenance struct {
	Sources      []Source
	Decisions    []Decision
	Undocumented []Text
}

// Source is a document or a snapshot.
type Source struct {
	Name    string // key of sources.yaml
	Title   string
	Section string
	URL     string // https address; may be empty
	Date    string // of the page, such as 2026-04-04; may be empty
	Kind    string // document or snapshot
}

// Decision is what the spec does where the evidence disagrees or is silent.
type Decision struct {
	Text      Text
	Conflict  string // number of the contradiction, such as C27; may be empty
	Statement string // what the contradiction is
}

// Schema is a named schema.
type Schema struct {
	Name        string
	Go          string // name of the Go type; "" when it has none of its own
	Type        Type   // what it is on the wire: object, string, array of Tag
	Description Text
	Notice      Notice
	Since       string // when it came, in words; "" when it always was there
	Sensitive   bool
	Limits      []string
	Enum        []Value
	Closed      bool
	Example     string
	Fields      []*Field // anchors are the names on the wire
	Operations  []Use    // that send or receive it
	Schemas     []string // whose properties it is, by name
	Provenance  Provenance
}

// Page returns the address of the page of the schema, from the root of the site.
func (s *Schema) Page() string { return SchemaPage(s.Name) }

// Use is an operation that sends or receives a schema.
type Use struct {
	Operation string
	Request   bool
	Response  bool
}

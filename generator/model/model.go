// Package model describes an API as the emitters print it: plain data with final
// Go names. Package goapi fills it.
//
// It imports package time only, for durations. It holds no spec types, no Go
// source and no decisions.
package model

import "time"

// API is everything that goes into one generated package.
type API struct {
	Package    string // package clause of the client, such as "ack"
	ImportPath string // import path of the client package
	Source     string // base name of the spec file, for the header of every file
	Title      string // of the document, on one line
	Doc        string // package documentation
	Service    Service
	Groups     []*Group
	ErrorCodes []ErrorCode  // sorted by code
	Types      []*TypesFile // all types but requests and responses; the files are sorted by name
	Provenance []string     // comments that tell what the package is made of
}

// ErrorCode is a code that errors of the service hold.
type ErrorCode struct {
	Name string // of the constant
	Code string
	Doc  string
}

// TypesFile holds the types that lie in one file.
type TypesFile struct {
	Name    string // such as "nodepools_models_gen.go"
	Structs []*Struct
	Enums   []*Enum
}

// Service holds what requests of all operations have in common.
type Service struct {
	Name            string
	Version         string
	Endpoint        string // host name in which {region} stands for the region id
	VPCEndpoint     string // the same for callers inside of a VPC; may be empty
	CentralEndpoint string // host name for CentralRegions; may be empty
	CentralRegions  []string
	Regions         []string // all known regions, sorted
}

// Group is a set of operations with an interface of its own.
type Group struct {
	Name       string // Go name, such as "NodePools"
	Interface  string // such as "NodePoolsAPI"
	File       string // stem of its files, such as "nodepools"
	Doc        string
	Operations []*Operation
}

// Shape is the form of a response body. The values are the names of the
// runtime's constants without their prefix.
type Shape string

// The shapes of a response.
const (
	ShapeEmpty  Shape = "Empty"
	ShapeObject Shape = "Object"
	ShapeArray  Shape = "Array"
	ShapeMap    Shape = "Map"
	ShapeText   Shape = "Text"
	ShapeValue  Shape = "Value"
	ShapeStream Shape = "Stream"
)

// Operation is one method of the client.
type Operation struct {
	Name       string // method name
	Action     string // operation id of the spec, which is the name that the service knows
	Descriptor string // variable of type roa.Operation that describes it
	Caller     string // interface with this method alone
	Method     string // HTTP method
	Path       string // path template
	Summary    string // one sentence that begins with Name
	Doc        string
	Endpoint   string  // host name of this operation alone; may be empty
	Anonymous  bool    // sent without signature
	Params     []Param // path parameters in template order, then query and header parameters in spec order
	Body       Body
	Shape      Shape
	Always     []string // names of the members that every response has; "" is the body itself
	Needed     []string // JSON pointers of what Pager, Waiters and Task go by
	Result     string   // response field that takes the body; "" is the whole response
	Request    *Struct
	Response   *Struct
	Retry      Retry
	Token      *Field // field of the request that is filled with a client token; nil without one
	Pager      *Pager
	Waiters    []*Waiter
	Task       *Task
}

// Retry is the retry class of an operation. The values are the names of the
// runtime's constants without their prefix.
type Retry string

// The retry classes.
const (
	RetryUnsafe     Retry = "Unsafe"
	RetryToken      Retry = "Token"
	RetryIdempotent Retry = "Idempotent"
)

// Path leads from a struct through fields to a value.
type Path struct {
	Steps   []Step
	Type    Type   // of the value at the end, without pointer
	Pointer string // JSON pointer of the value
}

// Step is one field of a path.
type Step struct {
	Field   string
	Pointer bool
}

// Pager tells how to ask for the next page. Either Page or Token is set.
type Pager struct {
	Name    string // Go name of the exported variable
	All     string // method over items
	Pages   string // method over pages
	Item    Type
	Items   Path
	Page    string // request field for the number of the page
	Size    string // request field; may be empty
	Total   *Path  // nil when the response tells no total
	Token   string // request field for the token of the page
	Next    *Path  // the token of the next page
	MaxSize int64  // 0 is unknown

	DefaultSize  int64 // of a page when Size is not set; 0 is unknown
	RepeatedPage *Path // what the response repeats of the request; nil when it does not
	RepeatedSize *Path
}

// Waiter tells how to wait for a state that an operation reports.
type Waiter struct {
	Name          string // Go name of the exported variable
	Method        string
	Label         string // name of the wait, as in the spec
	State         Path
	Items         *Path // set when the states of a list are counted; State then starts at an item
	ID            *Path // what identifies an item, from the item on; nil when nothing does
	Success       []string
	Failure       []string
	Pending       []string
	Result        *Path // read in a state of Success; nil when the state alone tells success from failure
	FailedResults []string
	Gone          []string // codes that say that what is asked for is gone, which ends the wait well
	Delay         time.Duration
	MaxDelay      time.Duration
	TaskField     string // request field that takes the id of a task; "" for all but one waiter
	RepeatedTask  *Path  // where the response repeats that id; nil when it does not
	Stage         *Path  // Stage, Code and Message explain a failure
	Code          *Path
	Message       *Path
}

// Task tells how to wait for the task that an operation starts.
type Task struct {
	Name   string // Go name of the exported variable
	Method string // such as "CreateClusterAndWait"
	ID     Path   // in the response
	Waiter *Waiter
	Wait   *Operation // the operation of the waiter
}

// ParamKind tells how a parameter is sent.
type ParamKind string

// The kinds of parameters. The values are the names of the runtime's methods that
// send them.
const (
	ParamPath        ParamKind = "Path"
	ParamQuery       ParamKind = "Query"
	ParamQueryJSON   ParamKind = "QueryJSON"
	ParamQueryEach   ParamKind = "QueryEach"   // a list, one parameter for each item
	ParamQueryDeep   ParamKind = "QueryDeep"   // an object, as name[key]=value
	ParamQueryFields ParamKind = "QueryFields" // an object, as key=value
	ParamQueryFlat   ParamKind = "QueryFlat"   // anything, as name.key=value and name.1=value
	ParamHeader      ParamKind = "Header"
)

// Param binds a field of the request struct to a parameter on the wire.
type Param struct {
	Kind  ParamKind
	Wire  string
	Field string
}

// BodyKind tells how a request body is sent.
type BodyKind string

// The kinds of bodies. The values are the names of the runtime's methods that send
// them.
const (
	BodyNone     BodyKind = ""
	BodyJSON     BodyKind = "Body"
	BodyOptional BodyKind = "OptionalBody" // JSON that is left out when nothing is set
	BodyForm     BodyKind = "Form"
	BodyStream   BodyKind = "Stream"
)

// Body tells how the request body is sent and where it comes from.
type Body struct {
	Kind        BodyKind
	Field       string // "" sends the whole request struct
	ContentType string // "" is that of the kind
}

// Struct is a Go struct.
type Struct struct {
	Name   string
	Schema string // of the spec that it is made of; "" for requests and responses
	Doc    string
	Embeds string // struct of the package that is embedded before the fields; may be empty
	Fields []*Field
	Enums  []*Enum // enums that are written inline at its fields
	Copies []*Copy
}

// Copy is a method that copies a struct into one of another type, field by field.
type Copy struct {
	Method string
	Doc    string
	To     string // struct of the package
	Fields []CopiedField
}

// CopiedField tells how a field of the copy gets its value.
type CopiedField struct {
	To, From string // Go names
	How      CopyKind
	Through  string // the method that copies a struct, or the type to convert a text to
	Item     string // the type of the items that Through copies, for lists
}

// CopyKind is a way of copying a field.
type CopyKind string

// The ways of copying a field.
const (
	CopyAsIs          CopyKind = "as it is"
	CopyNonZero       CopyKind = "pointer to the value, nil when it is zero"
	CopyValue         CopyKind = "what a pointer leads to, or zero"
	CopyText          CopyKind = "text of another type"
	CopyNonZeroText   CopyKind = "pointer to a text of another type, nil when it is empty"
	CopyStruct        CopyKind = "copy of what a pointer leads to"
	CopyNonZeroStruct CopyKind = "copy of a struct, nil when it is zero"
	CopyIntoStruct    CopyKind = "value of a copy"
	CopyList          CopyKind = "list of copies"
)

// Field is a field of a struct.
type Field struct {
	Name   string
	Tag    string // content of the json tag
	Limits string // content of the roa tag: the parameter and the limits of its values; may be empty
	Doc    string
	Type   Type
}

// Kind is the form of a Go type.
type Kind string

// The kinds of types.
const (
	KindString   Kind = "string"
	KindBool     Kind = "bool"
	KindInt32    Kind = "int32"
	KindInt64    Kind = "int64"
	KindFloat64  Kind = "float64"
	KindAny      Kind = "any"
	KindBytes    Kind = "bytes"    // []byte
	KindJSON     Kind = "json"     // roa.JSON
	KindReader   Kind = "reader"   // roa.Reader
	KindStream   Kind = "stream"   // roa.ReadCloser
	KindTime     Kind = "time"     // time.Time
	KindSecret   Kind = "secret"   // roa.Secret
	KindMetadata Kind = "metadata" // roa.Metadata
	KindNamed    Kind = "named"    // a struct or enum of the package, called Name
	KindSlice    Kind = "slice"    // of Elem
	KindMap      Kind = "map"      // from string to Elem
)

// Type is a Go type.
type Type struct {
	Kind    Kind
	Name    string
	Elem    *Type
	Pointer bool
}

// Enum is a type with known values.
type Enum struct {
	Name   string
	Schema string // of the spec that it is made of; "" when a field declares it
	Kind   Kind   // KindString, KindInt32 or KindInt64
	Closed bool   // the service refuses other values
	Doc    string
	Values []EnumValue
}

// EnumValue is one known value and its constant.
type EnumValue struct {
	Name  string
	Value string // digits for integers
}

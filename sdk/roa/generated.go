package roa

// This file holds the types and helpers that only generated code needs, but for
// [Request] and the methods of [Client]. The package comment lists all of them.

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// SupportsGeneratedCode1 says that this runtime works with generated code of form 1.
// Such code names the constant, so that it does not compile with a runtime that it
// does not fit, and the compiler says why.
//
// When generated code comes to need something new of this package, that is a new form,
// with a constant of the next number beside this one. A constant goes when the code that
// names it would no longer work.
//
// For generated code: it is in the file doc_gen.go.
const SupportsGeneratedCode1 = true

// Service holds what is the same for every operation of an API. A value must
// not change once it was passed to [NewClient].
//
// For generated code: there is one value for each client package.
type Service struct {
	// Name is the short name that starts every error text, such as "ack".
	Name string
	// Version is the API version, such as "2015-12-15".
	Version string
	// Endpoint is the host name of the service with the place of the region
	// written as {region}, such as "cs.{region}.aliyuncs.com".
	Endpoint string
	// VPCEndpoint is the same for [WithVPC], such as
	// "cs-vpc.{region}.aliyuncs.com". It is empty when there is none.
	VPCEndpoint string
	// CentralEndpoint is the host name that serves every region, such as
	// "cs.aliyuncs.com". It is empty when there is none.
	CentralEndpoint string
	// CentralRegions are the regions that have no endpoint of their own, and
	// are served by CentralEndpoint.
	CentralRegions []string
}

// ResponseShape says what the body of a successful response is.
//
// For generated code: the facts of each [Operation] hold one.
type ResponseShape uint8

// The shapes of successful responses. An empty body is accepted for every one unless
// the operation always has a value.
const (
	// ResponseEmpty is a response without a body; one that comes is ignored.
	ResponseEmpty ResponseShape = iota
	// ResponseObject is a JSON object.
	ResponseObject
	// ResponseArray is a JSON array.
	ResponseArray
	// ResponseMap is a JSON object whose member names are data.
	ResponseMap
	// ResponseText is plain text, or one JSON string.
	ResponseText
	// ResponseValue is any JSON value. What it is stored in says which.
	ResponseValue
	// ResponseStream is a body of any media type that is handed on unread, in a
	// [ReadCloser], once its header has come: [Metadata] is filled by then. The caller closes
	// it. A context that ends before, and [CallTimeout], end the reading, too.
	// [WithMaxResponseSize] does not hold for it, and neither [CallCaptureBody] nor [WithDump] see
	// it. An error of the service is an [APIError] as always; a failure in the middle of
	// the body is one of its Read, and nothing is sent again.
	ResponseStream

	// responseRaw is a body that is kept as it is.
	responseRaw
)

// accept returns the media types of the responses of an operation. Errors are JSON
// whatever a success is.
func (s ResponseShape) accept() string {
	switch s {
	case ResponseText:
		return "text/plain, application/json;q=0.9"
	case ResponseStream:
		return "*/*"
	default:
		return "application/json"
	}
}

// Operation holds the fixed facts of one operation. It is shared and must not be
// changed.
//
// For generated code: there is one value for each operation.
type Operation struct {
	// Name is the operation id, which is also the action that is sent.
	Name string
	// Method is the HTTP method in upper case.
	Method string
	// Path is the path template with a leading slash, not escaped; {Name} stands
	// for a path parameter. A call with a template that holds an escape, a query,
	// an empty or a dot segment is an error.
	Path string
	// ContentType is the media type of the body. "", and a range of them such as */*, is that
	// of JSON, of a form or of bytes, by what the request has.
	ContentType string
	// Endpoint is the host name of the operation if it has one of its own, written like
	// that of [Service]. It goes before [WithVPC] and [WithCentralEndpoint], and
	// [WithEndpoint] before it.
	Endpoint string
	// Anonymous tells that the operation is sent without credentials and signature.
	Anonymous bool
	// Response is the shape of a successful response.
	Response ResponseShape
	// Retry says when the operation may be sent again.
	Retry RetryClass
	// Always are the names of the members that every successful response has. "" is
	// for a body that is never empty: an object has at least one known member then. A
	// response without one is a [DecodeError].
	Always []string
	// Needed are the JSON pointers of the members that pagers, waiters and tasks go
	// by. One that cannot be decoded is a [DecodeError] as well; any other is left
	// out and stands in [Metadata.Lost].
	Needed []string
}

// FormatState is [fmt.State].
//
// For generated code: it does without package fmt.
type FormatState = fmt.State

// NumberField is a field that holds a number, whatever its type is. [Number] makes one.
//
// For generated code: a [Pager] holds functions that return one, and so do pages of
// generated overrides.
type NumberField struct {
	field reflect.Value // can be set
}

// Number makes a [NumberField] of a pointer to a field, as in
// Number(&in.PageNumber). A field that is not a pointer itself is required, and its
// zero value means that it is not set. Some services want numbers as text.
//
// For generated code: pagers call it.
func Number[T string | int32 | int64 | *string | *int32 | *int64](field *T) NumberField {
	return NumberField{reflect.ValueOf(field).Elem()}
}

// Get returns the number, and whether there is one. The error is that of a text that is
// no number.
func (f NumberField) Get() (n int64, ok bool, err error) {
	if !f.field.IsValid() || f.field.IsZero() {
		return 0, false, nil
	}
	v := reflect.Indirect(f.field)
	if v.Kind() != reflect.String {
		return v.Int(), true, nil
	}
	if v.String() == "" {
		return 0, false, nil
	}
	n, err = strconv.ParseInt(v.String(), 10, 64)
	if err != nil {
		return 0, false, fmt.Errorf("%q is no number", oneline.Of(v.String(), maxShownCode))
	}
	return n, true, nil
}

// Set stores a number in a new value: the caller owns the one that was there. A number
// that the field has no room for is an error.
func (f NumberField) Set(n int64) error {
	if !f.field.IsValid() {
		return errPageNumber
	}
	v := f.field
	if v.Kind() == reflect.Pointer {
		v = reflect.New(f.field.Type().Elem()).Elem()
	}
	switch {
	case v.Kind() == reflect.String:
		v.SetString(strconv.FormatInt(n, 10))
	case v.OverflowInt(n):
		return errPageNumber
	default:
		v.SetInt(n)
	}
	if f.field.Kind() == reflect.Pointer {
		f.field.Set(v.Addr())
	}
	return nil
}

var errPageNumber = errors.New("page number is out of range")

// StateOf returns a state or an id as text: that of a string type as it is, of a
// number in decimal.
//
// For generated code: waiters call it.
func StateOf[T ~string | ~bool | ~int32 | ~int64 | ~float64](state T) string {
	return fmt.Sprint(state)
}

// TextsOf returns a text of every item, for [Waiter.States] and [Waiter.IDs].
//
// For generated code: waiters call it.
func TextsOf[Item any](items []Item, text func(*Item) string) []string {
	out := make([]string, len(items))
	for i := range items {
		out[i] = text(&items[i])
	}
	return out
}

// NonZero returns a pointer to a copy of v, or nil when v is the zero value of
// its type.
//
// For generated code: it makes an optional field of a request from a field of a
// response that is zero when it is absent.
func NonZero[T any](v T) *T {
	if reflect.ValueOf(&v).Elem().IsZero() {
		return nil
	}
	return &v
}

// CopyList returns the copies of all items. A nil list stays nil.
//
// For generated code: it makes lists of a request from those of a response.
func CopyList[From, To any](list []From, copyItem func(*From) *To) []To {
	if list == nil {
		return nil
	}
	out := make([]To, len(list))
	for i := range list {
		out[i] = *copyItem(&list[i])
	}
	return out
}

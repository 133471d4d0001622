package roa

import "net/http"

// Service holds what is the same for every operation of an API. A value must
// not change once it was passed to [NewClient].
type Service struct {
	// Name is the short name that starts every error text, such as "ack".
	Name string
	// Version is the API version, such as "2015-12-15".
	Version string
	// Endpoint is the host name of the service with the place of the region
	// written as {region}, such as "cs.{region}.aliyuncs.com".
	Endpoint string
}

// ResponseShape says what the body of a successful answer is.
type ResponseShape uint8

// The shapes of successful answers. An empty body is accepted for every one.
const (
	// ResponseEmpty is an answer without a body; one that comes is ignored.
	ResponseEmpty ResponseShape = iota
	// ResponseObject is a JSON object.
	ResponseObject
	// ResponseArray is a JSON array.
	ResponseArray
	// ResponseMap is a JSON object whose member names are data.
	ResponseMap
	// ResponseText is plain text, or one JSON string.
	ResponseText
)

// Operation holds the fixed facts of one operation. Generated code has one
// package-level value for each; it is shared and must not be changed.
type Operation struct {
	// Name is the operation id, which is also the action that is sent.
	Name string
	// Method is the HTTP method in upper case.
	Method string
	// Path is the path template; {Name} stands for a path parameter.
	Path string
	// Response is the shape of a successful answer.
	Response ResponseShape
}

// Metadata is what an answer holds beside its value.
type Metadata struct {
	// RequestID identifies the request in the service's logs. It is empty when
	// the service sent none.
	RequestID string
	// StatusCode is the HTTP status, such as 200.
	StatusCode int
	// Header holds the header fields of the answer.
	Header http.Header
}

package roa

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

// RetryClass says what happens when a request arrives twice, and with that
// when a client may send it again.
type RetryClass uint8

// The retry classes of operations.
const (
	// RetryUnsafe is an operation that would do its work twice. It is sent again
	// only when it is certain that nothing was done.
	RetryUnsafe RetryClass = iota
	// RetryToken is an operation whose request carries a client token, by
	// which the service recognizes a request that it has seen. Generated code fills
	// the token in, and every attempt carries the same one.
	RetryToken
	// RetryIdempotent is an operation that does the same when it is done twice.
	RetryIdempotent
)

// String returns the word that specs use for the class.
func (c RetryClass) String() string {
	switch c {
	case RetryUnsafe:
		return "unsafe"
	case RetryToken:
		return "token"
	case RetryIdempotent:
		return "idempotent"
	default:
		return "unknown retry class"
	}
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

	// responseRaw is a body that is kept as it is.
	responseRaw
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
	// Retry says when the operation may be sent again.
	Retry RetryClass
}

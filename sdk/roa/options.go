package roa

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// DefaultMaxResponseSize is the largest answer that a client reads unless
// [WithMaxResponseSize] says otherwise: 16 MiB.
const DefaultMaxResponseSize = 16 << 20

// Option configures a client. Later options win over earlier ones; mistakes are
// reported by [NewClient].
type Option func(*settings)

// settings are the options before they are checked.
type settings struct {
	region      string
	endpoint    string
	plainHTTP   bool
	credentials CredentialsProvider
	signature   Signature
	httpClient  *http.Client
	userAgent   string
	maxResponse int64
}

// WithRegion sets the region, such as "cn-beijing". It chooses the endpoint
// unless [WithEndpoint] does, and is sent with every request. Required unless
// there is an endpoint.
func WithRegion(region string) Option { return func(s *settings) { s.region = region } }

// WithEndpoint sends requests to this host, written as "host", "host:port" or
// "https://host:port". A path, a query or a user is an error.
func WithEndpoint(endpoint string) Option { return func(s *settings) { s.endpoint = endpoint } }

// WithPlainHTTP allows an endpoint that starts with http://. Anyone on the way
// can then read the requests; it is for tests and for proxies on this machine.
func WithPlainHTTP() Option { return func(s *settings) { s.plainHTTP = true } }

// WithCredentials sets where credentials come from. Required.
func WithCredentials(p CredentialsProvider) Option { return func(s *settings) { s.credentials = p } }

// WithSignature chooses the signature algorithm. The default is
// [ACS3HMACSHA256].
func WithSignature(sig Signature) Option { return func(s *settings) { s.signature = sig } }

// WithHTTPClient sends requests through a copy of this client, keeping its
// transport, timeout and cookies. Redirects are not followed, whatever it says about
// them. The default is a client with connections of its own, proxies as
// in net/http, and time limits for connecting and for the first byte of an answer.
func WithHTTPClient(c *http.Client) Option { return func(s *settings) { s.httpClient = c } }

// WithUserAgent adds a text, such as "myprogram/1.2", to the User-Agent header.
func WithUserAgent(suffix string) Option { return func(s *settings) { s.userAgent = suffix } }

// WithMaxResponseSize sets the largest answer that is read, in bytes after
// decompression. A larger one is an [ErrResponseTooLarge]. The default is
// [DefaultMaxResponseSize]; zero and less mean the default.
func WithMaxResponseSize(bytes int64) Option { return func(s *settings) { s.maxResponse = bytes } }

// CallOption changes a single call. It is plain data, so that options can be
// compared in tests. The zero value changes nothing.
type CallOption struct {
	kind  callKind
	name  string
	value string
	delay time.Duration
}

type callKind uint8

const (
	callNothing callKind = iota
	callTimeout
	callHeader
	callQuery
)

// CallTimeout limits the whole call, with everything that happens in it.
// Zero and less mean no limit beside the context's.
func CallTimeout(d time.Duration) CallOption { return CallOption{kind: callTimeout, delay: d} }

// CallHeader sends one more header field; X-Acs- fields are signed. Fields that
// the signature or the connection defines, such as Authorization and Host, are
// an error.
func CallHeader(name, value string) CallOption {
	return CallOption{kind: callHeader, name: name, value: value}
}

// CallQuery sends one more query parameter. It replaces one of the operation
// that has the same name.
func CallQuery(name, value string) CallOption {
	return CallOption{kind: callQuery, name: name, value: value}
}

// String describes the option without its value, which may be a secret.
func (o CallOption) String() string {
	switch o.kind {
	case callTimeout:
		return "CallTimeout(" + o.delay.String() + ")"
	case callHeader:
		return "CallHeader(" + strconv.Quote(o.name) + ")"
	case callQuery:
		return "CallQuery(" + strconv.Quote(o.name) + ")"
	default:
		return "CallOption{}"
	}
}

// GoString returns the same as String.
func (o CallOption) GoString() string { return o.String() }

// Format writes the same as String whatever the verb is.
func (o CallOption) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(o.String())) }

// callSettings are the options of one call.
type callSettings struct {
	timeout time.Duration
	header  []headerPair
}

// applyCallOptions returns the settings of a call, and puts query parameters
// into its request.
func applyCallOptions(req *Request, opts []CallOption) (call callSettings, err error) {
	for _, o := range opts {
		switch o.kind {
		case callTimeout:
			call.timeout = o.delay
		case callQuery:
			if o.name == "" {
				return call, paramError("query", o.name, "has no name")
			}
			req.query = setQuery(req.query, o.name, o.value)
		case callHeader:
			key := canonicalHeader(o.name)
			switch {
			case key == "":
				return call, fmt.Errorf("header %q is not a header name", o.name)
			case ownedHeaders[key]:
				return call, fmt.Errorf("header %s is set by the client", key)
			case !validHeaderValue(o.value):
				return call, fmt.Errorf("header %s has a value that cannot be sent", key)
			}
			call.header = append(call.header, headerPair{key, o.value})
		case callNothing:
		}
	}
	return call, nil
}

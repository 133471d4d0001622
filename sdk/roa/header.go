package roa

import (
	"net/http"
	"net/textproto"
)

// Canonical keys of the fields that signing sets.
const (
	keyAuthorization    = "Authorization"
	keyDate             = "Date"
	keyAcsAccessKeyID   = "X-Acs-Accesskey-Id"
	keyAcsAction        = "X-Acs-Action"
	keyAcsContentSHA256 = "X-Acs-Content-Sha256"
	keyAcsDate          = "X-Acs-Date"
	keyAcsNonce         = "X-Acs-Signature-Nonce"
	keyAcsRegionID      = "X-Acs-Region-Id"
	keyAcsSignMethod    = "X-Acs-Signature-Method"
	keyAcsSignVersion   = "X-Acs-Signature-Version"
	keyAcsToken         = "X-Acs-Security-Token" //nolint:gosec // a header name
	keyAcsVersion       = "X-Acs-Version"
)

// Canonical keys of the fields that say what is sent and wanted.
const (
	keyAccept      = "Accept"
	keyContentType = "Content-Type"
	keyUserAgent   = "User-Agent"
)

// keyRequestID is the canonical key of the id that the service gives a request.
const keyRequestID = "X-Acs-Request-Id"

// Canonical keys of the fields that ask for a wait.
const (
	keyRetryAfter  = "Retry-After"
	keyRateUserAPI = "X-Ratelimit-User-Api"
	keyRateUser    = "X-Ratelimit-User"
)

// headerPair is one field.
type headerPair struct{ name, value string }

// headerFields fills a header whose keys are canonical already. The values of
// all fields lie in one array, which saves an allocation for each.
type headerFields struct {
	header http.Header
	values []string
}

// newHeaderFields fills the given header, with room for so many fields.
func newHeaderFields(h http.Header, room int) *headerFields {
	if h == nil {
		h = make(http.Header, room)
	}
	return &headerFields{header: h, values: make([]string, 0, room)}
}

// set sets a field. The capacity of its value list is one, so that appending
// to it cannot touch another field.
func (f *headerFields) set(key, value string) {
	n := len(f.values)
	f.values = append(f.values, value)
	f.header[key] = f.values[n : n+1 : n+1]
}

// Why a caller cannot set a field.
const (
	bySignature  = "the signature sets it"
	byConnection = "it belongs to the connection, which net/http manages"
	byRepeating  = "net/http takes it for leave to send the request again, which the service knows nothing of"
	byUnpacking  = "the response would no longer be unpacked"
)

// ownedHeaders are the fields that a caller cannot set, with the reason and what to
// do instead.
var ownedHeaders = map[string]string{
	keyAuthorization: bySignature, keyDate: bySignature, keyAcsAccessKeyID: bySignature, keyAcsAction: bySignature,
	keyAcsContentSHA256: bySignature, keyAcsDate: bySignature, keyAcsNonce: bySignature, keyAcsSignMethod: bySignature,
	keyAcsSignVersion: bySignature, keyAcsToken: bySignature, keyAcsVersion: bySignature,

	"Host": byConnection, "Connection": byConnection, "Content-Length": byConnection, "Expect": byConnection, "Http2-Settings": byConnection,
	"Keep-Alive": byConnection, "Proxy-Authorization": byConnection, "Proxy-Connection": byConnection, "Te": byConnection,
	"Trailer": byConnection, "Transfer-Encoding": byConnection, "Upgrade": byConnection,

	"Idempotency-Key": byRepeating, "X-Idempotency-Key": byRepeating,
	"Accept-Encoding": byUnpacking, "Range": byUnpacking,

	keyAccept:      "it names what the response is declared as; only Client.Call can choose it",
	keyContentType: "the body is JSON; only Client.Call can send another",
	keyUserAgent:   "use WithUserAgent",
	keyAcsRegionID: "use WithRegion or InRegion",
}

// canonicalHeader returns the canonical spelling of a field name, or "" when it
// is not a name.
func canonicalHeader(name string) string {
	if name == "" {
		return ""
	}
	for i := range len(name) {
		if c := name[i]; !unreserved[c] && c != '!' && c != '#' && c != '$' && c != '%' && c != '&' && c != '\'' &&
			c != '*' && c != '+' && c != '^' && c != '`' && c != '|' {
			return ""
		}
	}
	return textproto.CanonicalMIMEHeaderKey(name)
}

// validHeaderValue reports whether a value can be sent in a header.
func validHeaderValue(value string) bool {
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

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
	if n == cap(f.values) {
		f.header[key] = []string{value}
		return
	}
	f.values = append(f.values, value)
	f.header[key] = f.values[n : n+1 : n+1]
}

// ownedHeaders are the fields that a caller cannot set: the signature, the
// transport or the operation defines them, or net/http takes them for leave to
// send a request again, which the service knows nothing of.
var ownedHeaders = map[string]bool{
	keyAuthorization: true, keyDate: true, "Host": true, "Content-Length": true, "Transfer-Encoding": true,
	"Connection": true, "Trailer": true, "Upgrade": true, "Idempotency-Key": true, "X-Idempotency-Key": true,
	keyAcsAccessKeyID: true, keyAcsAction: true, keyAcsContentSHA256: true, keyAcsDate: true, keyAcsNonce: true,
	keyAcsSignMethod: true, keyAcsSignVersion: true, keyAcsToken: true, keyAcsVersion: true,
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

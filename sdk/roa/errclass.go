package roa

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
)

// codeClasses holds the codes whose class neither a pattern nor, for certain,
// the status tells. Keys are in lower case.
var codeClasses = map[string]error{
	// The service is busy or broken: other ACK programs retry on these codes
	// whatever the status is.
	"serviceunavailable": ErrServer,
	"internalerror":      ErrServer,

	// Something that still uses the resource is in the way of a deletion.
	"dependencyviolation.resource": ErrConflict,
	// The product was opened before; comes with status 500.
	"order.opend": ErrConflict,

	// Responses of ACK's diagnosis about a missing RAM policy.
	"no_ram_policy_auth": ErrForbidden,

	// The gateway, which all products share, could not tell who is calling. It
	// responds so with status 400.
	"missingaccesskeyid":    ErrUnauthenticated,
	"missingsecuritytoken":  ErrUnauthenticated,
	"signaturedoesnotmatch": ErrUnauthenticated,
	"incompletesignature":   ErrUnauthenticated,
	"signaturenonceused":    ErrUnauthenticated,

	// The gateway found the request wrong. NotFound is about the operation here,
	// and must not look like a resource that is gone.
	"missingparameter":       ErrInvalid,
	"invalidparameter":       ErrInvalid,
	"invalidapi.notfound":    ErrInvalid,
	"invalidaction.notfound": ErrInvalid,
	"invalidversion":         ErrInvalid,
}

// codePatterns are tried in this order on codes that codeClasses does not hold.
// The text must be in lower case.
var codePatterns = []struct {
	match func(code, text string) bool
	text  string
	class error
}{
	// Throttling, Throttling.User, Throttling.Api, Rejected.Throttling: products differ.
	{strings.Contains, "throttling", ErrThrottled},
	// Before NotFound: InvalidAccessKeyId.NotFound is about the caller.
	{strings.HasPrefix, "invalidsecuritytoken", ErrUnauthenticated},
	{strings.HasPrefix, "invalidaccesskeyid", ErrUnauthenticated},
	{strings.HasPrefix, "invalidtimestamp", ErrUnauthenticated},
	{strings.HasPrefix, "invalidaccount", ErrUnauthenticated},
	{strings.HasPrefix, "invaliduser.", ErrUnauthenticated},
	// A role that the service needs to act for the caller is missing.
	{strings.HasPrefix, "entitynotexist.role", ErrForbidden},
	// The same: InvalidRegionId.NotFound and its like are about the endpoint.
	{strings.HasPrefix, "invalidregion", ErrInvalid},
	{strings.HasPrefix, "invalidproduct", ErrInvalid},
	{strings.HasPrefix, "invaliddomain", ErrInvalid},
	// Forbidden, Forbidden.RAM, ForbiddenGrantPermissions.
	{strings.HasPrefix, "forbidden", ErrForbidden},
	// ErrorClusterNotFound, AddonNotFound, Cluster.NotFound, CLUSTER_NOT_FOUND;
	// some come with status 400.
	{strings.HasSuffix, "notfound", ErrNotFound},
	{strings.HasSuffix, "not_found", ErrNotFound},
	// ErrAuthorizationConflict.
	{strings.HasSuffix, "conflict", ErrConflict},
	// ErrorClusterNameAlreadyExist, and the spelling with an s.
	{strings.HasSuffix, "alreadyexist", ErrConflict},
	{strings.HasSuffix, "alreadyexists", ErrConflict},
}

// The codes that decide about another attempt, in lower case. All other codes are
// judged by the class of the error: throttled and server errors pass, the rest
// does not.
var (
	// transientCodes are worth another attempt although their class is not. Something
	// may have been done.
	transientCodes = map[string]bool{
		// Another change of the same permissions was under way.
		"errauthorizationconflict": true,
		// net/http sends a GET again by itself, with the nonce it has, when a
		// connection turns out to be dead. A service that had seen the first copy responds so.
		"signaturenonceused": true,
	}
	// clockCodes say that the time of the request is too far from that of the
	// service. Nothing was done.
	clockCodes = map[string]bool{
		"invalidtimestamp.expired": true,
	}
)

// statusClientClosed is what nginx says when its client hung up, which is a proxy
// where the caller did not.
const statusClientClosed = 499

// bearable reports whether a wait goes on: a poll that comes later may end otherwise.
func (e *APIError) bearable() bool {
	return e.transient() || e.class() == nil && e.StatusCode == statusClientClosed
}

// transient reports whether the same request may end otherwise later.
func (e *APIError) transient() bool {
	code := strings.ToLower(e.Code)
	switch e.class() {
	case ErrThrottled: //nolint:errorlint // class returns sentinels
		return true
	case ErrServer:
		return transientStatuses[e.StatusCode] || codeClasses[code] == ErrServer //nolint:errorlint // holds sentinels
	case nil:
		return transientStatuses[e.StatusCode]
	default:
		return transientCodes[code]
	}
}

// clock reports whether the error is about the time of the request.
func (e *APIError) clock() bool { return clockCodes[strings.ToLower(e.Code)] }

// messageClasses are parts of messages, in lower case, that come with codes of
// no meaning.
var messageClasses = []struct {
	part  string
	class error
}{
	{"qps limit exceeded", ErrThrottled},
}

// statusClasses is for codes that nobody knows.
var statusClasses = map[int]error{
	http.StatusBadRequest:           ErrInvalid,
	http.StatusUnauthorized:         ErrUnauthenticated,
	http.StatusForbidden:            ErrForbidden,
	http.StatusNotFound:             ErrNotFound,
	http.StatusMethodNotAllowed:     ErrInvalid,
	http.StatusConflict:             ErrConflict,
	http.StatusGone:                 ErrNotFound,
	http.StatusPreconditionFailed:   ErrConflict,
	http.StatusUnsupportedMediaType: ErrInvalid,
	http.StatusUnprocessableEntity:  ErrInvalid,
	http.StatusTooManyRequests:      ErrThrottled,
}

// class returns the class of the error, or nil when it has none, as a redirect.
func (e *APIError) class() error {
	if e.StatusCode == http.StatusProxyAuthRequired {
		return nil // whatever its code is, it is that of a proxy
	}
	code := strings.ToLower(e.Code)
	if class, ok := codeClasses[code]; ok {
		return class
	}
	if class := patternClass(code); class != nil && (class != ErrNotFound || e.fromService()) { //nolint:errorlint // holds sentinels
		return class
	}
	message := strings.ToLower(e.Message)
	for _, m := range messageClasses {
		if strings.Contains(message, m.part) {
			return m.class
		}
	}
	if e.StatusCode >= http.StatusInternalServerError {
		return ErrServer
	}
	class := statusClasses[e.StatusCode]
	if class == ErrNotFound && !e.fromService() { //nolint:errorlint // holds sentinels
		// A proxy, an ingress or a web server has not found it, and whoever deletes
		// something must not take that for its end.
		return nil
	}
	return class
}

// fromService reports whether the error has the form of the service's own: JSON with
// a code. A request id proves nothing, as proxies send back what they get.
func (e *APIError) fromService() bool {
	body := bytes.TrimSpace(withoutMark(e.Body))
	return e.Code != "" && e.StatusCode != http.StatusProxyAuthRequired && (len(body) == 0 || body[0] == '{')
}

// patternClass returns the class that a pattern has for a code, or nil.
func patternClass(code string) error {
	for _, p := range codePatterns {
		if p.match(code, p.text) {
			return p.class
		}
	}
	return nil
}

// Is reports whether target is the class or the [Code] of the error.
func (e *APIError) Is(target error) bool {
	if code, ok := target.(Code); ok {
		return strings.EqualFold(e.Code, string(code))
	}
	return e.class() == target
}

// ErrorClass returns a word for the class of an error, of which there are few,
// so that it can label a metric: not_found, throttled, conflict, forbidden,
// unauthenticated, invalid (also a [ValidationError]), server and status (any other
// response); canceled and timeout; connection (no response, or a part of one, as of
// JSON that is cut off) and tls (the server's certificate); too_large and decode (a
// response that cannot be used); other, such as a request that could not be made, want
// of credentials or a failed task; and "" for nil.
func ErrorClass(err error) string {
	if waitErr, ok := errors.AsType[*WaitError](err); ok {
		err = waitErr.Err
	}
	if retryErr, ok := errors.AsType[*RetryError](err); ok {
		err = retryErr.Err
	}
	if err == nil {
		return ""
	}
	for i := range classNames {
		if errors.Is(err, classNames[i].class) {
			return classNames[i].name
		}
	}
	if _, ok := errors.AsType[*APIError](err); ok {
		return "status"
	}
	return otherClass(err)
}

// classNames are the words for the classes of errors.
var classNames = []struct {
	class error
	name  string
}{
	{ErrNotFound, "not_found"},
	{ErrThrottled, "throttled"},
	{ErrConflict, "conflict"},
	{ErrForbidden, "forbidden"},
	{ErrUnauthenticated, "unauthenticated"},
	{ErrInvalid, "invalid"},
	{ErrServer, "server"},
}

func otherClass(err error) string {
	var timeout net.Error
	_, isDecode := errors.AsType[*DecodeError](err)
	_, isTransport := errors.AsType[*transportError](err)
	_, isRead := errors.AsType[*readError](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, ErrResponseTooLarge):
		return "too_large"
	case isDecode && errors.Is(err, io.ErrUnexpectedEOF):
		return "connection"
	case isDecode:
		return "decode"
	case proxyRefuses(err):
		return "status"
	case isTransport && lasting(err):
		return "tls"
	case isTransport, isRead:
		return "connection"
	default:
		return "other"
	}
}

// lasting reports whether an error of the transport stays until someone
// repairs a configuration.
func lasting(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch)
}

package credentials

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// Texts of credentials-go begin with these. What follows may hold a response or a
// URL with a signature, and is not shown.
var knownCauses = []struct {
	prefix string
	err    error
}{
	{"IMDS credentials is disabled", errors.New("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")},
	{"refresh RoleArn sts token err", errIncomplete},
	{"get oidc sts token err", errIncomplete},
	{"refresh Ecs sts token err, ", errIncomplete},
	{"get session token from sso failed, ", errIncomplete},
	{"get session token from OAuth failed, ", errIncomplete},
	{"get refresh token from OAuth failed, ", errIncomplete},
	{"failed to refresh token from OAuth", errIncomplete},
	{"refresh session token err, ", errIncomplete},
	{"refresh session token failed: ", errRefused},
	{"get session token ", errRefused},
}

var (
	errRefused = errors.New("the service refused")
	errUnknown = errors.New("it failed; the reason is not shown, as it may hold a secret")
)

var (
	statusText = regexp.MustCompile(`(?:httpStatus: |status code: |/security-credentials/ )(\d{3})\b`)
	codeText   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,99}$`)
	idText     = regexp.MustCompile(`^[A-Fa-f0-9-]{8,64}$`)
)

// cause returns an error that says as much about a failure of credentials-go as
// can be said without showing secrets.
func cause(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return unreachable(u.Err)
	}
	if _, ok := errors.AsType[*time.ParseError](err); ok {
		return errExpiration
	}
	text := err.Error()
	if m := statusText.FindStringSubmatch(text); m != nil {
		status, _ := strconv.Atoi(m[1]) // three digits
		return refusal(status, nil)
	}
	if at := strings.IndexByte(text, '{'); at >= 0 {
		if refused := refusal(0, []byte(text[at:])); refused.code != "" {
			return refused
		}
	}
	for _, k := range knownCauses {
		if strings.HasPrefix(text, k.prefix) {
			return k.err
		}
	}
	if isNetworkText(text) {
		return &networkError{errors.New("no connection")}
	}
	return errUnknown
}

// shortestSecret is the length from which a text is looked for in errors.
const shortestSecret = 8

// withhold returns an error that says nothing when the error holds one of the secrets that a
// service was sent: it may say them back, as a code or as the host of a redirect.
func withhold(err error, secrets ...string) error {
	if err == nil {
		return nil
	}
	text := strings.ToLower(err.Error())
	for _, secret := range secrets {
		if len(secret) >= shortestSecret && strings.Contains(text, strings.ToLower(secret)) {
			return errUnknown
		}
	}
	return err
}

// secretsOf returns what may be secret in a URL: its password and the values of its query.
func secretsOf(u *url.URL) []string {
	password, _ := u.User.Password()
	secrets := []string{password}
	for _, values := range u.Query() {
		secrets = append(secrets, values...)
	}
	return secrets
}

// refusal reads the code and the request id of a response. Its message is left out: that of a
// wrong signature holds the token.
func refusal(status int, body []byte) *statusError {
	refused := &statusError{status: status}
	var said struct {
		Code, ErrorCode trimmed
		OAuth           trimmed `json:"error"`
		RequestID       trimmed `json:"RequestId"`
	}
	if decode(body, &said) != nil {
		return refused
	}
	if code := string(cmp.Or(said.Code, said.ErrorCode, said.OAuth)); codeText.MatchString(code) {
		refused.code = code
	}
	if idText.MatchString(string(said.RequestID)) {
		refused.requestID = string(said.RequestID)
	}
	return refused
}

// statusError is a response that refuses. credentials-go drops some statuses, which are 0 then.
type statusError struct {
	status          int
	code, requestID string
}

func (e *statusError) Error() string {
	var said []string
	if e.status != 0 {
		said = append(said, "status "+strconv.Itoa(e.status))
	}
	if e.code != "" {
		said = append(said, "code "+e.code)
	}
	if e.requestID != "" {
		said = append(said, "request id "+e.requestID)
	}
	return "the service responded with " + strings.Join(said, ", ")
}

// networkError is a failure to reach the service.
type networkError struct{ err error }

// unreachable makes a networkError of what is safe to show: the text of a url.Error has the
// URL, which may have a signature, and others have a part of the response.
func unreachable(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return &networkError{op}
	}
	if certificate, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &networkError{certificate}
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF, http.ErrSchemeMismatch} {
		if errors.Is(err, known) {
			return &networkError{known}
		}
	}
	return &networkError{errors.New("the response is not one of HTTP")}
}

func (e *networkError) Error() string { return "reach the service: " + oneline.Of(e.err.Error(), 200) }

func (e *networkError) Unwrap() error { return e.err }

// isNetworkText finds network errors that credentials-go made a text of.
func isNetworkText(text string) bool {
	for _, s := range []string{"dial tcp", "i/o timeout", "Client.Timeout", "context deadline exceeded", "connection re", "EOF", "no such host"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

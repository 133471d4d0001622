package credentials

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
)

const noSuchProfile = "the file has no such profile"

// Texts of credentials-go begin with these. What follows may hold a response, a
// file or a URL with a signature, and is not shown.
var knownCauses = []struct{ prefix, text string }{
	{"ERROR: Can not load section", noSuchProfile},
	{"ERROR: Can not find credential type", "the profile has no type"},
	{"ERROR: Failed to get value", "the profile lacks a key that its type needs"},
	{"ERROR: Value can't be empty", "the profile has an empty value"},
	{"ERROR: Failed to get credential", "the profile has an unknown type"},
	{"ERROR: Can not open file", "the file cannot be read or is not an INI file"},
	{"IMDS credentials is disabled", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true"},
	{"CloudSSO access token is empty", "the CLI is not logged in"},
	{"refresh RoleArn sts token err", "the response of STS is incomplete"},
	{"get oidc sts token err", "the response of STS is incomplete"},
	{"refresh Ecs sts token err, ", "the response of the metadata service is incomplete"},
	{"refresh session token failed: ", "STS refused"},
	{"get session token failed: ", "STS refused"},
	{"get credentials from ", "the response is not the JSON of credentials"},
	{"refresh credentials from ", "the response is incomplete"},
	{"the access token is expired", "the login of the CLI has expired"},
}

var (
	statusText = regexp.MustCompile(`(?:httpStatus: |\.aliyuncs\.com|/security-credentials/ )(\d{3})\b`)
	codeText   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,99}$`)
	idText     = regexp.MustCompile(`^[A-Fa-f0-9-]{8,64}$`)
)

var errUnknown = errors.New("it failed; the reason is not shown, as it may hold a secret")

// cause returns an error that says as much about a failure of credentials-go as
// can be said without showing secrets.
func cause(err error) error {
	if own, ok := errors.AsType[*sourceError](err); ok {
		return own.error
	}
	// The text of a url.Error has the URL, and the URL has the signature.
	if u, ok := errors.AsType[*url.Error](err); ok {
		return &networkError{u.Err}
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p
	}
	text := err.Error()
	if refused := refusal(text); refused != nil {
		return refused
	}
	if m := statusText.FindStringSubmatch(text); m != nil {
		return &statusError{m[1]}
	}
	for _, k := range knownCauses {
		if strings.HasPrefix(text, k.prefix) {
			return errors.New(k.text)
		}
	}
	if isNetworkText(text) {
		return &networkError{errors.New("no connection")}
	}
	return errUnknown
}

// refusal reads the error of the service that a text ends with. Its message is left
// out: that of a wrong signature holds the token.
func refusal(text string) error {
	at := strings.Index(text, "{")
	if at < 0 {
		return nil
	}
	var response struct {
		Code      string `json:"Code"`
		RequestID string `json:"RequestId"`
	}
	if json.Unmarshal([]byte(text[at:]), &response) != nil || !codeText.MatchString(response.Code) {
		return nil
	}
	if idText.MatchString(response.RequestID) {
		return errors.New("the service responded with " + response.Code + ", request id " + response.RequestID)
	}
	return errors.New("the service responded with " + response.Code)
}

// networkError is a failure to reach the service.
type networkError struct{ err error }

func (e *networkError) Error() string { return "reach the service: " + e.err.Error() }

func (e *networkError) Unwrap() error { return e.err }

// statusError is a response with a status other than 200 and no known error in it.
type statusError struct{ status string }

func (e *statusError) Error() string { return "the service responded with status " + e.status }

// isNetworkText finds network errors that credentials-go made a text of.
func isNetworkText(text string) bool {
	for _, s := range []string{"dial tcp", "i/o timeout", "Client.Timeout", "context deadline exceeded", "connection re", "EOF", "no such host"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

package gateway

import (
	"crypto/md5" //nolint:gosec // Content-MD5 is a checksum of the HTTP standard, not a protection.
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

const (
	acs3Algorithm = "ACS3-HMAC-SHA256"
	roaAlgorithm  = "acs"

	// clockWindow is how far the date of a request may be from the clock of the server, in both directions.
	clockWindow = 15 * time.Minute
)

// A Credential is an AccessKey the server knows. With a token it is a temporary one, and requests must carry the token.
type Credential struct {
	ID, Secret, Token string
}

// A Verifier decides whether a request was signed by someone it knows. It is safe for concurrent use.
type Verifier struct {
	credentials map[string]Credential
	version     string // the API version requests must name
	now         func() time.Time

	mu     sync.Mutex
	nonces map[string]time.Time // access key id and nonce -> when the request's date leaves the window
	swept  time.Time
}

// NewVerifier makes a verifier that knows credentials and one version of the API, and judges dates by a clock.
func NewVerifier(credentials []Credential, version string, now func() time.Time) *Verifier {
	v := &Verifier{credentials: make(map[string]Credential), version: version, now: now, nonces: make(map[string]time.Time)}
	for _, c := range credentials {
		v.credentials[c.ID] = c
	}
	return v
}

// An authorization is a parsed Authorization header.
type authorization struct {
	algorithm     string
	id            string
	signature     string
	signedHeaders []string // ACS3 only
}

// verify returns who signed a request, when it is signed right for the operation named action. A nonce counts as used only after everything
// else was right.
func (v *Verifier) verify(q *received, action string) (Caller, *fault.Fault) {
	auth, f := parseAuthorization(q.header)
	if f != nil {
		return Caller{}, f
	}
	if f := v.check(q, action, auth); f != nil {
		return Caller{}, f
	}
	return Caller{AccessKeyID: auth.id}, nil
}

func (v *Verifier) check(q *received, action string, auth authorization) *fault.Fault {
	cred, ok := v.credentials[auth.id]
	if !ok {
		return fault.New(http.StatusNotFound, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
	}
	if f := checkHeaders(q, auth); f != nil {
		return f
	}
	if f := v.checkTarget(q, action); f != nil {
		return f
	}
	date, f := v.checkDate(q, auth)
	if f != nil {
		return f
	}
	if f := checkContent(q); f != nil {
		return f
	}
	if f := checkToken(q, cred); f != nil {
		return f
	}
	if f := checkSignature(q, auth, cred); f != nil {
		return f
	}
	return v.useNonce(auth.id, q.value("x-acs-signature-nonce"), date)
}

func parseAuthorization(header http.Header) (authorization, *fault.Fault) {
	values := header.Values("Authorization")
	if len(values) == 0 || values[0] == "" {
		return authorization{}, fault.BadRequest("MissingAccessKeyId", "The request has no Authorization header.")
	}
	scheme, rest, _ := strings.Cut(values[0], " ")
	switch {
	case len(values) > 1:
		return authorization{}, incomplete("the request has more than one Authorization header")
	case scheme == roaAlgorithm:
		id, signature, ok := strings.Cut(rest, ":")
		if !ok || id == "" || signature == "" {
			return authorization{}, incomplete("the Authorization header must be: acs <AccessKeyId>:<Signature>")
		}
		return authorization{algorithm: roaAlgorithm, id: id, signature: signature}, nil
	case scheme == acs3Algorithm:
		return parseACS3(rest)
	default:
		return authorization{}, incomplete("the Authorization header must start with acs or " + acs3Algorithm)
	}
}

func parseACS3(text string) (authorization, *fault.Fault) {
	fields := make(map[string]string)
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if _, twice := fields[name]; twice {
			return authorization{}, incomplete("the Authorization header names " + oneline.Of(name, fault.MaxText) + " twice")
		}
		fields[name] = value
	}
	auth := authorization{algorithm: acs3Algorithm, id: fields["Credential"], signature: fields["Signature"]}
	if auth.id == "" || auth.signature == "" || fields["SignedHeaders"] == "" || len(fields) != 3 {
		return authorization{}, incomplete("the Authorization header must hold Credential, SignedHeaders and Signature")
	}
	auth.signedHeaders = strings.Split(fields["SignedHeaders"], ";")
	return auth, nil
}

func incomplete(why string) *fault.Fault {
	return fault.BadRequest("IncompleteSignature", "The request signature does not conform to Aliyun standards: %s.", why)
}

// checkHeaders demands the headers of the scheme, each once, and for ACS3 that every header that matters is signed.
func checkHeaders(q *received, auth authorization) *fault.Fault {
	required := []string{"x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
	if auth.algorithm == roaAlgorithm {
		// The documents of this signature have the nonce as optional, and github.com/aliyun/alibaba-cloud-sdk-go sends none.
		required = []string{"date", "x-acs-signature-method", "x-acs-signature-version", "x-acs-version"}
	}
	for _, name := range required {
		if q.value(name) == "" {
			return fault.BadRequest("MissingParameter", "The header %s that is mandatory for this request is not supplied.", name)
		}
	}
	for _, name := range append(q.acsHeaders(), "accept", "content-md5", "content-type", "date") {
		if len(q.header.Values(name)) > 1 {
			return incomplete("the header " + oneline.Of(name, fault.MaxText) + " is sent more than once")
		}
	}
	if auth.algorithm == acs3Algorithm {
		return checkSignedHeaders(q, auth.signedHeaders)
	}
	if q.value("x-acs-signature-method") != "HMAC-SHA1" || q.value("x-acs-signature-version") != "1.0" {
		return fault.BadRequest("InvalidSignatureMethod", "x-acs-signature-method must be HMAC-SHA1 and x-acs-signature-version 1.0.")
	}
	return nil
}

func checkSignedHeaders(q *received, signed []string) *fault.Fault {
	if !slices.IsSorted(signed) || len(slices.Compact(slices.Clone(signed))) != len(signed) {
		return incomplete("SignedHeaders must be sorted and name each header once")
	}
	for _, name := range signed {
		if name != strings.ToLower(name) || q.value(name) == "" && len(q.header.Values(name)) == 0 {
			return incomplete("SignedHeaders must be lower-case names of headers that are sent: " + oneline.Of(name, fault.MaxText))
		}
	}
	must := append(q.acsHeaders(), "host")
	if len(q.header.Values("content-type")) > 0 {
		must = append(must, "content-type")
	}
	for _, name := range must {
		if !slices.Contains(signed, name) {
			return incomplete("the header " + oneline.Of(name, fault.MaxText) + " is not in SignedHeaders")
		}
	}
	return nil
}

// checkTarget compares what the headers say the request is for with where it was sent.
func (v *Verifier) checkTarget(q *received, action string) *fault.Fault {
	if q.value("x-acs-version") != v.version {
		return fault.BadRequest("InvalidVersion", "Specified parameter Version is not valid; the version of this API is %s.", v.version)
	}
	// Clients that sign by the ROA documents do not send the action.
	if sent := q.value("x-acs-action"); sent != "" && sent != action {
		return fault.New(http.StatusNotFound, "InvalidAction.NotFound",
			"Specified api is not found: x-acs-action is %s, but method and path are those of %s.", oneline.Of(sent, fault.MaxText), action)
	}
	return nil
}

func (v *Verifier) checkDate(q *received, auth authorization) (time.Time, *fault.Fault) {
	name, layout := "x-acs-date", "2006-01-02T15:04:05Z"
	if auth.algorithm == roaAlgorithm {
		name, layout = "date", http.TimeFormat
	}
	date, err := time.Parse(layout, q.value(name))
	if err != nil {
		return time.Time{}, fault.BadRequest("InvalidTimeStamp.Format", "The header %s is not well formatted; it must look like %s.", name, layout)
	}
	if off := v.now().Sub(date); off > clockWindow || off < -clockWindow {
		return time.Time{}, fault.BadRequest("InvalidTimeStamp.Expired",
			"Specified time stamp or date value is expired: the header %s is more than 15 minutes off.", name)
	}
	return date, nil
}

// checkContent compares the body with the hashes that were sent with it.
func checkContent(q *received) *fault.Fault {
	if sent := q.value("x-acs-content-sha256"); sent != "" && sent != hashHex(q.body) {
		return fault.BadRequest("ContentSha256NotMatched", "The header x-acs-content-sha256 is not the hash of the body.")
	}
	sum := md5.Sum(q.body) //nolint:gosec // See the import.
	if sent := q.value("content-md5"); sent != "" && sent != base64.StdEncoding.EncodeToString(sum[:]) {
		return fault.BadRequest("ContentMD5NotMatched", "The header content-md5 is not the checksum of the body.")
	}
	return nil
}

func checkToken(q *received, cred Credential) *fault.Fault {
	token := q.value("x-acs-security-token")
	if id := q.value("x-acs-accesskey-id"); id != "" && id != cred.ID {
		return fault.BadRequest("InvalidAccessKeyId.Inactive", "The header x-acs-accesskey-id differs from the id in Authorization.")
	}
	if cred.Token != "" && token == "" {
		return fault.BadRequest("MissingSecurityToken", "SecurityToken is required for this access key.")
	}
	if !equalSecret(token, cred.Token) {
		return fault.BadRequest("InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey.")
	}
	return nil
}

// checkSignature signs the request again. The text of the fault shows what was signed, so that a client's author can compare; the STS
// token in it is masked.
func checkSignature(q *received, auth authorization, cred Credential) *fault.Fault {
	mask := func(text string) string {
		if cred.Token == "" {
			return text
		}
		return strings.ReplaceAll(text, cred.Token, "[REDACTED]")
	}
	if auth.algorithm == roaAlgorithm {
		stringToSign := roaStringToSign(q)
		if equalSecret(auth.signature, roaSignature(cred.Secret, stringToSign)) {
			return nil
		}
		return fault.BadRequest("SignatureDoesNotMatch",
			"Specified signature is not matched with our calculation. server string to sign is:%s", mask(stringToSign))
	}
	canonical := acs3CanonicalRequest(q, auth.signedHeaders)
	stringToSign := acs3StringToSign(canonical)
	if equalSecret(auth.signature, acs3Signature(cred.Secret, stringToSign)) {
		return nil
	}
	return fault.BadRequest("SignatureDoesNotMatch",
		"Specified signature does not match our calculation. server StringToSign is [%s], server CanonicalRequest is [%s]",
		stringToSign, mask(canonical))
}

// equalSecret takes the same time whatever differs.
func equalSecret(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// useNonce refuses a nonce that was used before. A nonce is forgotten when its request would be refused as stale anyway.
func (v *Verifier) useNonce(id, nonce string, date time.Time) *fault.Fault {
	if nonce == "" {
		return nil
	}
	now := v.now()
	key := id + "\n" + nonce
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Sub(v.swept) > clockWindow {
		for k, until := range v.nonces {
			if now.After(until) {
				delete(v.nonces, k)
			}
		}
		v.swept = now
	}
	if until, used := v.nonces[key]; used && !now.After(until) {
		return fault.BadRequest("SignatureNonceUsed", "Specified signature nonce was used already.")
	}
	v.nonces[key] = date.Add(clockWindow)
	return nil
}

package roa

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // the older signature of the service is defined over SHA-1
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Signature is an algorithm that requests are signed with.
type Signature uint8

const (
	// ACS3HMACSHA256 covers the body by its SHA-256 hash. It is the default.
	ACS3HMACSHA256 Signature = iota
	// ROAHMACSHA1 is the older algorithm of the ROA style. It does not cover
	// the body.
	ROAHMACSHA1
)

// String returns the name that the service has for the algorithm.
func (s Signature) String() string {
	switch s {
	case ACS3HMACSHA256:
		return "ACS3-HMAC-SHA256"
	case ROAHMACSHA1:
		return "HMAC-SHA1"
	default:
		return "unknown signature"
	}
}

// SignInput is a request to be signed, with everything that a signature
// depends on: signing reads no clock, no randomness and no environment.
type SignInput struct {
	// Method is the HTTP method in upper case.
	Method string
	// EscapedPath is the path as it is sent.
	EscapedPath string
	// Query holds the parameters before escaping. They are signed in the order of their
	// names, and those of one name in the order that they have here: as they must be sent.
	Query []QueryParam
	// Host is the Host header, with the port if one is sent.
	Host string
	// Header holds the other fields that are sent, keyed canonically; it is not changed.
	// Accept, Content-Type, Content-Md5 and every X-Acs- field are signed.
	Header http.Header
	// Body is the whole body; nil means none.
	Body []byte
	// bodyHash is that of a body that does not lie in memory.
	bodyHash string
	// Time is the time of the request. The service accepts 15 minutes of
	// difference.
	Time time.Time
	// Nonce must differ in every request.
	Nonce string
}

// Signed is the result of signing.
type Signed struct {
	// Header is the input's header with the fields of the signature added,
	// Authorization among them.
	Header http.Header
	// CanonicalRequest and StringToSign are for finding out why a service
	// refuses a signature. The security token is replaced in them, so that they
	// can be logged. CanonicalRequest is empty with [ROAHMACSHA1].
	CanonicalRequest string
	StringToSign     string
}

// Sign signs a request. Equal input gives an equal result.
func (s Signature) Sign(in *SignInput, cred Credentials) Signed {
	query := slices.Clone(in.Query)
	sortQuery(query)
	fields := newHeaderFields(in.Header.Clone(), 0)
	var trace signTrace
	signRequest(s, in, query, "", cred, fields, &trace)
	return Signed{
		Header:           fields.header,
		CanonicalRequest: redactToken(trace.canonical, cred),
		StringToSign:     redactToken(trace.toSign, cred),
	}
}

func redactToken(text string, cred Credentials) string {
	if cred.SecurityToken == "" {
		return text
	}
	return strings.ReplaceAll(text, string(cred.SecurityToken), redacted)
}

// signTrace receives what was signed, for debugging.
type signTrace struct{ canonical, toSign string }

// signRequest adds the signature's fields to fields.header. The query must be
// sorted; rawQuery is its escaped form where that was made already. trace may be
// nil.
func signRequest(s Signature, in *SignInput, query []QueryParam, rawQuery string, cred Credentials, fields *headerFields, trace *signTrace) {
	fields.set(keyAcsNonce, in.Nonce)
	if cred.SecurityToken != "" {
		fields.set(keyAcsAccessKeyID, cred.AccessKeyID)
		fields.set(keyAcsToken, string(cred.SecurityToken))
	}
	if s == ROAHMACSHA1 {
		signROA(in, query, cred, fields, trace)
		return
	}
	signACS3(in, query, rawQuery, cred, fields, trace)
}

func signACS3(in *SignInput, query []QueryParam, rawQuery string, cred Credentials, fields *headerFields, trace *signTrace) {
	bodyHash := in.bodyHash
	if bodyHash == "" {
		bodyHash = hexSHA256(in.Body)
	}
	fields.set(keyAcsContentSHA256, bodyHash)
	fields.set(keyAcsDate, in.Time.UTC().Format("2006-01-02T15:04:05Z"))

	var pairArr [24]headerPair
	pairs := signedPairs(pairArr[:0], fields.header, true)
	pairs = append(pairs, headerPair{"host", in.Host})
	sortPairs(pairs)

	m := getMAC(string(cred.AccessKeySecret))
	defer putMAC(m)
	b := m.text
	b = append(b, in.Method...)
	b = append(b, '\n')
	b = appendACS3Path(b, in.EscapedPath)
	b = append(b, '\n')
	if rawQuery != "" {
		b = append(b, rawQuery...)
	} else {
		b = appendQuery(b, query)
	}
	b = append(b, '\n')
	b = appendPairs(b, pairs)
	b = append(b, '\n')
	names := len(b)
	b = appendNames(b, pairs)
	namesEnd := len(b)
	b = append(b, '\n')
	b = append(b, bodyHash...)

	toSign := len(b)
	b = append(b, "ACS3-HMAC-SHA256\n"...)
	b = appendHexSHA256(b, b[:toSign])
	authorization := len(b)
	b = append(b, "ACS3-HMAC-SHA256 Credential="...)
	b = append(b, cred.AccessKeyID...)
	b = append(b, ",SignedHeaders="...)
	b = append(b, b[names:namesEnd]...)
	b = append(b, ",Signature="...)
	b = m.appendHex(b, b[toSign:authorization])
	m.text = b
	fields.set(keyAuthorization, string(b[authorization:]))
	if trace != nil {
		trace.canonical, trace.toSign = string(b[:toSign]), string(b[toSign:authorization])
	}
}

func signROA(in *SignInput, query []QueryParam, cred Credentials, fields *headerFields, trace *signTrace) {
	fields.set(keyDate, in.Time.UTC().Format(http.TimeFormat))
	fields.set(keyAcsSignMethod, "HMAC-SHA1")
	fields.set(keyAcsSignVersion, "1.0")

	var pairArr [24]headerPair
	pairs := signedPairs(pairArr[:0], fields.header, false)
	sortPairs(pairs)

	var arr [1024]byte
	b := append(arr[:0], in.Method...)
	for _, key := range [...]string{"Accept", "Content-Md5", "Content-Type", keyDate} {
		b = append(b, '\n')
		b = append(b, fields.header.Get(key)...)
	}
	b = append(b, '\n')
	b = appendPairs(b, pairs)
	b = append(b, in.EscapedPath...)
	for i, p := range query {
		if i == 0 {
			b = append(b, '?')
		} else {
			b = append(b, '&')
		}
		b = append(b, p.Name...)
		if p.Value != "" {
			b = append(b, '=')
			b = append(b, p.Value...)
		}
	}

	mac := hmac.New(sha1.New, []byte(cred.AccessKeySecret))
	mac.Write(b)
	var sum [sha1.Size]byte
	fields.set(keyAuthorization, "acs "+cred.AccessKeyID+":"+base64.StdEncoding.EncodeToString(mac.Sum(sum[:0])))
	if trace != nil {
		trace.toSign = string(b)
	}
}

// emptySHA256 is the hash of a request without a body, which most are.
const emptySHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func hexSHA256(data []byte) string {
	if len(data) == 0 {
		return emptySHA256
	}
	var text [2 * sha256.Size]byte
	return string(appendHexSHA256(text[:0], data))
}

func appendHexSHA256(dst, data []byte) []byte {
	sum := sha256.Sum256(data)
	return hex.AppendEncode(dst, sum[:])
}

// keyedMAC computes HMAC-SHA256 with one key again and again, which saves half of the
// hashing and all of the memory of a new one. It has room for what is signed.
type keyedMAC struct {
	key  string
	mac  hash.Hash
	sum  [sha256.Size]byte
	text []byte // empty between signatures
}

var keyedMACs sync.Pool

func getMAC(key string) *keyedMAC {
	m, _ := keyedMACs.Get().(*keyedMAC)
	if m == nil || m.key != key {
		return &keyedMAC{key: key, mac: hmac.New(sha256.New, []byte(key)), text: make([]byte, 0, 1024)}
	}
	return m
}

// putMAC gives one back. Its text is wiped like that of [putBuffer].
func putMAC(m *keyedMAC) {
	if cap(m.text) > maxPooledBuffer {
		return
	}
	clear(m.text)
	m.text = m.text[:0]
	keyedMACs.Put(m)
}

// appendHex appends the code of a text.
func (m *keyedMAC) appendHex(dst, text []byte) []byte {
	m.mac.Reset()
	_, _ = m.mac.Write(text)
	return hex.AppendEncode(dst, m.mac.Sum(m.sum[:0]))
}

// appendACS3Path appends the path in the spelling that the signature asks for.
// Paths made by this package have it already.
func appendACS3Path(dst []byte, path string) []byte {
	if !strings.ContainsAny(path, "+*") && !strings.Contains(path, "%7E") {
		return append(dst, path...)
	}
	return append(dst, strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~").Replace(path)...)
}

// sortPairs orders header fields by name, like [sortQuery].
func sortPairs(pairs []headerPair) {
	for i := 1; i < len(pairs); i++ {
		for j := i; j > 0 && pairs[j].name < pairs[j-1].name; j-- {
			pairs[j], pairs[j-1] = pairs[j-1], pairs[j]
		}
	}
}

func appendPairs(dst []byte, pairs []headerPair) []byte {
	for i := range pairs {
		dst = append(dst, pairs[i].name...)
		dst = append(dst, ':')
		dst = append(dst, pairs[i].value...)
		dst = append(dst, '\n')
	}
	return dst
}

// appendNames appends the names of header fields as the signature lists them.
func appendNames(dst []byte, pairs []headerPair) []byte {
	for i := range pairs {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = append(dst, pairs[i].name...)
	}
	return dst
}

// signedPairs appends the X-Acs- fields of a header, and its content type if
// that is asked for, with lower-case names.
func signedPairs(dst []headerPair, h http.Header, contentType bool) []headerPair {
	for key, values := range h {
		name := lowerSigned(key)
		if name == "" || name == "content-type" && !contentType {
			continue
		}
		value := ""
		switch len(values) {
		case 0:
		case 1:
			value = strings.TrimSpace(values[0])
		default:
			value = strings.TrimSpace(strings.Join(values, ","))
		}
		dst = append(dst, headerPair{name, value})
	}
	return dst
}

// lowerSigned returns the lower-case name of a field that is signed, and "" for
// others. The names of every request are constants, to save the conversion.
func lowerSigned(key string) string {
	switch key {
	case keyAcsAccessKeyID:
		return "x-acs-accesskey-id"
	case keyAcsAction:
		return "x-acs-action"
	case keyAcsContentSHA256:
		return "x-acs-content-sha256"
	case keyAcsDate:
		return "x-acs-date"
	case keyAcsNonce:
		return "x-acs-signature-nonce"
	case keyAcsRegionID:
		return "x-acs-region-id"
	case keyAcsSignMethod:
		return "x-acs-signature-method"
	case keyAcsSignVersion:
		return "x-acs-signature-version"
	case keyAcsToken:
		return "x-acs-security-token"
	case keyAcsVersion:
		return "x-acs-version"
	case "Content-Type":
		return "content-type"
	}
	const prefix = "x-acs-"
	if len(key) >= len(prefix) && strings.EqualFold(key[:len(prefix)], prefix) {
		return strings.ToLower(key)
	}
	return ""
}

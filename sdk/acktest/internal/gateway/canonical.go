package gateway

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // The ROA signature of the service is HMAC-SHA1.
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A received request is what arrived, before anything was interpreted: the verifier signs this again.
type received struct {
	method string
	path   string // escaped, as it was sent
	query  url.Values
	host   string
	header http.Header
	body   []byte
}

// acsHeaders returns the lower-case names of the x-acs- headers, sorted.
func (q *received) acsHeaders() []string {
	var names []string
	for name := range q.header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-acs-") {
			names = append(names, lower)
		}
	}
	slices.Sort(names)
	return names
}

// value returns the value of a header by its lower-case name; host is one of them.
func (q *received) value(name string) string {
	if name == "host" {
		return q.host
	}
	return strings.TrimSpace(q.header.Get(name))
}

// roaStringToSign builds the string that HMAC-SHA1 signs.
func roaStringToSign(q *received) string {
	var b strings.Builder
	b.WriteString(q.method + "\n")
	for _, name := range []string{"accept", "content-md5", "content-type", "date"} {
		b.WriteString(q.value(name) + "\n")
	}
	for _, name := range q.acsHeaders() {
		b.WriteString(name + ":" + q.value(name) + "\n")
	}
	b.WriteString(q.path)
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(q.query)) {
		for _, value := range q.query[name] {
			// Values are signed unescaped, and an empty one leaves its bare name.
			if value != "" {
				value = "=" + value
			}
			pairs = append(pairs, name+value)
		}
	}
	if len(pairs) > 0 {
		b.WriteString("?" + strings.Join(pairs, "&"))
	}
	return b.String()
}

func roaSignature(secret, stringToSign string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(stringToSign))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// acs3CanonicalRequest builds the text whose hash ACS3-HMAC-SHA256 signs.
func acs3CanonicalRequest(q *received, signedHeaders []string) string {
	var b strings.Builder
	b.WriteString(q.method + "\n" + acs3Marks.Replace(q.path) + "\n")
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(q.query)) {
		// Values of one name keep the order in which they were sent.
		for _, value := range q.query[name] {
			pairs = append(pairs, acs3Escape(name)+"="+acs3Escape(value))
		}
	}
	b.WriteString(strings.Join(pairs, "&") + "\n")
	for _, name := range signedHeaders {
		b.WriteString(name + ":" + q.value(name) + "\n")
	}
	b.WriteString("\n" + strings.Join(signedHeaders, ";") + "\n" + hashHex(q.body))
	return b.String()
}

func acs3StringToSign(canonicalRequest string) string {
	return acs3Algorithm + "\n" + hashHex([]byte(canonicalRequest))
}

func acs3Signature(secret, stringToSign string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stringToSign))
	return hex.EncodeToString(mac.Sum(nil))
}

// acs3Marks turns the escapes of net/url and of older clients into those of RFC 3986.
var acs3Marks = strings.NewReplacer("+", "%20", "*", "%2A", "%7E", "~")

func acs3Escape(s string) string { return acs3Marks.Replace(url.QueryEscape(s)) }

func hashHex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

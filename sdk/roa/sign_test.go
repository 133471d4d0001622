package roa

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// vector is one signed request of another implementation.
type vector struct {
	Name         string            `json:"name"`
	Algorithm    string            `json:"algorithm"`
	KeyID        string            `json:"access_key_id"`
	KeySecret    string            `json:"access_key_secret"`
	Method       string            `json:"method"`
	EscapedPath  string            `json:"escaped_path"`
	Query        map[string]string `json:"query"`
	Headers      map[string]string `json:"headers"`
	Body         *string           `json:"body"`
	StringToSign string            `json:"string_to_sign"`
	Want         string            `json:"authorization"`
}

func loadVectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/signature-vectors.json")
	require.NoError(t, err)
	var vectors []vector
	require.NoError(t, json.Unmarshal(data, &vectors))
	require.Len(t, vectors, 24)
	return vectors
}

// input returns the request without any field that signing adds.
func (v *vector) input(t *testing.T) (Signature, *SignInput, Credentials) {
	t.Helper()
	in := &SignInput{
		Method:      v.Method,
		EscapedPath: v.EscapedPath,
		Host:        v.Headers["host"],
		Nonce:       v.Headers["x-acs-signature-nonce"],
		Header:      http.Header{},
	}
	for _, name := range []string{"accept", "content-type", "user-agent", "x-acs-action", "x-acs-version", "x-acs-region-id"} {
		if value, ok := v.Headers[name]; ok {
			in.Header.Set(name, value)
		}
	}
	for name, value := range v.Query {
		in.Query = append(in.Query, QueryParam{name, value})
	}
	if v.Body != nil {
		in.Body = []byte(*v.Body)
	}
	sig, layout, stamp := ACS3HMACSHA256, "2006-01-02T15:04:05Z", v.Headers["x-acs-date"]
	if v.Algorithm == "HMAC-SHA1" {
		sig, layout, stamp = ROAHMACSHA1, http.TimeFormat, v.Headers["date"]
	}
	var err error
	in.Time, err = time.Parse(layout, stamp)
	require.NoError(t, err)
	cred := Credentials{
		AccessKeyID:     v.KeyID,
		AccessKeySecret: Secret(v.KeySecret),
		SecurityToken:   Secret(v.Headers["x-acs-security-token"]),
	}
	return sig, in, cred
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, v := range loadVectors(t) {
		t.Run(v.Name+"_"+v.Algorithm, func(t *testing.T) {
			t.Parallel()
			sig, in, cred := v.input(t)
			before := in.Header.Clone()
			signed := sig.Sign(in, cred)
			assert.Equal(t, v.Want, signed.Header.Get("Authorization"))
			assert.Equal(t, before, in.Header, "signing must not change its input")
			assert.Equal(t, v.Algorithm, sig.String())

			// Every header of the other implementation is there, and no other.
			for name, want := range v.Headers {
				if name != "host" {
					assert.True(t, signed.Header.Get(name) == want, "header %s", name)
				}
			}
			for key := range signed.Header {
				if key != "Authorization" {
					assert.Contains(t, v.Headers, strings.ToLower(key))
				}
			}
		})
	}
}

func TestVectorStringsToSign(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, v := range loadVectors(t) {
		sig, in, cred := v.input(t)
		signed := sig.Sign(in, cred)
		token := cred.SecurityToken.Reveal()
		if token != "" {
			assert.NotContains(t, signed.StringToSign+signed.CanonicalRequest, token)
		}
		assert.NotContains(t, signed.StringToSign+signed.CanonicalRequest, v.KeySecret)
		if v.StringToSign == "" {
			assert.True(t, strings.HasPrefix(signed.StringToSign, "ACS3-HMAC-SHA256\n"))
			assert.True(t, strings.HasPrefix(signed.CanonicalRequest, v.Method+"\n"))
			continue
		}
		want := v.StringToSign
		if token != "" {
			want = strings.ReplaceAll(want, token, "[REDACTED]")
		}
		assert.Equal(t, want, signed.StringToSign, v.Name)
		compared++
	}
	assert.Equal(t, 12, compared)
}

// TestSignWithManyKeys checks that what is kept of one key does not sign for another.
func TestSignWithManyKeys(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 100 {
				key, text := strings.Repeat("k", 1+i*20), strconv.Itoa(j)
				mac := hmac.New(sha256.New, []byte(key))
				mac.Write([]byte(text))
				kept := getMAC(key)
				assert.Equal(t, hex.EncodeToString(mac.Sum(nil)), string(kept.appendHex(nil, []byte(text))))
				putMAC(kept)
			}
		})
	}
	group.Wait()
}

// TestSignKeepsNoText looks at the memory that is kept for the next signature. It runs
// alone, so that nobody else takes that.
func TestSignKeepsNoText(t *testing.T) { //nolint:paralleltest // see above
	m := getMAC("key")
	m.text = append(m.text, "x-acs-security-token:token"...)
	text := m.text
	putMAC(m)
	assert.Equal(t, make([]byte, len(text)), text)
	assert.Empty(t, m.text)
}

func TestSignIsPureAndCoversEverything(t *testing.T) {
	t.Parallel()
	base := func() *SignInput {
		return &SignInput{
			Method: "POST", EscapedPath: "/clusters/c1", Host: "cs.example.com", Body: []byte(`{}`), Nonce: "n1",
			Query:  []QueryParam{{"b", "2"}, {"a", "1"}},
			Header: http.Header{"Content-Type": {"application/json"}, "X-Acs-Action": {"Op"}, "X-Acs-Custom": {" v "}},
			Time:   time.Date(2026, 11, 22, 3, 4, 5, 0, time.FixedZone("", 8*3600)),
		}
	}
	cred := Credentials{AccessKeyID: "id", AccessKeySecret: "secret"}
	changes := map[string]func(*SignInput){
		"method": func(in *SignInput) { in.Method = "PUT" },
		"path":   func(in *SignInput) { in.EscapedPath = "/clusters/c2" },
		"query":  func(in *SignInput) { in.Query[1].Value = "3" },
		"nonce":  func(in *SignInput) { in.Nonce = "n2" },
		"time":   func(in *SignInput) { in.Time = in.Time.Add(time.Second) },
		"custom": func(in *SignInput) { in.Header["X-Acs-Custom"] = []string{"w"} },
		"type":   func(in *SignInput) { in.Header["Content-Type"] = []string{"text/plain"} },
		"body":   func(in *SignInput) { in.Body = []byte(`[]`) },
		"host":   func(in *SignInput) { in.Host = "cs.example.org" },
	}
	for _, sig := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
		want := sig.Sign(base(), cred)
		assert.Equal(t, want, sig.Sign(base(), cred), "equal input, equal result")
		swapped := base()
		swapped.Query[0], swapped.Query[1] = swapped.Query[1], swapped.Query[0]
		assert.Equal(t, want, sig.Sign(swapped, cred), "the order of the query does not matter")
		for name, change := range changes {
			if sig == ROAHMACSHA1 && (name == "body" || name == "host") {
				continue // this algorithm covers neither
			}
			in := base()
			change(in)
			assert.NotEqual(t, want.Header["Authorization"], sig.Sign(in, cred).Header["Authorization"], "%v %s", sig, name)
		}
		assert.Contains(t, want.StringToSign+want.CanonicalRequest, "x-acs-custom:v\n")
		in := base()
		sig.Sign(in, cred)
		assert.Equal(t, base(), in, "what the caller gave stays as it is")
		in.Header["x-acs-custom"] = []string{"v", "w"}
		delete(in.Header, "X-Acs-Custom")
		in.Query = []QueryParam{{"c", "2"}, {"c", "1"}, {"a", "1"}}
		signed := sig.Sign(in, cred)
		assert.Contains(t, signed.StringToSign+signed.CanonicalRequest, "a=1&c=2&c=1", "values of one name keep their order")
		assert.Contains(t, signed.StringToSign+signed.CanonicalRequest, "x-acs-custom:v,w\n", "any case, several values")
	}
}

func TestACS3PathSpelling(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/a/b": "/a/b", "/a+b": "/a%20b", "/a*": "/a%2A", "/%7Eme": "/~me"} {
		assert.Equal(t, want, string(appendACS3Path(nil, path)))
	}
}

func TestHeaderFieldsDoNotShare(t *testing.T) {
	t.Parallel()
	f := newHeaderFields(nil, 2)
	f.set("A", "1")
	f.set("B", "2")
	f.set("C", "3") // beyond the room that was asked for
	f.header.Add("A", "x")
	assert.Equal(t, http.Header{"A": {"1", "x"}, "B": {"2"}, "C": {"3"}}, f.header)
}

func TestOwnedHeadersAreCanonical(t *testing.T) {
	t.Parallel()
	for key := range ownedHeaders {
		assert.Equal(t, textproto.CanonicalMIMEHeaderKey(key), key)
	}
	for _, key := range []string{keyAcsRegionID, keyRequestID} {
		assert.Equal(t, textproto.CanonicalMIMEHeaderKey(key), key)
		assert.Equal(t, strings.ToLower(key), lowerSigned(key))
	}
}

package interop

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const (
	region   = "cn-beijing"
	httpTime = http.TimeFormat
	acsTime  = "2006-01-02T15:04:05Z"
)

// A mode is a signature algorithm and an AccessKey.
type mode struct {
	name              string
	signature         roa.Signature
	id, secret, token string
}

var modes = []mode{
	{name: "ACS3", signature: roa.ACS3HMACSHA256, id: "interop-id", secret: "interop-secret"},
	{name: "ACS3 STS", signature: roa.ACS3HMACSHA256, id: "STS.interop-id", secret: "interop-secret", token: "interop/token+=="},
	{name: "ROA", signature: roa.ROAHMACSHA1, id: "interop-id", secret: "interop-secret"},
	{name: "ROA STS", signature: roa.ROAHMACSHA1, id: "STS.interop-id", secret: "interop-secret", token: "interop/token+=="},
}

// TestEveryOperation makes the same call with the generated client and with the official runtime, for every operation of the bundle and
// every example in it, and compares what comes over the wire.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	version, ops := operations(t)
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			fake := acktest.NewServer(t, acktest.WithExamples(), acktest.WithCredentials(m.id, m.secret, m.token))
			rec := newRecorder(t, fake)
			clients := map[string]caller{generated: generatedClient(t, rec, m), officialRuntime: officialClient(t, rec, version, m)}
			met := make(seen)
			// The cases share a recorder, so they run one by one.
			for _, op := range ops {
				for _, in := range op.inputs(t) {
					t.Run(op.name+" "+in.label, func(t *testing.T) {
						compare(t, m, op, in, rec, clients, met)
					})
				}
			}
			for _, name := range listed() {
				assert.True(t, met[name], "the difference %q is listed, but was not met", name)
			}
		})
	}
}

func compare(t *testing.T, m mode, op *operation, in input, rec *recorder, clients map[string]caller, met seen) {
	t.Helper()
	rec.reset() // a case that failed may have left a request
	wires, status := make(map[string]wire), make(map[string]int)
	for _, who := range []string{officialRuntime, generated} {
		status[who] = clients[who](t, op, in)
		wires[who] = rec.take(t, who, op)
	}
	ours, theirs := wires[generated], wires[officialRuntime]
	assert.Equal(t, status[officialRuntime], status[generated], "status")
	assert.Equal(t, theirs.method, ours.method)
	assert.Equal(t, theirs.path, ours.path)
	assert.Equal(t, theirs.host, ours.host)
	assert.Equal(t, theirs.chunked, ours.chunked, "chunked")
	compareQuery(t, op, in, wires, met)
	assert.Empty(t, bodyDifferences(t, theirs.body, ours.body), "places in the body")
	compareHeaders(t, m, wires, met)
	compareSigned(t, m, wires)
}

// compareQuery compares the parameters pair by pair, in their order, as they were spelled and as they are read.
func compareQuery(t *testing.T, op *operation, in input, wires map[string]wire, met seen) {
	t.Helper()
	values, pairs := make(map[string]url.Values), make(map[string][]string)
	for who, w := range wires {
		parsed, err := url.ParseQuery(w.rawQuery)
		require.NoError(t, err, who)
		values[who], pairs[who] = parsed, strings.Split(w.rawQuery, "&")
	}
	expected := 0
	for _, param := range op.params {
		if _, set := in.params[param.Name]; set && param.In == openapi3.ParameterInQuery {
			expected++
		}
	}
	assert.Len(t, values[generated], expected, "query parameters")
	require.Len(t, pairs[generated], len(pairs[officialRuntime]), "query parameters")
	for i, pair := range pairs[generated] {
		name, _, _ := strings.Cut(pair, "=")
		theirName, _, _ := strings.Cut(pairs[officialRuntime][i], "=")
		require.Equal(t, theirName, name, "order of the query")
		theirs, ours := values[officialRuntime][name], values[generated][name]
		if holdsObject(in.params[name]) {
			assert.JSONEq(t, theirs[0], ours[0], name)
			continue
		}
		assert.Equal(t, theirs, ours, name)
		assert.Equal(t, respell(pairs[officialRuntime][i], met), pair, name)
	}
}

// holdsObject tells a value whose JSON text has members.
func holdsObject(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return true
	case []any:
		return slices.ContainsFunc(v, holdsObject)
	default:
		return false
	}
}

// bodyDifferences returns the places where two JSON texts mean something else. Values stay out of it: bodies hold passwords.
func bodyDifferences(t *testing.T, want, got []byte) []string {
	t.Helper()
	if len(want) == 0 || len(got) == 0 {
		if len(want) != len(got) {
			return []string{fmt.Sprintf("/ (%d bytes, not %d)", len(got), len(want))}
		}
		return nil
	}
	return differingPaths("", parse(t, want), parse(t, got))
}

func parse(t *testing.T, data []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	require.NoError(t, decoder.Decode(&value))
	return value
}

func differingPaths(path string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{path + " (no object)"}
		}
		var paths []string
		for name := range w {
			if _, ok := g[name]; !ok {
				paths = append(paths, path+"/"+name+" (missing)")
				continue
			}
			paths = append(paths, differingPaths(path+"/"+name, w[name], g[name])...)
		}
		for name := range g {
			if _, ok := w[name]; !ok {
				paths = append(paths, path+"/"+name+" (too much)")
			}
		}
		return paths
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{path + " (no array of this length)"}
		}
		var paths []string
		for i := range w {
			paths = append(paths, differingPaths(path+"/"+strconv.Itoa(i), w[i], g[i])...)
		}
		return paths
	default:
		if want != got {
			return []string{path + " (other value)"}
		}
		return nil
	}
}

func checkTime(layout string) func(*testing.T, mode, wire, string) {
	return func(t *testing.T, _ mode, _ wire, value string) {
		t.Helper()
		_, err := time.Parse(layout, value)
		assert.NoError(t, err)
	}
}

func checkNonce(t *testing.T, _ mode, _ wire, value string) {
	t.Helper()
	assert.GreaterOrEqual(t, len(value), 16, "length of the nonce")
}

func checkHash(t *testing.T, _ mode, w wire, value string) {
	t.Helper()
	sum := sha256.Sum256(w.body)
	assert.Equal(t, hex.EncodeToString(sum[:]), value)
}

func checkLength(t *testing.T, _ mode, w wire, value string) {
	t.Helper()
	assert.Equal(t, strconv.Itoa(len(w.body)), value)
}

func checkUserAgent(t *testing.T, _ mode, _ wire, value string) {
	t.Helper()
	assert.NotEmpty(t, value)
}

func checkAccept(t *testing.T, _ mode, _ wire, value string) {
	t.Helper()
	assert.Contains(t, value, "application/json")
}

// checkAuthorization checks everything but the names of the signed headers, see compareSigned, and the signature itself.
func checkAuthorization(t *testing.T, m mode, w wire, value string) {
	t.Helper()
	if m.signature == roa.ROAHMACSHA1 {
		signature, ok := strings.CutPrefix(value, "acs "+m.id+":")
		assert.True(t, ok, "the authorization has another form")
		raw, err := base64.StdEncoding.DecodeString(signature)
		assert.True(t, err == nil && len(raw) == 20, "the signature is not the base64 of 20 bytes")
		return
	}
	head := "ACS3-HMAC-SHA256 Credential=" + m.id + ",SignedHeaders=" + strings.Join(signedHeaders(m, w), ";") + ",Signature="
	signature, ok := strings.CutPrefix(value, head)
	assert.True(t, ok, "the authorization has another form")
	raw, err := hex.DecodeString(signature)
	assert.True(t, err == nil && len(raw) == sha256.Size, "the signature is not the hex of 32 bytes")
}

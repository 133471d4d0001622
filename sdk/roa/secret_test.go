package roa

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/internal/canary"
)

// hidden is a secret.
const hidden = "CANARY"

// everyText prints a value in every way that respects methods.
func everyText(t *testing.T, value any) string {
	t.Helper()
	var all bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%10.3s", "%-5v", "%T", "%b", "%e", "%U", "%c", "%o", "%z"} {
		_, _ = fmt.Fprintf(&all, verb+"\n", value)
	}
	_, _ = fmt.Fprintln(&all, value)
	slog.New(slog.NewTextHandler(&all, nil)).Info("text", "value", value)
	slog.New(slog.NewJSONHandler(&all, nil)).Info("json", "value", value)
	slog.New(&ownHandler{out: &all}).Info("own", "value", value)
	data, err := json.Marshal(value)
	require.NoError(t, err)
	all.Write(data)
	return all.String()
}

// ownHandler writes attributes in the ways that a handler of somebody else may.
type ownHandler struct {
	slog.Handler
	out io.Writer
}

func (h *ownHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h *ownHandler) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		v := a.Value.Resolve()
		_, _ = fmt.Fprintln(h.out, a, a.String(), v.String(), v.Any())
		return true
	})
	return nil
}

func TestSecretsAreNotPrinted(t *testing.T) {
	t.Parallel()
	s := Secret(hidden)
	cred := Credentials{AccessKeyID: hidden, AccessKeySecret: hidden, SecurityToken: hidden}
	client, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials(hidden, hidden, hidden)))
	require.NoError(t, err)
	values := map[string]any{
		"secret":        s,
		"pointer":       &s,
		"struct":        thing{Password: s, Token: &s},
		"struct by ptr": &thing{Password: s, Token: &s},
		"map":           map[string]Secret{"k": s},
		"slice":         []Secret{s},
		"interface":     []any{s, &s},
		"credentials":   cred,
		"cred pointer":  &cred,
		"static":        StaticCredentials(hidden, hidden, hidden),
		"client":        client,
		"by value":      fmt.Sprintf("%v %+v %#v", *client, *client, *client),
		"call option":   []CallOption{CallHeader("X-A", hidden), CallQuery("q", hidden)},
	}
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := everyText(t, value)
			assert.NotContains(t, text, hidden)
			assert.NotContains(t, strings.ToUpper(text), "43414E415259", "nor in hexadecimal")
			assert.Empty(t, canary.Find(canary.Print(value), hidden))
		})
	}
	assert.Equal(t, "[REDACTED] [REDACTED] [REDACTED]", fmt.Sprintf("%s %#v %d", s, s, s))
	assert.Equal(t, `{"Password":"[REDACTED]"}`, mustMarshal(t, struct{ Password Secret }{s}))
	assert.Equal(t, "CallTimeout(1s)", fmt.Sprintf("%#v", CallTimeout(1e9)))
	assert.Equal(t, `CallHeader("X-A")`, CallHeader("X-A", hidden).GoString())
}

// TestSecretsInOtherFormats writes them with encoders that know nothing of JSON.
func TestSecretsInOtherFormats(t *testing.T) {
	t.Parallel()
	type holder struct {
		Password Secret
		Token    *Secret
		Key      Credentials
	}
	value := holder{hidden, new(Secret(hidden)), Credentials{hidden, hidden, hidden}}
	text, err := yaml.Marshal(value)
	require.NoError(t, err)
	assert.Equal(t, "password: '[REDACTED]'\ntoken: '[REDACTED]'\nkey: '[REDACTED]'\n", string(text))
	text, err = xml.Marshal(value)
	require.NoError(t, err)
	assert.Equal(t, "<holder><Password>[REDACTED]</Password><Token>[REDACTED]</Token><Key>[REDACTED]</Key></holder>", string(text))
	var binary bytes.Buffer
	require.NoError(t, gob.NewEncoder(&binary).Encode(value))
	assert.Contains(t, binary.String(), redacted)
	assert.Empty(t, canary.Find(binary.String(), hidden))
}

// TestSecretBehindPointers prints structs that others point at with the verbs for them. Its address stands in place of the secret.
func TestSecretBehindPointers(t *testing.T) {
	t.Parallel()
	type inner struct{ Password Secret }
	type outer struct {
		One  *inner
		Many []*inner
		All  map[string]*inner
	}
	value := &outer{&inner{hidden}, []*inner{{hidden}}, map[string]*inner{"a": {hidden}}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%d"} {
		assert.Empty(t, canary.Find(fmt.Sprintf(verb+verb, value, *value), hidden), verb)
	}
	assert.NotContains(t, fmt.Sprintf("%p", new(Secret(hidden))), hidden, "a pointer has an address")
}

func mustMarshal(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	require.NoError(t, err)
	return string(data)
}

func TestSecretOnTheWire(t *testing.T) {
	t.Parallel()
	assert.True(t, Secret(hidden).Reveal() == hidden)
	s := Secret(hidden)
	data, err := encodeJSON([]any{s, &s, map[string]Secret{"a": s}, thing{Password: s, Token: &s, Free: map[string]any{"x": s}}})
	require.NoError(t, err)
	want := `["CANARY","CANARY",{"a":"CANARY"},{"password":"CANARY","token":"CANARY","free":{"x":"CANARY"}}]`
	assert.True(t, string(data) == want)

	// Both decoders read it like a string.
	for _, decode := range []func([]byte, any) error{decodeStrict, json.Unmarshal} {
		var got thing
		require.NoError(t, decode([]byte(`{"password":"p1","token":"p2"}`), &got))
		assert.True(t, got.Password == "p1" && *got.Token == "p2")
	}

	_, err = get(t.Context(), newTestClient(t, answer(200, "", `{"password":{"a":"b"}}`)))
	require.NoError(t, err, "an object for a string keeps its text")
}

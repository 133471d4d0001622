package acktest

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
	"github.com/ackgen/ackgen/sdk/roa"
)

// planter fills values of the client, with a secret of its own in every place for one.
type planter struct {
	secrets []string
	free    []string        // those that a name tells, and no type: fmt shows them
	names   map[string]bool // of the members and parameters that are secret
	within  []reflect.Type
}

func (p *planter) fill(v reflect.Value, place, name string) {
	if v.Type() == reflect.TypeFor[roa.Secret]() {
		secret := canary.Word(place)
		p.secrets, p.names[name] = append(p.secrets, secret), true
		v.SetString(secret)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		p.fill(v.Elem(), place, name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		p.fill(v.Index(0), place, name)
	case reflect.Map:
		item := reflect.New(v.Type().Elem()).Elem()
		p.fill(item, place, name)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key").Convert(v.Type().Key()), item)
	case reflect.Interface:
		secret := canary.Word(place + " free")
		p.free = append(p.free, secret)
		v.Set(reflect.ValueOf(map[string]any{"login_password": secret}))
	case reflect.String:
		v.SetString("text")
	case reflect.Struct:
		p.fillStruct(v, place)
	}
}

func (p *planter) fillStruct(v reflect.Value, place string) {
	if v.Type() == reflect.TypeFor[time.Time]() || slices.Contains(p.within, v.Type()) {
		return
	}
	p.within = append(p.within, v.Type())
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Type == reflect.TypeFor[roa.Metadata]() || !field.IsExported() {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if _, param, ok := strings.Cut(field.Tag.Get("roa"), ","); ok {
			name = param
		}
		if name == "-" || name == "Text" {
			name = "" // the whole body
		}
		p.fill(v.Field(i), place+"/"+field.Name, name)
	}
	p.within = p.within[:len(p.within)-1]
}

// everything keeps what comes out of a client.
type everything struct {
	mu      sync.Mutex
	text    bytes.Buffer
	results []string
}

func (e *everything) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.text.Write(p)
}

func (e *everything) options(url string) []roa.Option {
	return []roa.Option{
		roa.WithEndpoint(url), roa.WithPlainHTTP(), roa.WithoutRetry(), roa.WithDump(e),
		roa.WithCredentials(roa.StaticCredentials("id", canary.Word("key"), canary.Word("token"))),
		roa.WithLogger(slog.New(slog.NewJSONHandler(e, &slog.HandlerOptions{Level: slog.LevelDebug}))),
		roa.WithAttemptHook(func(a roa.Attempt) { a.Context = nil; _, _ = fmt.Fprintf(e, "%+v\n", a) }),
		roa.WithDriftHook(func(d roa.Drift) { _, _ = fmt.Fprintf(e, "%+v %v\n", d, d) }),
	}
}

// canaryServer responds with a value, or refuses and says all of the request back.
type canaryServer struct {
	response []byte
	sent     string
	refuse   bool
}

func (s *canaryServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.sent = r.URL.String() + fmt.Sprint(r.Header) + string(body)
	if s.refuse {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"code":"Wrong","message":%q}`, s.sent)
		return
	}
	_, _ = w.Write(s.response)
}

// TestCanaryOfOperations sends and gets a secret in every field of every operation that the spec says is secret, and below every name that does
// in what is free. None is in what comes out of clients, mocks and the journal of the fake server.
func TestCanaryOfOperations(t *testing.T) {
	t.Parallel()
	api, err := bundled()
	require.NoError(t, err)
	methods := reflect.TypeFor[ack.API]()
	for _, op := range api.Operations() {
		t.Run(op.Name, func(t *testing.T) {
			t.Parallel()
			method, ok := methods.MethodByName(op.Name)
			require.True(t, ok)
			sent, got := planter{names: map[string]bool{}}, planter{names: map[string]bool{}}
			in, out := reflect.New(method.Type.In(1).Elem()), reflect.New(method.Type.Out(0).Elem())
			sent.fill(in.Elem(), op.Name+" in", "")
			got.fill(out.Elem(), op.Name+" out", "")
			wantIn, wantOut := secretNames(op.Definition())
			assert.Equal(t, wantIn, slices.Sorted(maps.Keys(sent.names)), "the request has other secrets than the spec says")
			assert.Equal(t, wantOut, slices.Sorted(maps.Keys(got.names)), "the response has other secrets than the spec says")
			response, err := wire.Encode(out.Interface())
			require.NoError(t, err)
			free := slices.Concat(sent.free, got.free)
			secrets := slices.Concat(sent.secrets, got.secrets, []string{canary.Word("key"), canary.Word("token")})

			e := new(everything)
			for _, refuse := range []bool{false, true} {
				server := &canaryServer{response: response, refuse: refuse}
				srv := httptest.NewServer(server)
				client, err := ack.New(e.options(srv.URL)...)
				require.NoError(t, err)
				e.call(t, client, op.Name, in)
				srv.Close()
				for _, secret := range append(sent.secrets, sent.free...) {
					assert.Contains(t, server.sent, secret, "the request does not carry it")
				}
			}
			assert.Empty(t, canary.Find(e.text.String(), free...), "in what the client writes by itself")
			mockTest := &recorder{TB: t}
			e.call(t, ackmock.NewAPI(failing{mockTest}), op.Name, in)
			_, _ = fmt.Fprint(e, mockTest.errors)
			fake := NewServer(t, WithExamples())
			e.call(t, fake.Client(t, roa.WithDump(e)), op.Name, in)
			require.NotEmpty(t, fake.Requests())
			_, _ = fmt.Fprintf(e, "%+v", fake.Requests())
			assert.Empty(t, canary.Find(e.text.String()+strings.Join(e.results, "\n"), secrets...))
		})
	}
}

// failing is a test that a mock can fail.
type failing struct{ *recorder }

func (f failing) FailNow() {}

func (f failing) Logf(format string, args ...any) { f.Errorf(format, args...) }

func (e *everything) call(t *testing.T, client any, name string, in reflect.Value) {
	t.Helper()
	results := reflect.ValueOf(client).MethodByName(name).Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
	e.results = append(e.results, canary.Print(results[0].Interface()))
	_, _ = e.Write([]byte(canary.Print(results[1].Interface())))
}

// secretNames returns the names that the spec marks as secret in what an operation takes and gives.
func secretNames(op *openapi3.Operation) (in, out []string) {
	sent, got := map[string]bool{}, map[string]bool{}
	for _, param := range op.Parameters {
		if param.Value.Extensions["x-ack-sensitive"] == true || param.Value.Schema != nil && isSensitive(param.Value.Schema.Value) {
			sent[param.Value.Name] = true
		}
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Value.Content {
			addSecrets(sent, media.Schema.Value, "", nil)
		}
	}
	for status, response := range op.Responses.Map() {
		for _, media := range response.Value.Content {
			if strings.HasPrefix(status, "2") {
				addSecrets(got, media.Schema.Value, "", nil)
			}
		}
	}
	return slices.Sorted(maps.Keys(sent)), slices.Sorted(maps.Keys(got))
}

func isSensitive(schema *openapi3.Schema) bool { return schema.Extensions["x-ack-sensitive"] == true }

func addSecrets(found map[string]bool, schema *openapi3.Schema, name string, within []*openapi3.Schema) {
	if slices.Contains(within, schema) {
		return
	}
	if isSensitive(schema) {
		found[name] = true
	}
	within = append(slices.Clip(within), schema)
	for member, ref := range schema.Properties {
		addSecrets(found, ref.Value, member, within)
	}
	for _, ref := range schema.AllOf {
		addSecrets(found, ref.Value, name, within)
	}
	if schema.Items != nil {
		addSecrets(found, schema.Items.Value, name, within)
	}
	if schema.AdditionalProperties.Schema != nil {
		addSecrets(found, schema.AdditionalProperties.Schema.Value, name, within)
	}
}

package roa

import (
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// driftOf calls an operation whose answer is body, and returns what the hook was
// told.
func driftOf(t *testing.T, op *Operation, body string, out any) (got []Drift, err error) {
	t.Helper()
	c := newTestClient(t, answer(200, "application/json", body, keyRequestID, "R1"), WithDriftHook(nil),
		WithDriftHook(func(d Drift) { got = append(got, d) }))
	req := NewRequest(op, nil)
	if op == &opGet {
		req.Path("ThingId", "t1")
	}
	return got, c.Do(t.Context(), req, out, nil, nil)
}

func TestDriftHook(t *testing.T) {
	t.Parallel()
	unknown := func(path, got string) Drift { return Drift{Path: path, Kind: UnknownField, Got: got} }
	mismatch := func(path, want, got string) Drift {
		return Drift{Path: path, Kind: TypeMismatch, Want: want, Got: got}
	}
	tests := map[string]struct {
		op   *Operation
		out  any
		body string
		want []Drift
	}{
		"as declared": {&opGet, new(thing), `{"id":"x","parts":[{"name":"a","num":1}],"labels":{"a":"b"},"free":{"any":1},"main":null}`, nil},
		"empty":       {&opGet, new(thing), ``, nil},
		"null":        {&opGet, new(thing), `null`, nil},
		"object": {&opGet, new(thing), `{"new":1,"id":"x","other":{"deep":[1]}}`, []Drift{
			unknown("/new", "number"), unknown("/other", "object"),
		}},
		"nested": {&opGet, new(thing), `{"parts":[{"a":null},{},{"b":true,"c":"s"}],"main":{"d":[]}}`, []Drift{
			unknown("/parts/0/a", "null"), unknown("/parts/2/b", "boolean"), unknown("/parts/2/c", "string"), unknown("/main/d", "array"),
		}},
		"array": {&opList, new([]thing), `[{},{"x":1},{"id":7}]`, []Drift{
			unknown("/1/x", "number"), mismatch("/2/id", "string", "number"),
		}},
		"map": {&opMap, new(map[string]thing), `{"k/1":{"x":1},"~":{"size":"2"}}`, []Drift{
			unknown("/k~11/x", "number"), mismatch("/~0/size", "int32", "string"),
		}},
		"casing":      {&opGet, new(thing), `{"ID":"x"}`, []Drift{unknown("/ID", "string")}},
		"twice":       {&opGet, new(thing), `{"x":1,"x":2}`, []Drift{unknown("/x", "number")}},
		"one for all": {&opGet, new(thing), `{"parts":{"name":"a","x":1}}`, []Drift{unknown("/parts/x", "number"), mismatch("/parts", "[]roa.part", "object")}},
		"types":       {&opGet, new(thing), `{"state":1,"password":2}`, []Drift{mismatch("/state", "roa.thingState", "number"), mismatch("/password", "roa.Secret", "number")}},
		"numbers":     {&opGet, new(thing), `{"x":1,"count":9007199254740993,"size":-12,"ratio":1.50}`, []Drift{unknown("/x", "number")}},
		"text":        {&opText, new(string), `{"x":1}`, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := driftOf(t, tt.op, tt.body, tt.out)
			require.NoError(t, err)
			for i := range tt.want {
				tt.want[i].Operation, tt.want[i].RequestID = tt.op.Name, "R1"
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestDriftOfFailedCalls(t *testing.T) {
	t.Parallel()
	got, err := driftOf(t, &opGet, `{"count":"12 nodes","x":1}`, new(thing))
	require.Error(t, err)
	assert.Equal(t, []Drift{
		{Operation: opGet.Name, Path: "/count", Kind: TypeMismatch, Want: "int64", Got: "string", RequestID: "R1"},
		{Operation: opGet.Name, Path: "/x", Kind: UnknownField, Got: "number", RequestID: "R1"},
	}, got)

	got, err = driftOf(t, &opGet, `{"x":1,`, new(thing))
	require.Error(t, err)
	assert.Empty(t, got, "half a response tells nothing")
}

func TestDriftIsBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 3 * maxDrifts {
		fmt.Fprintf(&b, `,"x%d":1`, i)
	}
	got, err := driftOf(t, &opGet, `{"id":1`+b.String()+`}`, new(thing))
	require.NoError(t, err)
	assert.Len(t, got, maxDrifts)

	got, err = driftOf(t, &opGet, `{"`+strings.Repeat("x", 1<<20)+`":1}`, new(thing))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Len(t, got[0].Path, maxPath)
	assert.Less(t, len(got[0].String()), 400)
}

func TestDriftString(t *testing.T) {
	t.Parallel()
	d := Drift{Operation: "ListThings", Path: "/0/a\nb", Kind: TypeMismatch, Want: "bool", Got: "number", RequestID: "R1"}
	assert.Equal(t, "ListThings: type mismatch at /0/a b: got number, want bool (request R1)", d.String())
	assert.Equal(t, "X: unknown field at /a: got null", Drift{Operation: "X", Path: "/a", Kind: UnknownField, Got: "null"}.String())
}

func TestDriftHookPanics(t *testing.T) {
	t.Parallel()
	body := &closeWatch{Reader: strings.NewReader(`{"x":1}`)}
	c, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("id", "secret", "")),
		WithTransport(roundTrip(func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: body, Request: req, Header: http.Header{}}, nil
		})),
		WithDriftHook(func(d Drift) { panic(d.Path) })) //nolint:forbidigo // the mistake of a user
	require.NoError(t, err)
	assert.PanicsWithValue(t, "/x", func() { _, _ = get(t.Context(), c) })
	assert.True(t, body.closed, "the connection is given back")
}

// closeWatch is a body that knows whether it was closed.
type closeWatch struct {
	io.Reader
	closed bool
}

func (c *closeWatch) Close() error { c.closed = true; return nil }

func TestMembersOfEmbeddedStructs(t *testing.T) {
	t.Parallel()
	type Base struct {
		ID   string `json:"id"`
		Kind int    `json:"kind"`
	}
	type embedding struct {
		*Base
		Kind  part   `json:"kind"`
		Plain string // its Go name is its JSON name
		No    int    `json:"-"`
		inner int
	}
	type open struct {
		ID   string         `json:"id"`
		Rest map[string]any `json:",embed"`
	}
	find := func(body string, out any) (paths []string) {
		found := new(driftLog)
		d := decoder{drifts: found}
		_, err := d.decode([]byte(body), out)
		require.NoError(t, err)
		for _, x := range found.list {
			paths = append(paths, x.Path)
		}
		return paths
	}
	assert.Equal(t, []string{"/kind/x", "/-", "/No", "/inner", "/Base"},
		find(`{"id":"a","kind":{"x":1},"Plain":"","-":1,"No":1,"inner":1,"Base":1}`, &embedding{inner: 1}))
	assert.Empty(t, find(`{"id":"a","b":1}`, new(open)))
}

// FuzzDrift checks that no JSON makes the search for drift panic, that it does not
// change what is decoded, and that it finds an unknown field exactly when
// the JSON library does.
func FuzzDrift(f *testing.F) {
	for _, seed := range []string{
		`{"new":1,"id":1,"parts":{"num":"1","x":2},"labels":{"a":1},"main":{"y":{}}}`, `[]`, `null`, `{"main":""}`, `{"x":`, `{"x":1]`,
		`{"free":{"a":1},"tags":["a",{"b":1}]}`, `{"\u0069d":"x","a/b~":1,"\ud800":2}`, `{"parts":[{"name":{"a":1}},null,[{"z":1}]]}`, `{"main":[{"z":1}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var plain, watched thing
		plainLost, plainErr := decoder{}.decode(body, &plain)
		found := new(driftLog)
		d := decoder{drifts: found}
		lost, err := d.decode(body, &watched)
		if !reflect.DeepEqual(plain, watched) || !reflect.DeepEqual(plainLost, lost) || (plainErr == nil) != (err == nil) || err != nil && err.Error() != plainErr.Error() {
			t.Fatalf("the hook changes the result: %v, %v", plainErr, err)
		}
		unknown := false
		seen := map[driftKey]bool{}
		for _, x := range found.list {
			key := driftKey{x.Path, x.Kind}
			if seen[key] || len(x.String()) > 500 || x.Got == "" {
				t.Fatalf("%v", x)
			}
			seen[key] = true
			unknown = unknown || x.Kind == UnknownField
		}
		if err != nil {
			return
		}
		if decodeStrict(body, new(thing)) != nil {
			return
		}
		oracle := jsonv2.Unmarshal(body, new(thing), syntaxOptions, jsonv2.RejectUnknownMembers(true))
		if unknown != (oracle != nil) {
			t.Fatalf("found %v, want %v", found.list, oracle)
		}
	})
}

// BenchmarkDriftHook shows that a client without a hook pays nothing for them.
func BenchmarkDriftHook(b *testing.B) {
	item := strings.TrimSuffix(smallAnswer, "}") + `,"parts":[{"name":"p1","num":1},{"name":"p2","num":2}]}`
	body := `[` + strings.Repeat(item+",", 199) + item + `]`
	b.Run("decode", func(b *testing.B) { // what there was before hooks
		b.ReportAllocs()
		for b.Loop() {
			var out []thing
			if err := decodeStrict([]byte(body), &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, d := range map[string]func() decoder{
		"unset": func() decoder { return decoder{} },
		"set":   func() decoder { return decoder{drifts: new(driftLog)} },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var out []thing
				if _, err := d().decode([]byte(body), &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

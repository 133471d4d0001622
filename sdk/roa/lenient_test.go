package roa

import (
	stdjson "encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLenientDecoding(t *testing.T) {
	t.Parallel()
	day := time.Date(2020, 8, 20, 10, 51, 29, 0, time.UTC)
	tests := map[string]struct {
		body string
		want thing
	}{
		"bool as text":       {`{"ready":"true","id":"x"}`, thing{Ready: true, ID: "x"}},
		"bool as Text":       {`{"ready":"False","id":"x"}`, thing{ID: "x"}},
		"bool as number":     {`{"ready":1}`, thing{Ready: true}},
		"bool as empty text": {`{"ready":""}`, thing{}},
		"int as text":        {`{"count":"12","size":" -3 "}`, thing{Count: 12, Size: -3}},
		"int as float":       {`{"count":12.0,"size":1e3}`, thing{Count: 12, Size: 1000}},
		"int as bool":        {`{"count":true,"size":false}`, thing{Count: 1}},
		"int as empty text":  {`{"count":"","id":"x"}`, thing{ID: "x"}},
		"big int":            {`{"count":"9007199254740993"}`, thing{Count: 9007199254740993}},
		"float as text":      {`{"ratio":"0.5"}`, thing{Ratio: 0.5}},
		"text as number":     {`{"id":12.50,"state":3}`, thing{ID: "12.50", State: "3"}},
		"text as bool":       {`{"id":true,"password":false}`, thing{ID: "true", Password: "false"}},
		"text as object":     {`{"id":{"a":[1, 2]}}`, thing{ID: `{"a":[1, 2]}`}},
		"pointers":           {`{"token":5,"limit":"7"}`, thing{Token: new(Secret("5")), Limit: new(int64(7))}},
		"optional as empty":  {`{"limit":"","id":"x"}`, thing{ID: "x"}},
		"optional as blank":  {`{"limit":" ","token":"","size":"1"}`, thing{Token: new(Secret("")), Size: 1}},
		"time empty":         {`{"created":""}`, thing{}},
		"time without colon": {`{"created":"2020-08-20T18:51:29+0800"}`, thing{Created: day}},
		"time without zone":  {`{"created":"2020-08-20T10:51:29"}`, thing{Created: day}},
		"time with space":    {`{"created":"2020-08-20 10:51:29"}`, thing{Created: day}},
		"time of Go":         {`{"created":"2020-08-20 18:51:29 +0800 CST"}`, thing{Created: day}},
		"time in seconds":    {`{"created":1597920689}`, thing{Created: day}},
		"time in millis":     {`{"created":"1597920689000"}`, thing{Created: day}},
		"time in minutes":    {`{"created":"2020-08-20T10:51Z"}`, thing{Created: day.Truncate(time.Minute)}},
		"day":                {`{"created":"2020-08-20"}`, thing{Created: day.Truncate(24 * time.Hour)}},
		"array as object":    {`{"parts":{"name":"a","num":"1"}}`, thing{Parts: []part{{"a", 1}}}},
		"array as text":      {`{"tags":"a"}`, thing{Tags: []string{"a"}}},
		"array as number":    {`{"tags":5}`, thing{Tags: []string{"5"}}},
		"array as empty":     {`{"tags":"","parts":""}`, thing{}},
		"objects as empty":   {`{"labels":"","main":"","parts":[""]}`, thing{Main: &part{}, Parts: []part{{}}}},
		"map values":         {`{"labels":{"a":1,"b":true,"c":null}}`, thing{Labels: map[string]string{"a": "1", "b": "true", "c": ""}}},
		"null":               {`{"id":null,"count":null,"created":null,"parts":null,"main":null,"size":"1","free":null}`, thing{Size: 1}},
		"deep":               {`{"parts":[{"num":1},{"num":"2"}],"main":{"num":3.0}}`, thing{Parts: []part{{Num: 1}, {Num: 2}}, Main: &part{Num: 3}}},
		"free":               {`{"size":"1","free":{"a":["1",2]}}`, thing{Size: 1, Free: map[string]any{"a": []any{"1", 2.0}}}},
		"good time too":      {`{"size":"1","created":"2020-08-20T10:51:29Z"}`, thing{Size: 1, Created: day}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Error(t, decodeStrict([]byte(tt.body), new(thing)), "else the case tests nothing")
			got := thing{ID: "stale", Parts: []part{{"stale", 1}}, Labels: map[string]string{"stale": ""}}
			require.NoError(t, decoder{}.decode([]byte(tt.body), &got))
			assert.True(t, tt.want.Created.Equal(got.Created), "%v != %v", tt.want.Created, got.Created)
			got.Created = tt.want.Created
			assert.True(t, reflect.DeepEqual(tt.want, got), "want %+v\ngot  %+v", tt.want, got)
		})
	}
}

func TestLenientKeepsItsLimits(t *testing.T) {
	t.Parallel()
	for body, path := range map[string]string{
		`{"count":"12 nodes"}`:                 "/count",
		`{"count":1.5}`:                        "/count",
		`{"limit":"many"}`:                     "/limit",
		`{"size":"2147483648"}`:                "/size",
		`{"ratio":"NaN"}`:                      "/ratio",
		`{"ready":"maybe"}`:                    "/ready",
		`{"ready":{}}`:                         "/ready",
		`{"created":"yesterday"}`:              "/created",
		`{"created":true}`:                     "/created",
		`{"parts":[{"name":"a"},{"num":[1]}]}`: "/parts/1/num",
		`{"parts":"text"}`:                     "/parts",
		`{"labels":[1]}`:                       "/labels",
		`{"main":"{}"}`:                        "/main",
	} {
		err := decoder{}.decode([]byte(body), new(thing))
		var decodeErr *DecodeError
		require.ErrorAs(t, err, &decodeErr, body)
		assert.Equal(t, path, decodeErr.Path, body)
	}
}

func TestDriftIsReported(t *testing.T) {
	t.Parallel()
	found := new(driftLog)
	d := decoder{drifts: found}
	require.NoError(t, d.decode([]byte(`{"id":"x","count":5,"created":"2020-08-20T10:51:29Z"}`), new(thing)))
	assert.Empty(t, found.list)
	body := `{"id":5,"count":7,"created":"2020-08-20T10:51:29Z","ready":"true","parts":[{"num":"1"},{"num":2}],"tags":5,"limit":"2"}`
	require.NoError(t, d.decode([]byte(body), new(thing)))
	assert.Equal(t, []Drift{
		{Path: "/id", Kind: TypeMismatch, Want: "string", Got: "number"},
		{Path: "/ready", Kind: TypeMismatch, Want: "bool", Got: "string"},
		{Path: "/parts/0/num", Kind: TypeMismatch, Want: "int64", Got: "string"},
		{Path: "/tags", Kind: TypeMismatch, Want: "[]string", Got: "number"},
		{Path: "/limit", Kind: TypeMismatch, Want: "int64", Got: "string"},
	}, found.list)
}

// ownDecoder has a JSON form of its own, which the lenient pass must respect.
type ownDecoder struct{ text string }

func (o *ownDecoder) UnmarshalText(text []byte) error { o.text = "own " + string(text); return nil }

func TestLenientRespectsOwnDecoders(t *testing.T) {
	t.Parallel()
	var got struct {
		Own   ownDecoder `json:"own"`
		Count int        `json:"count"`
		Raw   []byte     `json:"raw"`
		Fixed [2]int     `json:"fixed"`
	}
	require.NoError(t, decoder{}.decode([]byte(`{"own":"x","count":"1","raw":"YQ==","fixed":[1,"2"]}`), &got))
	assert.Equal(t, "own x", got.Own.text)
	assert.Equal(t, "a", string(got.Raw))
	assert.Equal(t, [2]int{1, 2}, got.Fixed)
}

// TestModelsWorkWithStandardJSON compares the two libraries on equal models.
func TestModelsWorkWithStandardJSON(t *testing.T) {
	t.Parallel()
	in := thing{
		ID: "x", Count: 3, Ready: true, Created: time.Date(2020, 8, 20, 10, 51, 29, 5000, time.UTC), Limit: new(int64(0)),
		Tags: []string{}, Parts: []part{{}}, Labels: map[string]string{"b": "<", "a": "é"}, Free: []any{1.5, nil, "x"},
	}
	ours, err := encodeJSON(in)
	require.NoError(t, err)
	theirs, err := stdjson.Marshal(in)
	require.NoError(t, err)
	assert.JSONEq(t, string(theirs), string(ours))
	var a, b thing
	require.NoError(t, decoder{}.decode(theirs, &a))
	require.NoError(t, stdjson.Unmarshal(ours, &b))
	assert.Equal(t, in, a)
	assert.Equal(t, in, b)
}

func TestForgivingSyntax(t *testing.T) {
	t.Parallel()
	var got thing
	require.NoError(t, decoder{}.decode([]byte("{\"id\":\"a\",\"id\":\"b\xff\",\"ID\":\"c\"}"), &got))
	assert.Equal(t, "b\ufffd", got.ID, "the last of equal names wins, and names have one casing")
}

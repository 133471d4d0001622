package roa

import (
	stdjson "encoding/json"
	"math"
	"reflect"
	"strings"
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
		"first millis":       {`{"created":100000000000}`, thing{Created: time.Date(1973, 3, 3, 9, 46, 40, 0, time.UTC)}},
		"last seconds":       {`{"created":99999999999}`, thing{Created: time.Date(5138, 11, 16, 9, 46, 39, 0, time.UTC)}},
		"millis before 1970": {`{"created":-200000000000}`, thing{Created: time.Date(1963, 8, 31, 4, 26, 40, 0, time.UTC)}},
		"time in minutes":    {`{"created":"2020-08-20T10:51Z"}`, thing{Created: day.Truncate(time.Minute)}},
		"day":                {`{"created":"2020-08-20"}`, thing{Created: day.Truncate(24 * time.Hour)}},
		"array as object":    {`{"parts":{"name":"a","num":"1"}}`, thing{Parts: []part{{"a", 1}}}},
		"array as text":      {`{"tags":"a"}`, thing{Tags: []string{"a"}}},
		"array as number":    {`{"tags":5}`, thing{Tags: []string{"5"}}},
		"array as empty":     {`{"tags":"","parts":""}`, thing{}},
		"objects as empty":   {`{"labels":"","main":"","tags":[""]}`, thing{Tags: []string{""}}},
		"map values":         {`{"labels":{"a":1,"b":true,"c":null}}`, thing{Labels: map[string]string{"a": "1", "b": "true", "c": ""}}},
		"null":               {`{"id":null,"count":null,"created":null,"parts":null,"main":null,"size":"1","free":null}`, thing{Size: 1}},
		"deep":               {`{"parts":[{"num":1},{"num":"2"}],"main":{"num":3.0}}`, thing{Parts: []part{{Num: 1}, {Num: 2}}, Main: &part{Num: 3}}},
		"free": {
			`{"size":"1","free":{"a":["1",9007199254740993]}}`,
			thing{Size: 1, Free: map[string]any{"a": []any{"1", stdjson.Number("9007199254740993")}}},
		},
		"array as {}":        {`{"parts":{},"tags":{}}`, thing{Parts: []part{}, Tags: []string{}}},
		"long whole numbers": {`{"count":9007199254740993.0,"size":21474836.47e2}`, thing{Count: 9007199254740993, Size: 2147483647}},
		"good time too":      {`{"size":"1","created":"2020-08-20T10:51:29Z"}`, thing{Size: 1, Created: day}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Error(t, decodeStrict([]byte(tt.body), new(thing)), "else the case tests nothing")
			got := thing{ID: "stale", Parts: []part{{"stale", 1}}, Labels: map[string]string{"stale": ""}}
			lost, err := decoder{}.decode([]byte(tt.body), &got)
			require.NoError(t, err)
			assert.Empty(t, lost)
			assert.True(t, tt.want.Created.Equal(got.Created), "%v != %v", tt.want.Created, got.Created)
			got.Created = tt.want.Created
			assert.True(t, reflect.DeepEqual(tt.want, got), "want %+v\ngot  %+v", tt.want, got)
		})
	}
}

// TestLenientInventsNothing has values that no rule of leniency makes what was
// declared: the member is left out and named, and everything else is there.
func TestLenientInventsNothing(t *testing.T) {
	t.Parallel()
	for body, path := range map[string]string{
		`{"count":"12 nodes"}`:                          "/count",
		`{"count":1.5}`:                                 "/count",
		`{"count":9007199254740992.5}`:                  "/count",
		`{"count":0.99999999999999999}`:                 "/count",
		`{"count":1e999999999}`:                         "/count",
		`{"count":9223372036854775808.0}`:               "/count",
		`{"count":"1p4"}`:                               "/count",
		`{"count":"Inf"}`:                               "/count",
		`{"count":1.` + strings.Repeat("0", 600) + `1}`: "/count", // a rest that floats of any size round away
		`{"limit":"many"}`:                              "/limit",
		`{"size":"2147483648"}`:                         "/size",
		`{"size":2147483648}`:                           "/size",
		`{"ratio":"NaN"}`:                               "/ratio",
		`{"ready":"maybe"}`:                             "/ready",
		`{"ready":{}}`:                                  "/ready",
		`{"created":"yesterday"}`:                       "/created",
		`{"created":true}`:                              "/created",
		`{"created":99999999999999999}`:                 "/created",
		`{"parts":[{"name":"a","num":[1]}]}`:            "/parts/0/num",
		`{"parts":"text"}`:                              "/parts",
		`{"parts":["text"]}`:                            "/parts",
		`{"parts":[{"name":"a"},""]}`:                   "/parts",
		`{"parts":["text",{"name":"a"}]}`:               "/parts",
		`{"parts":{"team":"a"}}`:                        "/parts",
		`{"tags":{"team":"a"}}`:                         "/tags",
		`{"labels":[1]}`:                                "/labels",
		`{"main":"{}"}`:                                 "/main",
		`{"main":[]}`:                                   "/main",
		`{"main":{"num":{}}}`:                           "/main/num",
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			var got thing
			lost, err := decoder{}.decode([]byte(`{"id":7,`+body[1:]), &got)
			require.NoError(t, err)
			assert.Equal(t, []string{path}, lost)
			assert.Equal(t, "7", got.ID)
			got.ID = ""
			for _, p := range got.Parts {
				assert.Equal(t, part{Name: "a"}, p)
			}
			if got.Main != nil {
				assert.Zero(t, *got.Main)
			}
			got.Parts, got.Main = nil, nil
			assert.Zero(t, got)
		})
	}
}

// TestNumbersOfEverySize has the largest numbers of types that only operations written by
// hand have, and what is next to them.
func TestNumbersOfEverySize(t *testing.T) {
	t.Parallel()
	type sizes struct {
		A uint8  `json:"a"`
		B uint16 `json:"b"`
		C uint32 `json:"c"`
		D uint64 `json:"d"`
		E int8   `json:"e"`
	}
	var got sizes
	lost, err := decoder{}.decode([]byte(`{"a":"255","b":"65535","c":"4294967295","d":"18446744073709551615","e":"-128"}`), &got)
	require.NoError(t, err)
	assert.Empty(t, lost)
	assert.Equal(t, sizes{math.MaxUint8, math.MaxUint16, math.MaxUint32, math.MaxUint64, math.MinInt8}, got)
	lost, err = decoder{}.decode([]byte(`{"a":"256","b":"65536","c":"4294967296","d":"18446744073709551616","e":"-129"}`), &got)
	require.NoError(t, err)
	assert.Equal(t, []string{"/a", "/b", "/c", "/d", "/e"}, lost)
	assert.Zero(t, got)
}

// TestListsAreWhole has an item that cannot be had: without it, the list would say
// that it is gone.
func TestListsAreWhole(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`[{"name":"a"},"b"]`, `[{"name":"a"},[]]`, `[{"name":"a"},""]`, `{"other":1}`, `"text"`} {
		var items []part
		_, err := decoder{}.decode([]byte(body), &items)
		assert.ErrorContains(t, err, "does not fit the declared", body)
	}
	var items []part
	_, err := decoder{}.decode([]byte(`{}`), &items)
	require.NoError(t, err)
	assert.Empty(t, items)
	var entries map[string]part
	_, err = decoder{}.decode([]byte(`{"a":{"num":"1"},"b":5}`), &entries)
	assert.EqualError(t, err, "decode response at /b: JSON number does not fit the declared roa.part")
}

// TestObjectForAListOfMaps has one map, of any names, where a list of them is declared.
func TestObjectForAListOfMaps(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]map[string]int64{
		`{"a":1,"b":"2"}`: {{"a": 1, "b": 2}},
		`{}`:              {},
	} {
		var counts []map[string]int64
		_, err := decoder{}.decode([]byte(body), &counts)
		require.NoError(t, err, body)
		assert.Equal(t, want, counts)
	}
	_, err := decoder{}.decode([]byte(`{"a":1,"b":"many"}`), new([]map[string]int64))
	assert.ErrorContains(t, err, "does not fit the declared", "a map is whole")
}

// TestNeededIsNeverLost has members that a program cannot go on without.
func TestNeededIsNeverLost(t *testing.T) {
	t.Parallel()
	d := decoder{always: []string{"main"}, needed: []string{"/parts", "/tags", "/labels/next"}}
	for body, path := range map[string]string{
		`{"main":"text"}`:            "/main",
		`{"parts":{}}`:               "/parts",
		`{"tags":{}}`:                "/tags",
		`{"parts":[{"name":"a"},5]}`: "/parts/1",
		`{"labels":[1]}`:             "/labels",
		`{"tags":{},"parts":5}`:      "/tags", // the first of two
	} {
		_, err := d.decode([]byte(body), new(thing))
		var decodeErr *DecodeError
		require.ErrorAs(t, err, &decodeErr, body)
		assert.Equal(t, path, decodeErr.Path)
	}
	lost, err := d.decode([]byte(`{"parts":[{"num":"x"}],"size":[]}`), new(thing))
	require.NoError(t, err)
	assert.Equal(t, []string{"/parts/0/num", "/size"}, lost)
}

// TestNeededByItsWholeName has a member whose name begins another one's, and a name that
// JSON pointers escape.
func TestNeededByItsWholeName(t *testing.T) {
	t.Parallel()
	type page struct {
		Next      int64 `json:"next"`
		NextToken int64 `json:"next_token"`
		Version   int64 `json:"app/version"`
	}
	d := decoder{always: []string{"app/version"}, needed: []string{"/next_token"}}
	lost, err := d.decode([]byte(`{"next":[],"next_token":"7"}`), new(page))
	require.NoError(t, err)
	assert.Equal(t, []string{"/next"}, lost)
	for name, path := range map[string]string{"next_token": "/next_token", "app/version": "/app~1version"} {
		_, err := d.decode([]byte(`{"`+name+`":[]}`), new(page))
		assert.EqualError(t, err, "decode response at "+path+": JSON array does not fit the declared int64")
	}
}

func TestLostIsBounded(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("n", 5000)
	body := `{"main":{"num":[]},"labels":{"` + name + `":1},"parts":[` + strings.Repeat(`{"num":[]},`, 500) + `{}]}`
	var got thing
	lost, err := decoder{}.decode([]byte(body), &got)
	require.NoError(t, err)
	assert.Len(t, got.Parts, 501)
	assert.Len(t, lost, maxLost)
	var deep map[string]part
	lost, err = decoder{}.decode([]byte(`{"`+name+`":{"num":[]}}`), &deep)
	require.NoError(t, err)
	assert.Len(t, lost[0], maxPath)
}

func TestDriftIsReported(t *testing.T) {
	t.Parallel()
	found := new(driftLog)
	d := decoder{drifts: found}
	_, err := d.decode([]byte(`{"id":"x","count":5,"created":"2020-08-20T10:51:29Z"}`), new(thing))
	require.NoError(t, err)
	assert.Empty(t, found.list)
	body := `{"id":5,"count":7,"created":"2020-08-20T10:51:29Z","ready":"true","parts":[{"num":"1"},{"num":2}],"tags":5,"limit":"2"}`
	_, err = d.decode([]byte(body), new(thing))
	require.NoError(t, err)
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
	_, err := decoder{}.decode([]byte(`{"own":"x","count":"1","raw":"YQ==","fixed":[1,"2"]}`), &got)
	require.NoError(t, err)
	assert.Equal(t, "own x", got.Own.text)
	assert.Equal(t, "a", string(got.Raw))
	assert.Equal(t, [2]int{1, 2}, got.Fixed)

	lost, err := decoder{}.decode([]byte(`{"own":"y","raw":"not base64"}`), &got)
	require.NoError(t, err)
	assert.Equal(t, []string{"/raw"}, lost)
	assert.Equal(t, "own y", got.Own.text)
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
	_, err = decoder{}.decode(theirs, &a)
	require.NoError(t, err)
	require.NoError(t, stdjson.Unmarshal(ours, &b))
	assert.Equal(t, []any{stdjson.Number("1.5"), nil, "x"}, a.Free)
	a.Free = in.Free
	assert.Equal(t, in, a)
	assert.Equal(t, in, b)
}

func TestForgivingSyntax(t *testing.T) {
	t.Parallel()
	var got thing
	_, err := decoder{}.decode([]byte("{\"id\":\"a\",\"id\":\"b\xff\",\"ID\":\"c\"}"), &got)
	require.NoError(t, err)
	assert.Equal(t, "b\ufffd", got.ID, "the last of equal names wins, and names have one casing")
}

package roa

import (
	"bytes"
	stdjson "encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shape holds one of several types, as generated ones do.
type shape struct{ JSON }

// drawing has raw JSON and bytes in every place.
type drawing struct {
	Main   shape            `json:"main,omitzero"`
	Option *shape           `json:"option,omitzero"`
	All    []shape          `json:"all,omitzero"`
	Raw    JSON             `json:"raw,omitzero"`
	Raws   []JSON           `json:"raws,omitzero"`
	ByName map[string]shape `json:"by_name,omitzero"`
	Image  []byte           `json:"image,omitzero"`
	Images [][]byte         `json:"images,omitzero"`
	Level  level            `json:"level,omitzero"`
}

var opDraw = Operation{Name: "Draw", Method: "GET", Path: "/drawing", Response: ResponseObject, Retry: RetryIdempotent}

func draw(t *testing.T, body string, opts ...Option) (*drawing, *Metadata, error) {
	t.Helper()
	out, md := new(drawing), new(Metadata)
	err := newTestClient(t, answer(200, "application/json", body), opts...).Do(t.Context(), NewRequest(&opDraw, nil), out, md, nil)
	return out, md, err
}

func TestRawJSONKeepsWhatCame(t *testing.T) {
	t.Parallel()
	const body = `{"main":{"a":12345678901234567890.10},"option":[1, 2],"all":[1,"x",null,{}],"raw":"text","raws":[{"b":1},2],` +
		`"by_name":{"k":true},"image":"aGk=","images":["","aGk="],"level":7}`
	var drifts []Drift
	for _, opts := range [][]Option{nil, {WithDriftHook(func(d Drift) { drifts = append(drifts, d) })}} {
		out, md, err := draw(t, body, opts...)
		require.NoError(t, err)
		assert.Empty(t, md.Lost)
		assert.Equal(t, &drawing{
			Main: shape{JSON(`{"a":12345678901234567890.10}`)}, Option: &shape{JSON(`[1, 2]`)},
			All: []shape{{JSON(`1`)}, {JSON(`"x"`)}, {JSON(`null`)}, {JSON(`{}`)}},
			Raw: JSON(`"text"`), Raws: []JSON{JSON(`{"b":1}`), JSON(`2`)}, ByName: map[string]shape{"k": {JSON(`true`)}},
			Image: []byte("hi"), Images: [][]byte{{}, []byte("hi")}, Level: 7,
		}, out)
		sent, err := encodeJSON(out)
		require.NoError(t, err)
		assert.Equal(t, strings.ReplaceAll(body, "[1, 2]", "[1,2]"), string(sent))
	}
	assert.Empty(t, drifts)
}

func TestRawJSONInBothLibraries(t *testing.T) {
	t.Parallel()
	value := struct {
		A JSON  `json:"a"`
		B shape `json:"b"`
		C JSON  `json:"c,omitzero"`
	}{A: nil, B: shape{JSON(`{"x":1.50}`)}}
	const want = `{"a":null,"b":{"x":1.50}}`
	for name, marshal := range map[string]func(any) ([]byte, error){
		"std": stdjson.Marshal,
		"v2":  func(v any) ([]byte, error) { return json.Marshal(v) },
	} {
		text, err := marshal(value)
		require.NoError(t, err, name)
		assert.Equal(t, want, string(text), name)
	}
	var read struct {
		A JSON  `json:"a"`
		B shape `json:"b"`
	}
	text := []byte(want)
	require.NoError(t, stdjson.Unmarshal(text, &read))
	clear(text)
	assert.JSONEq(t, `{"x":1.50}`, string(read.B.JSON), "the text is a copy")
	assert.Equal(t, "null", string(read.A))
	_, err := encodeJSON(shape{JSON(`{"x":`)})
	require.ErrorContains(t, err, "value at /x is not valid")
}

func TestLenientBesideRawJSON(t *testing.T) {
	t.Parallel()
	out, md, err := draw(t, `{"level":"7","raws":5,"all":{"a":1},"image":"no base64!","images":"aGk=","raw":{"a": "1"}}`)
	require.NoError(t, err)
	assert.Equal(t, &drawing{Level: 7, Raws: []JSON{JSON(`5`)}, Raw: JSON(`{"a": "1"}`)}, out)
	assert.ElementsMatch(t, []string{"/all", "/image", "/images"}, md.Lost)
}

func TestReadAndWriteJSON(t *testing.T) {
	t.Parallel()
	got, err := ReadJSON[part](JSON(`{"name":"n","num":"5"}`))
	require.NoError(t, err)
	assert.Equal(t, &part{"n", 5}, got)
	number, err := ReadJSON[int64](JSON(` 9007199254740993 `))
	require.NoError(t, err)
	assert.Equal(t, int64(9007199254740993), *number)
	free, err := ReadJSON[any](JSON(`{"n":12345678901234567890}`))
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"n": stdjson.Number("12345678901234567890")}, *free)
	for text, want := range map[string]string{
		"":            "read JSON as roa.part: there is none",
		" ":           "read JSON as roa.part: there is none",
		`{"name":`:    "read JSON as roa.part: value at /name: cut off after 8 bytes: unexpected EOF",
		`[]`:          "read JSON as roa.part: value at /: JSON array does not fit the declared roa.part",
		`{"num":"x"}`: "read JSON as roa.part: value at /num does not fit",
	} {
		_, err := ReadJSON[part](JSON(text))
		require.EqualError(t, err, want)
	}
	text, err := WriteJSON(&thing{Password: "real"})
	require.NoError(t, err)
	assert.Equal(t, `{"password":"real"}`, string(text))
	_, err = WriteJSON(Secret("***"))
	require.EqualError(t, err, "write JSON: secret at / holds a mask, not a secret: set the real value or leave it out")
}

func TestResponseValue(t *testing.T) {
	t.Parallel()
	op := Operation{Name: "GetValue", Method: "GET", Path: "/value", Response: ResponseValue, Retry: RetryIdempotent}
	do := func(body string, out any) error {
		return newTestClient(t, answer(200, "application/json", body)).Do(t.Context(), NewRequest(&op, nil), out, nil, nil)
	}
	var (
		number int64
		text   string
		yes    bool
		free   any
		raw    JSON
		one    shape
		lvl    level
	)
	for body, out := range map[string]any{"5": &number, `"a"`: &text, "true": &yes, `[1,{"a":null}]`: &free, `{"a": 1}`: &raw, `{"code":"x"}`: &one, `"3"`: &lvl} {
		require.NoError(t, do(body, out), body)
	}
	assert.Equal(t, int64(5), number)
	assert.Equal(t, "a", text)
	assert.True(t, yes)
	assert.Equal(t, []any{stdjson.Number("1"), map[string]any{"a": nil}}, free)
	assert.JSONEq(t, `{"a": 1}`, string(raw))
	assert.JSONEq(t, `{"code":"x"}`, string(one.JSON), "a member of the value, not an error")
	assert.Equal(t, level(3), lvl)
	require.NoError(t, do("", &number))
	require.ErrorContains(t, do("[]", &number), "JSON array does not fit the declared int64")
	op.Always = []string{""}
	require.ErrorContains(t, do("null", &number), "is empty where a value was expected")
}

func TestRawJSONIsDumpedByItsNames(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	_, _, err := draw(t, `{"main":{"password":"CANARY-1","a":"shown"},"all":[{"access_key_secret":"CANARY-2"}],"raw":{"token":"CANARY-3"}}`, WithDump(&out))
	require.NoError(t, err)
	assert.NotContains(t, out.String(), "CANARY")
	assert.Contains(t, out.String(), `"a":"shown"`)
}

// TestSecretsInRawJSONAreNotQuoted has a secret that no type tells of any more.
func TestSecretsInRawJSONAreNotQuoted(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	text, err := WriteJSON(&thing{Password: "CANARY-1", ID: "shown"})
	require.NoError(t, err)
	c := newTestClient(t, answer(400, "application/json", `{"code":"Bad","message":"not CANARY-1, not shown"}`), WithDump(&out))
	req := NewRequest(&opCreate, nil)
	req.Body(&drawing{Main: shape{text}})
	err = c.Do(t.Context(), req, nil, nil, nil)
	require.ErrorContains(t, err, "not [REDACTED], not shown")
	assert.Contains(t, out.String(), `> {"main":{"id":"shown","password":"[REDACTED]"}}`)
	assert.NotContains(t, out.String(), "CANARY")
}

func TestRawJSONIsBounded(t *testing.T) {
	t.Parallel()
	const small = 4 << 10
	many := strings.Repeat("1,", 10_000) + "1"
	var one struct {
		Raw JSON `json:"raw"`
	}
	c := newTestClient(t, answer(200, "", `{"raw":[`+many+`]}`), WithMaxResponseSize(len64(many)+small))
	require.NoError(t, c.Do(t.Context(), NewRequest(&opDraw, nil), &one, nil, nil), "a text takes no more than its length")
	_, _, err := draw(t, `{"raws":[`+many+`]}`, WithMaxResponseSize(len64(many)+small))
	require.ErrorIs(t, err, ErrResponseTooLarge, "each item of a list takes its place")
	_, _, err = draw(t, `{"all":[`+strings.ReplaceAll(many, "1", "{}")+`]}`, WithMaxResponseSize(2*len64(many)))
	require.ErrorIs(t, err, ErrResponseTooLarge)
}

func len64(s string) int64 { return int64(len(s)) }

func TestWholeNumbersOfAnEnum(t *testing.T) {
	t.Parallel()
	in := &struct {
		Level  level   `json:"-" roa:"query=level,enum=1|2"`
		Levels []level `json:"levels" roa:"enum=1|2"`
	}{3, []level{1, -2}}
	found, err := validate(in)
	require.NoError(t, err)
	assert.Equal(t, []Violation{{"query parameter level", "is none of 1, 2"}, {"/levels/1", "is none of 1, 2"}}, found)
}

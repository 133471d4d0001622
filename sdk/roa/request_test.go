package roa

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQueryValues(t *testing.T) {
	t.Parallel()
	text, yes, number, small := "v", true, int64(-5), int32(6)
	state := thingState("running")
	tests := map[string]struct {
		value any
		want  string // "" means absent
	}{
		"nil":                {nil, ""},
		"string":             {"a b", "q=a%20b"},
		"empty string":       {"", "q="},
		"string pointer":     {&text, "q=v"},
		"nil string":         {(*string)(nil), ""},
		"bool":               {false, "q=false"},
		"bool pointer":       {&yes, "q=true"},
		"nil bool":           {(*bool)(nil), ""},
		"int":                {7, "q=7"},
		"int32":              {int32(7), "q=7"},
		"int64":              {int64(1) << 60, "q=1152921504606846976"},
		"int64 pointer":      {&number, "q=-5"},
		"int32 pointer":      {&small, "q=6"},
		"nil int64":          {(*int64)(nil), ""},
		"nil int32":          {(*int32)(nil), ""},
		"float":              {1.5, "q=1.5"},
		"big float":          {1e6, "q=1000000"},
		"enum":               {state, "q=running"},
		"enum pointer":       {&state, "q=running"},
		"nil enum":           {(*thingState)(nil), ""},
		"secret":             {Secret("s"), "q=s"},
		"time":               {time.Date(2020, 8, 20, 10, 51, 29, 0, time.UTC), "q=2020-08-20T10%3A51%3A29Z"},
		"nil slice":          {[]string(nil), ""},
		"slice":              {[]string{"a", "b&c"}, "q=a%2Cb%26c"},
		"one":                {[]string{"a"}, "q=a"},
		"enums":              {[]thingState{"x", "y"}, "q=x%2Cy"},
		"floats":             {[]float32{0.1, 2}, "q=0.1%2C2"},
		"bools":              {[]bool{true, false}, "q=true%2Cfalse"},
		"unsigned":           {uint8(200), "q=200"},
		"times":              {[]time.Time{time.Unix(0, 5e8).UTC()}, "q=1970-01-01T00%3A00%3A00.5Z"},
		"ints":               {[]int64{1, 2}, "q=1%2C2"},
		"slice pointer":      {&[]string{"a"}, "q=a"},
		"pointer to nothing": {new([]string), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := NewRequest(&opList, nil)
			req.Query("q", tt.value)
			require.NoError(t, req.err)
			assert.Equal(t, tt.want, string(appendQuery(nil, req.query)))
		})
	}
	for name, value := range map[string]any{"bytes": []byte("x"), "nested": [][]string{{"a"}}, "pointers": []*string{nil}, "structs": []part{{}}, "func": func() {}} {
		req := NewRequest(&opList, nil)
		req.Query("q", value)
		assert.ErrorContains(t, req.err, `query parameter "q" cannot be made from a `, name)
	}
}

// TestListOfNothing has lists that would arrive like none, so that a program which means
// nothing would get everything.
func TestListOfNothing(t *testing.T) {
	t.Parallel()
	for want, values := range map[string][]any{
		"is an empty list, which would arrive as none": {[]string{}, []thingState{}, []int64{}, &[]string{}},
		"has nothing in item 0":                        {[]string{""}, []thingState{" "}, []string{"", "a"}},
		"has nothing in item 1":                        {[]string{"a", ""}, []string{"a", "\t", "b"}},
	} {
		for _, value := range values {
			req := NewRequest(&opList, nil)
			req.Query("q", value)
			assert.ErrorContains(t, req.err, `query parameter "q" `+want)
		}
	}
}

func TestQueryJSON(t *testing.T) {
	t.Parallel()
	req := NewRequest(&opList, nil)
	req.QueryJSON("a", []string{"x", "y&"})
	req.QueryJSON("b", []string(nil))
	req.QueryJSON("c", map[string]string(nil))
	req.QueryJSON("d", (*part)(nil))
	req.QueryJSON("e", nil)
	req.QueryJSON("f", []string{})
	req.QueryJSON("g", &part{Name: "n"})
	req.QueryJSON("h", Secret("s"))
	require.NoError(t, req.err)
	assert.Equal(t, []QueryParam{{"a", `["x","y&"]`}, {"f", `[]`}, {"g", `{"name":"n"}`}, {"h", `"s"`}}, req.query)
}

func TestSameNameIsSentOnce(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	c := newTestClient(t, rec)
	req := NewRequest(&opList, nil)
	req.Query("a", "1")
	req.Query("b", "2")
	req.Query("a", "3")
	require.NoError(t, c.Do(t.Context(), req, nil, nil, []CallOption{CallQuery("b", "4"), {}}))
	assert.Equal(t, "/things?a=3&b=4", rec.requests[0].RequestURI)
}

func TestBodies(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		value any
		want  string
		has   bool
	}{
		"object":      {&part{Name: "n"}, `{"name":"n"}`, true},
		"empty":       {&part{}, `{}`, true},
		"array":       {[]part{{}}, `[{}]`, true},
		"empty array": {[]part{}, `[]`, true},
		"empty map":   {map[string]string{}, `{}`, true},
		"nil":         {nil, ``, false},
		"nil pointer": {(*part)(nil), ``, false},
	} {
		req := NewRequest(&opCreate, nil)
		req.Body(tt.value)
		require.NoError(t, req.err, name)
		assert.Equal(t, tt.want, string(req.body), name)
		assert.Equal(t, tt.has, req.hasBody, name)
	}
}

// TestUnsetBodyIsRefused tells a list or map that nobody set from an empty one.
func TestUnsetBodyIsRefused(t *testing.T) {
	t.Parallel()
	for _, value := range []any{[]part(nil), map[string]string(nil)} {
		rec := new(recorder)
		req := NewRequest(&opCreate, nil)
		req.Body(value)
		err := newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil)
		require.EqualError(t, err, "ack: CreateThing: request body is not set: fill the list or map, or make it empty on purpose")
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

func TestExpandPath(t *testing.T) {
	t.Parallel()
	params := []QueryParam{{"b", "集/"}, {"a", "x"}}
	escaped, plain, err := expandPath("/v2/{a}/m/{b}/", params)
	require.NoError(t, err)
	assert.Equal(t, "/v2/x/m/%E9%9B%86%2F/", escaped)
	assert.Equal(t, "/v2/x/m/集//", plain)
	_, _, err = expandPath("/v2/{a", params[:0])
	require.Error(t, err)
	long := strings.Repeat("é", 300)
	escaped, plain, err = expandPath("/{a}", []QueryParam{{"a", long}})
	require.NoError(t, err)
	assert.Equal(t, "/"+strings.Repeat("%C3%A9", 300), escaped)
	assert.Equal(t, "/"+long, plain)
}

// TestExpandPathLiterals escapes the text of templates in the way of the official
// clients.
func TestExpandPathLiterals(t *testing.T) {
	t.Parallel()
	for template, want := range map[string]string{
		"/":                      "/",
		"/plans/{id}:apply":      "/plans/p%3A1%2F%3Aapply%3Aapply",
		"/plans:list":            "/plans%3Alist",
		"/{id}-{id2}/":           "/p%3A1%2F%3Aapply-b/",
		"/in stock/ü^@,;=+*'()":  "/in%20stock/%C3%BC%5E%40%2C%3B%3D%2B%2A%27%28%29",
		"/..a/.b/c./...":         "/..a/.b/c./...",
		"/a~b_c-d.e/{id2}/x/y/z": "/a~b_c-d.e/b/x/y/z",
	} {
		var params []QueryParam
		if strings.Contains(template, "{id}") {
			params = append(params, QueryParam{"id", "p:1/:apply"})
		}
		if strings.Contains(template, "{id2}") {
			params = append(params, QueryParam{"id2", "b"})
		}
		escaped, plain, err := expandPath(template, params)
		require.NoError(t, err, template)
		assert.Equal(t, want, escaped, template)
		u := url.URL{Path: plain, RawPath: escaped}
		assert.Equal(t, escaped, u.EscapedPath(), "net/url sends what was signed")
	}
}

// TestBadTemplates calls operations that were written by hand with paths that cannot
// be sent as they are.
func TestBadTemplates(t *testing.T) {
	t.Parallel()
	for template, want := range map[string]string{
		"":               `path parameter "id" has no place in `,
		"things/{id}":    `path "things/{id}" does not start with a slash`,
		"/a%20b/{id}":    `path "/a%20b/{id}" holds an escape: write the character itself, or use a path parameter`,
		"/{id}?b=1":      `path "/{id}?b=1" holds '?': values after it are query parameters`,
		"/{id}#b":        `path "/{id}#b" holds '#': values after it are query parameters`,
		"/{id":           `path "/{id" has a { without }`,
		"/id}":           `path "/id}" has a } without {`,
		"/{id:[0-9]+}":   `path parameter "id:[0-9]+" is not set`,
		"/x":             `path parameter "id" has no place in /x`,
		"/{id}/{id}":     `path parameter "id" stands twice in /{id}/{id}`,
		"/../{id}":       `path "/../{id}" has a dot segment`,
		"/{id}/.":        `path "/{id}/." has a dot segment`,
		"//{id}":         `path "//{id}" has an empty segment`,
		"/{id}//":        `path "/{id}//" has an empty segment`,
		"/things/.{dot}": `path "/things/.{dot}" has a dot segment`,
	} {
		rec := new(recorder)
		req := NewRequest(&Operation{Name: "Odd", Method: "GET", Path: template}, nil)
		if strings.Contains(template, "{dot}") {
			req.path = append(req.path, QueryParam{"dot", "."}) // as a value of two parameters can be
		} else {
			req.Path("id", "i1")
		}
		err := newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil)
		require.EqualError(t, err, "ack: Odd: "+want)
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

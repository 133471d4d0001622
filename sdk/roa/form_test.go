package roa

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var opForm = Operation{Name: "PostForm", Method: "POST", Path: "/forms", Retry: RetryIdempotent}

func TestForm(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		value any
		want  string
	}{
		"scalars and lists": {fullFilter(), "name=a%20b%26&size=1152921504606846976&on=false&since=1970-01-01T00%3A00%3A00Z&tags=y%2C&tags=x&level=2"},
		"objects":           {&filter{Parts: []part{{Name: "é"}}, Labels: map[string]string{"a": "b"}}, "parts=%5B%7B%22name%22%3A%22%C3%A9%22%7D%5D&labels=%7B%22a%22%3A%22b%22%7D"},
		"map":               {map[string]any{"b": nil, "a": []any{1, nil}}, "a=%5B1%2Cnull%5D"},
		"booleans":          {map[string]any{"a": []bool{true, false}}, "a=true&a=false"},
		"nothing":           {&filter{}, ""},
	} {
		rec := new(recorder)
		req := NewRequest(&opForm, nil)
		req.Form(tt.value)
		require.NoError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil), name)
		assert.Equal(t, tt.want, rec.bodies[0], name)
		assert.Equal(t, "application/x-www-form-urlencoded", rec.requests[0].Header.Get("Content-Type"))
	}
}

func TestNoForm(t *testing.T) {
	t.Parallel()
	rec := new(recorder)
	req := NewRequest(&opForm, nil)
	req.Form((*filter)(nil))
	require.NoError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil))
	assert.Empty(t, rec.bodies[0])
	assert.NotContains(t, rec.requests[0].Header, "Content-Type")
}

func TestBadForms(t *testing.T) {
	t.Parallel()
	for want, value := range map[string]any{
		`form holds an empty list at "tags", which would arrive as none: fill it, or make it nil if none is meant`: &filter{Tags: []string{}},
		`form has nothing in item 0 of "tags"`:                                                       &filter{Tags: []string{""}},
		`form is of kind array: want an object`:                                                      []string{"a"},
		`encode body: secret at /key holds a mask, not a secret: set the real value or leave it out`: &filter{Key: "***"},
	} {
		rec := new(recorder)
		req := NewRequest(&opForm, nil)
		req.Form(value)
		require.EqualError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil), "ack: PostForm: "+want)
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

func TestFormWithFieldsOfTheCall(t *testing.T) {
	t.Parallel()
	rec := new(recorder)
	var out bytes.Buffer
	c := newTestClient(t, rec, WithDump(&out))
	req := NewRequest(&opForm, nil)
	req.Form(&filter{Name: "n", Key: "CANARY-1", Tags: []string{"t"}})
	require.NoError(t, c.Do(t.Context(), req, nil, nil, []CallOption{CallBodyField("brand_new", []Secret{"CANARY-2"}), CallBodyField("/tags/-", "u")}))
	assert.Equal(t, "brand_new=CANARY-2&key=CANARY-1&name=n&tags=t&tags=u", rec.bodies[0])
	assert.Contains(t, out.String(), "\n> brand_new=[REDACTED]&key=[REDACTED]&name=n&tags=t&tags=u\n")
	assert.NotContains(t, out.String(), "CANARY")
}

func TestContentTypeOfTheOperation(t *testing.T) {
	t.Parallel()
	op := Operation{Name: "Patch", Method: "PATCH", Path: "/things", ContentType: "application/merge-patch+json"}
	rec := new(recorder)
	req := NewRequest(&op, nil)
	req.Body(&part{Name: "n"})
	require.NoError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil))
	assert.Equal(t, "application/merge-patch+json", rec.requests[0].Header.Get("Content-Type"))
}

func TestOptionalBody(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		value any
		want  string
		has   bool
	}{
		"object":      {&part{Name: "n"}, `{"name":"n"}`, true},
		"empty":       {&part{}, ``, false},
		"nil":         {nil, ``, false},
		"nil pointer": {(*part)(nil), ``, false},
		"nil list":    {[]part(nil), ``, false},
		"nil map":     {map[string]string(nil), ``, false},
		"empty map":   {map[string]string{}, ``, false},
		"empty list":  {[]part{}, `[]`, true},
		"no variant":  {new(shape), ``, false},
		"a variant":   {&shape{JSON("1")}, `1`, true},
	} {
		rec := new(recorder)
		req := NewRequest(&opCreate, nil)
		req.OptionalBody(tt.value)
		require.NoError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil), name)
		assert.Equal(t, tt.want, rec.bodies[0], name)
		assert.Equal(t, tt.has, rec.requests[0].Header.Get("Content-Type") != "", name)
	}
	rec := new(recorder)
	req := NewRequest(&opCreate, nil)
	req.OptionalBody(&part{})
	require.NoError(t, newTestClient(t, rec).Do(t.Context(), req, nil, nil, []CallOption{CallBodyField("new", 1)}))
	assert.JSONEq(t, `{"new":1}`, rec.bodies[0])
}

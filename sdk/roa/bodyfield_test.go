package roa

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCallBodyField(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{stepOK}}
	c := scriptClient(t, s)
	opts := []CallOption{CallBodyField("new", []int{1}), CallBodyField("id", Secret("CANARY")), CallBodyField("none", nil)}
	require.NoError(t, do(t.Context(), c, &opCreate, opts...))
	assert.True(t, bodyOf(t, s.requests[0]) == `{"id":"CANARY","new":[1],"none":null}`, "fields are added and replaced")
	assert.Equal(t, `CallBodyField("id")`, opts[1].String())

	// Numbers of other fields are kept as they are, and a body is made where there is none.
	req := NewRequest(&opCreate, nil)
	req.Body(map[string]any{"big": int64(9007199254740993)})
	require.NoError(t, c.Do(t.Context(), req, nil, nil, opts[:1]))
	assert.Equal(t, `{"big":9007199254740993,"new":[1]}`, bodyOf(t, s.requests[1]))
	require.NoError(t, do(t.Context(), c, &opDelete, opts[:1]...))
	assert.Equal(t, `{"new":[1]}`, bodyOf(t, s.requests[2]))
	assert.Equal(t, "application/json; charset=utf-8", s.requests[2].Header.Get("Content-Type"))

	for want, o := range map[string]CallOption{
		`ack: CreateThing: body field "x": func() at / cannot be written as JSON`: CallBodyField("x", func() {}),
		`ack: CreateThing: body field has no name`:                                CallBodyField("", 1),
	} {
		assert.EqualError(t, do(t.Context(), c, &opCreate, o), want)
	}
	req = NewRequest(&opCreate, nil)
	req.Body([]int{1})
	assert.EqualError(t, c.Do(t.Context(), req, nil, nil, opts[:1]), `ack: CreateThing: body field "new": body is not an object`)
}

func TestCallBodyFieldByPointer(t *testing.T) {
	t.Parallel()
	const body = `{"group":{"size":12345678901234567890,"none":null,"text":"a"},"list":[{"x":1},2],"a.b":{},"q":true}`
	for name, tt := range map[string]struct{ body, pointer, want, fault string }{
		"member of a member":     {body: `{"a":{"b":1}}`, pointer: "/a/c", want: `{"a":{"b":1,"c":7}}`},
		"replaced":               {body: `{"a":{"b":1}}`, pointer: "/a/b", want: `{"a":{"b":7}}`},
		"numbers keep text":      {body: `{"a":{"n":12345678901234567890}}`, pointer: "/a/b", want: `{"a":{"b":7,"n":12345678901234567890}}`},
		"repeated name":          {body: `{"a":1,"a":2}`, pointer: "/b", want: `{"a":2,"b":7}`},
		"parents are made":       {body: `{}`, pointer: "/a/b/c", want: `{"a":{"b":{"c":7}}}`},
		"no body":                {pointer: "/a/b", want: `{"a":{"b":7}}`},
		"null on the way":        {body: `{"a":null}`, pointer: "/a/b", want: `{"a":{"b":7}}`},
		"list is made":           {body: `{}`, pointer: "/a/-/b", want: `{"a":[{"b":7}]}`},
		"one item more":          {body: `{"a":[1]}`, pointer: "/a/-", want: `{"a":[1,7]}`},
		"item":                   {body: `{"a":[1,2]}`, pointer: "/a/1", want: `{"a":[1,7]}`},
		"member of an item":      {body: `{"a":[{"b":1}]}`, pointer: "/a/0/c", want: `{"a":[{"b":1,"c":7}]}`},
		"list as the body":       {body: `[{"b":1}]`, pointer: "/0/b", want: `[{"b":7}]`},
		"escapes":                {body: `{}`, pointer: "/a~1b/~0", want: `{"a/b":{"~":7}}`},
		"dot in a plain name":    {body: `{}`, pointer: "a.b", want: `{"a.b":7}`},
		"slash in a plain name":  {body: `{}`, pointer: "a/b", want: `{"a/b":7}`},
		"dash of an object":      {body: `{"a":{}}`, pointer: "/a/-", want: `{"a":{"-":7}}`},
		"through a text":         {body: body, pointer: "/group/text/x", fault: `/group/text is a string, which has no "x"`},
		"through a number":       {body: body, pointer: "/list/1/x", fault: `/list/1 is a number, which has no "x"`},
		"through a boolean":      {body: body, pointer: "/q/x", fault: `/q is a boolean, which has no "x"`},
		"no such item":           {body: body, pointer: "/list/2", fault: `/list has no item 2: it has 2`},
		"negative item":          {body: body, pointer: "/list/-1", fault: `/list has no item -1: it has 2`},
		"name in a list":         {body: body, pointer: "/list/x", fault: `/list is a list: want the number of an item or -, not "x"`},
		"leading zero":           {body: body, pointer: "/list/01", fault: `/list is a list: want the number of an item or -, not "01"`},
		"malformed":              {body: body, pointer: "/a~2", fault: `is not a JSON pointer: want ~0 for ~ and ~1 for / in names`},
		"plain name in a list":   {body: `[1]`, pointer: "0", fault: `body is not an object`},
		"member of a list":       {body: `[1]`, pointer: "/x", fault: `body is a list: want the number of an item or -, not "x"`},
		"member of a plain text": {body: `"a"`, pointer: "/x", fault: `body is a string, which has no "x"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := &Request{body: []byte(tt.body), hasBody: tt.body != ""}
			err := req.setBodyField(tt.pointer, "7")
			if tt.fault != "" {
				require.ErrorContains(t, err, ": "+tt.fault)
				assert.Equal(t, tt.body, string(req.body))
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(req.body))
			assert.True(t, req.hasBody)
		})
	}
}

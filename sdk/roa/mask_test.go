package roa

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMaskOfSecret(t *testing.T) {
	t.Parallel()
	for _, mask := range []Secret{"[REDACTED]", "user:[REDACTED]", `{"key":"[REDACTED]"}`, "***", "******", "IyEvYmluL3No****", "***\n", " IyEvYmluL3No****\r\n"} {
		assert.ErrorIs(t, mask.checkMask(), errMask, "%s", mask.Reveal())
	}
	for _, value := range []Secret{"", "*", "**", "REDACTED", "Ab1***", "****Ab1", "Ab****12", "#!/bin/sh\n# *****\n", " \n", "Ab1***\n", "** *\n"} {
		assert.NoError(t, value.checkMask(), "%s", value.Reveal())
	}
}

// TestMaskIsNotSent has a lost secret in every place that a secret is sent from.
func TestMaskIsNotSent(t *testing.T) {
	t.Parallel()
	const fault = " holds a mask, not a secret: set the real value or leave it out"
	type node struct {
		Nodes []node            `json:"nodes,omitzero"`
		Token *Secret           `json:"login/token,omitzero"`
		Keys  map[string]Secret `json:"keys,omitzero"`
		Free  any               `json:"free,omitzero"`
	}
	lost := Secret("******")
	body := func(value any) func(*Request) { return func(r *Request) { r.Body(value) } }
	for name, tt := range map[string]struct {
		fill func(*Request)
		opts []CallOption
		want string
	}{
		"member":    {fill: body(thing{Password: lost}), want: "encode body: secret at /password"},
		"deep":      {fill: body(&node{Nodes: []node{{}, {Token: &lost}}}), want: "encode body: secret at /nodes/1/login~1token"},
		"map":       {fill: body(node{Keys: map[string]Secret{"a": "real", "b": lost}}), want: "encode body: secret at /keys/b"},
		"interface": {fill: body(node{Free: map[string]any{"x": []any{lost}}}), want: "encode body: secret at /free/x/0"},
		"list":      {fill: body([]Secret{"real", lost}), want: "encode body: secret at /1"},
		"alone":     {fill: body(lost), want: "encode body: secret at /"},
		"query":     {fill: func(r *Request) { r.Query("key", &lost) }, want: `query parameter "key"`},
		"list in query": {
			fill: func(r *Request) { r.Query("keys", []Secret{"real", lost}) }, want: `query parameter "keys" item 1`,
		},
		"JSON in query": {
			fill: func(r *Request) { r.QueryJSON("filter", thing{Token: &lost}) },
			want: `query parameter "filter" cannot be encoded: secret at /token`,
		},
		"path":                {fill: func(r *Request) { r.Path("ThingId", lost) }, want: `path parameter "ThingId"`},
		"body field":          {opts: []CallOption{CallBodyField("key", lost)}, want: `body field "key": secret at /`},
		"inside a body field": {opts: []CallOption{CallBodyField("all", thing{Password: lost})}, want: `body field "all": secret at /password`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &script{steps: []step{stepOK}}
			req := NewRequest(&opCreate, nil)
			if tt.fill != nil {
				tt.fill(req)
			}
			err := scriptClient(t, s).Do(t.Context(), req, nil, nil, tt.opts)
			require.EqualError(t, err, "ack: CreateThing: "+tt.want+fault)
			assert.Empty(t, s.requests)
		})
	}
}

// TestStoredSecret reads back what encoding/json wrote.
func TestStoredSecret(t *testing.T) {
	t.Parallel()
	var loaded thing
	require.NoError(t, json.Unmarshal([]byte(mustMarshal(t, thing{Password: hidden})), &loaded))
	_, err := encodeJSON(loaded)
	require.ErrorIs(t, err, errMask)

	_, err = NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("id", loaded.Password.Reveal(), "")))
	require.ErrorContains(t, err, "access key secret holds a mask")
	_, err = NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("id", "secret", "STS***************")))
	assert.ErrorContains(t, err, "security token holds a mask")
}

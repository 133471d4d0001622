package gateway

import (
	"context"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// callSpec has an operation whose query and body have several forms.
const callSpec = `
openapi: 3.0.3
info: {title: Calls, version: "2015-12-15"}
paths:
  /forms:
    post:
      operationId: PostForm
      security: []
      parameters:
        - {name: each, in: query, schema: {type: array, items: {type: string}}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: integer}}}}
        - {name: text, in: query, content: {application/json: {schema: {type: string}}}}
        - {name: plain, in: query, schema: {type: string}}
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {n: {type: integer}, s: {type: string}}}}}}
      responses: {"202": {description: Done., content: {text/plain: {schema: {type: string, format: odd}}}}}
`

// TestCallByNames sends what is spread over several parameters, and a form.
func TestCallByNames(t *testing.T) {
	t.Parallel()
	spec, err := Load([]byte(callSpec))
	require.NoError(t, err)
	op := spec.Operation("PostForm")
	assert.Equal(t, 202, op.Success().Status)
	assert.Equal(t, "text/plain; charset=utf-8", op.Success().Header.Get("Content-Type"))
	assert.Empty(t, op.Success().Body)
	op.Success().Header.Set("Content-Type", "changed")
	assert.Equal(t, "text/plain; charset=utf-8", op.Success().Header.Get("Content-Type"), "each caller gets a copy")

	srv := newServer(t, spec)
	var called Call
	srv.handler.Behave = func(_ context.Context, c *Call) (*Response, bool, error) {
		called = *c
		return nil, false, nil
	}
	out := call{method: "POST", path: "/forms", action: "PostForm", query: url.Values{
		"each": {"a,b", "c"}, "deep[a]": {"1"}, "text": {`""`}, "plain": {`"p"`},
	}, body: "n=5&s=7"}.
			header("Content-Type", formType).do(t, srv)
	require.Equal(t, 202, out.status, out.body)
	assert.Equal(t, url.Values{"each": {`["a,b","c"]`}, "deep": {`{"a":1}`}, "text": {""}, "plain": {`"p"`}}, called.Values())
	assert.JSONEq(t, `{"n":5,"s":"7"}`, string(called.Content()))
	assert.Equal(t, "n=5&s=7", string(called.Body))
}

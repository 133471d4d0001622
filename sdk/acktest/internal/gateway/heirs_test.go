package gateway

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

const heirs = `
openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /cats:
    put:
      operationId: PutCat
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
      responses: {"200": {description: A cat., content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}, example: {kind: dog}}}}}
components:
  schemas:
    Animal:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind}
    Cat: {allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, required: [lives], properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, required: [tricks], properties: {tricks: {type: integer}}}]}
`

func TestBasesMayListTheirHeirs(t *testing.T) {
	t.Parallel()
	srv := serve(t, []byte(heirs))
	for body, status := range map[string]int{
		`{"kind":"cat","lives":9}`: http.StatusOK,
		`{"kind":"cat"}`:           http.StatusBadRequest,
		`{"lives":9}`:              http.StatusBadRequest,
	} {
		out := call{method: http.MethodPut, path: "/cats", action: "PutCat"}.header("X-Acs-Version", "1").with("application/json", body).do(t, srv)
		assert.Equal(t, status, out.status, "%s: %s", body, out.message)
	}
}

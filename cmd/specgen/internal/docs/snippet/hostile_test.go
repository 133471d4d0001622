package snippet

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestQuoted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a":               `"a"`,
		`{"a": "b"}`:      "`{\"a\": \"b\"}`",
		"a\n\t\"b\"":      "`a\n\t\"b\"`",
		"\"a\" \u202e b":  `"\"a\" \u202e b"`,
		"a\n`b`":          `"a\n` + "`b`" + `"`,
		"\"a\" \u200b\nb": `"\"a\" \u200b\nb"`,
	} {
		assert.Equal(t, want, quoted(text))
	}
}

// TestSamplesEnd has an object that must hold many lists of its own kind.
func TestSamplesEnd(t *testing.T) {
	t.Parallel()
	names, lists := make([]string, 12), make([]string, 12)
	for i := range names {
		names[i] = fmt.Sprintf("f%d", i)
		lists[i] = fmt.Sprintf("        f%d: {type: array, items: {$ref: '#/components/schemas/A'}}\n", i)
	}
	w, api := build(t, "openapi.yaml", []byte(`openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /a:
    post:
      operationId: MakeA
      tags: [T]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses: {"204": {description: None.}}
components:
  schemas:
    A:
      type: object
      required: [`+strings.Join(names, ", ")+`]
      properties:
`+strings.Join(lists, "")), nil, "example.com/things")
	set, err := w.Of(api.Groups[0].Operations[0])
	require.NoError(t, err)
	require.Len(t, set.Curl, 1)
	assert.Contains(t, set.Curl[0].Code, `"f11": []`)
	assert.Less(t, len(set.Curl[0].Code), 100_000)
	assert.Less(t, len(set.Go[0].Code), 100_000)
}

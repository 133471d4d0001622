package generator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const small = `openapi: 3.0.3
paths:
  /things:
    get:
      operationId: ListThings
      x-ack-waiter:
        ThingReady: ready
      responses:
        "200":
          $ref: '#/components/responses/Things'
    parameters: []
components: {}
`

func TestMultiply(t *testing.T) {
	t.Parallel()
	once, err := multiply([]byte(small), 1)
	require.NoError(t, err)
	require.Equal(t, small, string(once))

	twice, err := multiply([]byte(small), 2)
	require.NoError(t, err)
	require.Equal(t, `openapi: 3.0.3
paths:
  /things:
    get:
      operationId: ListThings
      x-ack-waiter:
        ThingReady: ready
      responses:
        "200":
          $ref: '#/components/responses/Things'
    parameters: []
  /copy1/things:
    get:
      operationId: ListThingsCopy1
      responses:
        "200":
          $ref: '#/components/responses/Things'
    parameters: []
components: {}
`, string(twice))
}

func TestMultiplyNeedsPaths(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"no YAML": "a: [", "nothing": "", "a list": "- a", "no paths": "openapi: 3.0.3"} {
		_, err := multiply([]byte(text), 2)
		require.Error(t, err, name)
	}
}

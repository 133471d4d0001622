package products

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
)

// A product is one of the specs in this folder.
type product struct {
	name    string
	version string
	spec    []byte
	ops     []*operation
	fake    *acktest.Server // of the same spec
}

// An operation is one operation of a product.
type operation struct {
	name, method, path string
	params             []*openapi3.Parameter
	mediaType          string // of the body; empty when it takes none
	body               *openapi3.Schema
	bodyRequired       bool
	response           string // the media type of the response; empty when it has none
}

func (op *operation) binary() bool { return op.mediaType == "application/octet-stream" }

func readProduct(t *testing.T, name string) *product {
	t.Helper()
	data, err := os.ReadFile(name + ".yaml")
	require.NoError(t, err)
	return parseProduct(t, name, data)
}

func parseProduct(t *testing.T, name string, data []byte) *product {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(data)
	require.NoError(t, err)
	fake := acktest.NewServer(t, acktest.WithSpec(data), acktest.WithCredentials("products-id", "products-secret", ""))
	p := &product{name: name, version: doc.Info.Version, spec: data, fake: fake}
	items := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(items)) {
		methods := items[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(methods)) {
			p.ops = append(p.ops, newOperation(path, method, methods[method]))
		}
	}
	require.NotEmpty(t, p.ops)
	slices.SortFunc(p.ops, func(a, b *operation) int { return strings.Compare(a.name, b.name) })
	return p
}

func newOperation(path, method string, def *openapi3.Operation) *operation {
	op := &operation{name: def.OperationID, method: method, path: path}
	for _, ref := range def.Parameters {
		op.params = append(op.params, ref.Value)
	}
	if def.RequestBody != nil {
		op.bodyRequired = def.RequestBody.Value.Required
		for mediaType, media := range def.RequestBody.Value.Content {
			op.mediaType, op.body = mediaType, media.Schema.Value
		}
	}
	for mediaType := range def.Responses.Status(200).Value.Content {
		op.response = mediaType
	}
	return op
}

// isJSON tells a parameter that travels as a JSON text.
func isJSON(param *openapi3.Parameter) bool { return len(param.Content) > 0 }

func schemaOf(param *openapi3.Parameter) *openapi3.Schema {
	if media := param.Content.Get("application/json"); media != nil {
		return media.Schema.Value
	}
	return param.Schema.Value
}

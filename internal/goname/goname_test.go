package goname_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/internal/goname"
)

func TestOperationID(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, path, want string }{
		{"GET", "/", "Get"},
		{"GET", "/things", "GetThings"},
		{"GET", "/things/{id}/parts", "GetThingsByIDParts"},
		{"POST", "/api/v2/things/{thing_id}:start", "PostAPIV2ThingsByThingIDStart"},
		{"DELETE", "/things/{from}-{to}/", "DeleteThingsByFromByTo"},
		{"GET", "/db/ts/utf8", "GetDBTSUTF8"},
		{"put", "/k8s/{ClusterId}/user_config", "PutK8sByClusterIDUserConfig"},
	} {
		assert.Equal(t, tt.want, goname.OperationID(tt.method, tt.path), tt.path)
	}
}

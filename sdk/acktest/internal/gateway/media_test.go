package gateway

import (
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
)

// TestPreferredType holds the order in which generated clients choose, too.
func TestPreferredType(t *testing.T) {
	t.Parallel()
	for offered, want := range map[string]string{
		"":                              "",
		"application/xml image/png":     "application/xml",
		"application/xml text/plain":    "text/plain",
		"application/xml text/json":     "text/json",
		"text/plain application/a+json": "application/a+json",
		"application/a+json text/plain application/json": "application/json",
	} {
		content := openapi3.Content{}
		for mediaType := range strings.FieldsSeq(offered) {
			content[mediaType] = openapi3.NewMediaType()
		}
		assert.Equal(t, want, preferredType(content), offered)
	}
}

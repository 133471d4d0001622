package oas_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/load/oas"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]struct {
		names []string
		form  string
	}{
		"/things":                   {nil, "/things"},
		"/things/{id}:stop":         {[]string{"id"}, "/things/{}:stop"},
		"/things/{a}-{b}/parts/{c}": {[]string{"a", "b", "c"}, "/things/{}-{}/parts/{}"},
		"/things/{id":               {nil, "/things/{id"},
		"/things/{}":                {[]string{""}, "/things/{}"},
	} {
		assert.Equal(t, want.names, oas.Placeholders(path), path)
		assert.Equal(t, want.form, oas.PathForm(path))
	}
	assert.Equal(t, "a~1b~0c", oas.EscapePointer("a/b~c"))
}

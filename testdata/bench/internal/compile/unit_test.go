package compile

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseList(t *testing.T) {
	t.Parallel()
	got, err := parseList("p", "io\t/cache/io\t/go/io\tio.go\nunsafe\t\t/go/unsafe\tunsafe.go\np\t/cache/p\t/src/p\ta.go b.go\n")
	require.NoError(t, err)
	require.Equal(t, &unit{
		path: "p", files: []string{filepath.Join("/src/p", "a.go"), filepath.Join("/src/p", "b.go")}, exports: map[string]string{"io": "/cache/io"},
	}, got)
	_, err = parseList("q", "p\t/cache/p\t/src/p\ta.go\n")
	require.EqualError(t, err, "q: no such package")
}

package compile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCount(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text     string
		exported int
	}{
		"functions":          {"func A() {}\nfunc b() {}\n", 1},
		"constants":          {"const (\n\tA, b = 1, 2\n\tC    = 3\n)\n", 2},
		"variables":          {"var A, b int\n", 1},
		"types":              {"type A struct{ Field int }\ntype b struct{ Field int }\n", 1},
		"methods":            {"type A int\nfunc (A) M() {}\nfunc (*A) N() {}\nfunc (A) o() {}\n", 3},
		"methods of others":  {"type a int\nfunc (a) M() {}\n", 0},
		"methods of generic": {"type A[T any] struct{}\nfunc (*A[T]) M() {}\ntype B[K, V any] struct{}\nfunc (B[K, V]) M() {}\n", 4},
		"imports":            {"import \"io\"\nvar _ io.Reader\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := "package p\n" + tt.text
			file := filepath.Join(t.TempDir(), "p.go")
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			got, err := count([]string{file, file})
			require.NoError(t, err)
			lines := 0
			for _, r := range text {
				if r == '\n' {
					lines++
				}
			}
			require.Equal(t, counts{files: 2, lines: 2 * lines, bytes: 2 * len(text), exported: 2 * tt.exported}, got)
		})
	}
}

func TestCountNeedsGo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "p.go")
	_, err := count([]string{file})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.WriteFile(file, []byte("package"), 0o600))
	_, err = count([]string{file})
	require.Error(t, err)
}

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

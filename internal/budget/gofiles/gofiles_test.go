package gofiles

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
			got, err := Count([]string{file, file})
			require.NoError(t, err)
			lines := 0
			for _, r := range text {
				if r == '\n' {
					lines++
				}
			}
			require.Equal(t, Counts{Files: 2, Lines: 2 * lines, Bytes: 2 * len(text), Exported: 2 * tt.exported}, got)
		})
	}
}

func TestCountNeedsGo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "p.go")
	_, err := Count([]string{file})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.NoError(t, os.WriteFile(file, []byte("package"), 0o600))
	_, err = Count([]string{file})
	require.Error(t, err)
}

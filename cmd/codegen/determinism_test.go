package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/internal/presets"
	"github.com/ackgen/ackgen/spec"
)

// TestSameBytesEveryTime generates the whole API and every preset of it several times:
// from the spec that codegen brings and from a file with the line ends of Unix and of
// Windows, in different working folders.
func TestSameBytesEveryTime(t *testing.T) {
	t.Chdir(t.TempDir()) // the way back at the end
	var want map[string]string
	for _, tt := range []struct{ dir, spec, ends string }{
		{".", "", "\n"},
		{"sub", ", spec: openapi.yaml", "\n"},
		{"sub/folder", ", spec: openapi.yaml", "\r\n"},
	} {
		w := workspace{t: t, dir: t.TempDir()}
		packages := []string{"packages:", "{out: whole" + tt.spec + "}"}
		for _, preset := range presets.Names() {
			packages = append(packages, "{out: "+preset+", presets: ["+preset+"]"+tt.spec+"}")
		}
		w.write("go.mod", "module example.com/ack\n")
		w.write("ackgen.yaml", strings.Join(packages, "\n  - "))
		w.write("openapi.yaml", strings.ReplaceAll(string(spec.Bundle()), "\n", tt.ends))
		w.write("sub/folder/empty.txt", "")
		t.Chdir(w.path(tt.dir))
		up, err := filepath.Rel(w.path(tt.dir), w.path("ackgen.yaml"))
		assert.NoError(t, err)
		bare(t, "", "--config", up)
		got := w.generated()
		if want == nil {
			want = got
		}
		for name, content := range want {
			assert.True(t, content == got[name], "%s differs in %s with %q", name, tt.dir, tt.ends)
		}
		assert.Len(t, got, len(want))
	}
}

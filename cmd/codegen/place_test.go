package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
)

// bare runs the command without the flags that a workspace adds.
func bare(t *testing.T, stdin string, args ...string) (stdout string) {
	t.Helper()
	var out, errOut bytes.Buffer
	require.Equal(t, cli.Clean, run(args, strings.NewReader(stdin), &out, &errOut), errOut.String())
	return out.String()
}

// generated returns the generated files of a workspace below its folder pets.
func (w workspace) generated() map[string]string {
	w.t.Helper()
	files := w.files()
	maps.DeleteFunc(files, func(name, _ string) bool { return !strings.HasSuffix(name, "_gen.go") })
	require.NotEmpty(w.t, files)
	return files
}

// TestSameBytesAnywhere generates the same package from different working folders, by
// relative and absolute paths, by flags and by configuration, in a folder with a space.
func TestSameBytesAnywhere(t *testing.T) {
	t.Chdir(t.TempDir()) // the way back at the end
	var want map[string]string
	for _, tt := range []struct {
		dir  string
		args []string
	}{
		{".", nil}, // the configuration in the working folder
		{"sub", []string{"--config", "../ackgen.yaml"}},
		{"sub", []string{"--config", "{DIR}/ackgen.yaml"}},
		{".", []string{"--spec", "spec.yaml", "--out", "pets"}},
		{"sub", []string{"--spec", "../spec.yaml", "--out", "../pets"}},
		{"pets", []string{"--spec", "{DIR}/spec.yaml", "--out", "."}},
		{"pets", []string{"--spec", "..//./spec.yaml", "--out", "{DIR}/sub/../pets/"}},
	} {
		w := workspace{t: t, dir: filepath.Join(t.TempDir(), "my project")}
		w.write("go.mod", "module example.com/pets\n")
		w.write("spec.yaml", petSpec)
		w.write("ackgen.yaml", "packages: [{out: pets, spec: spec.yaml}]\n")
		w.write("sub/empty.txt", "")
		w.write("pets/empty.txt", "")
		t.Chdir(w.path(tt.dir))
		for i := range tt.args {
			tt.args[i] = strings.ReplaceAll(tt.args[i], "{DIR}", w.dir)
		}
		bare(t, "", tt.args...)
		got := w.generated()
		if want == nil {
			want = got
		}
		assert.Equal(t, want, got, "%s %v", tt.dir, tt.args)
		assert.Empty(t, bare(t, "", append(tt.args, "--check")...))
	}
}

// TestFlagsOutrankTheFile has a configuration in the working folder that flags
// contradict.
func TestFlagsOutrankTheFile(t *testing.T) {
	w := newWorkspace(t, petSpec)
	w.write("ackgen.yaml", "broken: [")
	t.Chdir(w.dir)
	assert.Equal(t, bare(t, "", "--list", "--spec", "spec.yaml", "--out", "pets"), bare(t, petSpec, "--list", "--spec", "-", "--out", "pets"))
	assert.Contains(t, bare(t, "", "--explain", "GEN012"), "GEN012")
	var out, errOut bytes.Buffer
	assert.Equal(t, cli.Usage, run([]string{"--check"}, strings.NewReader(""), &out, &errOut))
	assert.Contains(t, errOut.String(), "ackgen.yaml:1:")
}

// TestSpecFromStandardInput differs from the file by its name only.
func TestSpecFromStandardInput(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, petSpec)
	bare(t, petSpec, "--spec", "-", "--out", w.path("pets"))
	got := w.generated()
	bare(t, "", "--spec", w.path("spec.yaml"), "--out", w.path("pets"))
	for name, content := range w.generated() {
		assert.Equal(t, content, strings.ReplaceAll(got[name], "stdin", "spec.yaml"), name)
	}
	code, _, stderr := w.codegen("--spec", "-")
	assert.Equal(t, cli.Findings, code)
	assert.Contains(t, stderr, "stdin:1:1: error: the file is empty")
}

// TestCheckoutOnWindows has the line ends of Windows in everything that Git keeps.
func TestCheckoutOnWindows(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, petSpec)
	w.write("spec/root.yaml", "openapi: 3.0.3\ninfo: {title: Pets, version: \"1\", description: \"|\"}\nservers: [{url: \"https://pets.example.com\"}]\ntags: [{name: Pets}]\n")
	w.write("spec/operations/pets/CountPets.yaml", `/pets:
  get:
    operationId: CountPets
    tags: [Pets]
    description: |
      Several
      lines.

        With code.
    responses:
      "200": {description: "A number\
        of pets."}
`)
	w.write("ackgen.yaml", "packages:\n  - out: pets\n    spec: spec\n")
	bundled(t, w.path("spec"))
	bare(t, "", "--config", w.path("ackgen.yaml"))
	want := w.generated()
	for name, content := range w.files() {
		require.NoError(t, os.WriteFile(w.dir+name, []byte(strings.ReplaceAll(content, "\n", "\r\n")), 0o600))
	}
	assert.Empty(t, bare(t, "", "--check", "--config", w.path("ackgen.yaml")), "Git takes other line ends for the same")
	require.NoError(t, os.RemoveAll(w.path("pets")))
	bare(t, "", "--config", w.path("ackgen.yaml"))
	assert.Equal(t, want, w.generated())
}

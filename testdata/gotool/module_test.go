package gotool

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tool is what modules get.
const tool = "github.com/ackgen/ackgen/cmd/codegen@v0.0.1"

// run runs a command and returns what it prints.
func run(t *testing.T, dir string, env []string, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...) //nolint:gosec // G204: the commands of the tests
	cmd.Dir, cmd.Env, cmd.Stdin = dir, append(cmd.Environ(), env...), strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Run(), "%s in %s\n%s%s", args, dir, &stdout, &stderr)
	return stdout.String()
}

// machine is a machine on which nothing but Go is installed, and which reaches
// nothing but a proxy.
type machine struct {
	env   []string
	proxy string // the folder that serves as GOPROXY
}

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{proxy: newProxy(t)}
	m.env = []string{
		"GOPROXY=file://" + filepath.ToSlash(m.proxy), "GOSUMDB=off", "GOMODCACHE=" + t.TempDir(), "GOTOOLCHAIN=local",
		"GOENV=off", "GOWORK=", "GOFLAGS=-trimpath", "CGO_ENABLED=0", // paths in programs would keep the build cache from serving the next run
	}
	t.Cleanup(func() { // it is read-only
		cmd := exec.Command("go", "clean", "-modcache") //nolint:noctx // the context of the test is over
		cmd.Env = append(cmd.Environ(), m.env...)
		require.NoError(t, cmd.Run())
	})
	return m
}

// project is a module on a machine.
type project struct {
	machine
	t   *testing.T
	dir string
}

// project makes a module with files in a folder, whose name may have several parts.
func (m machine) project(t *testing.T, name, path string, files map[string]string) project {
	t.Helper()
	p := project{machine: m, t: t, dir: filepath.Join(t.TempDir(), filepath.FromSlash(name))}
	p.write("go.mod", "module "+path+"\n\ngo 1.26.0\n")
	for name, content := range files {
		p.write(name, content)
	}
	return p
}

func (p project) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p project) write(name, content string) {
	p.t.Helper()
	require.NoError(p.t, os.MkdirAll(filepath.Dir(p.path(name)), 0o750))
	require.NoError(p.t, os.WriteFile(p.path(name), []byte(content), 0o600))
}

func (p project) read(name string) string {
	p.t.Helper()
	content, err := os.ReadFile(p.path(name))
	require.NoError(p.t, err)
	return string(content)
}

func (p project) remove(name string) {
	p.t.Helper()
	require.NoError(p.t, os.RemoveAll(p.path(name)))
}

// gocmd runs the go command in the folder of the module.
func (p project) gocmd(args ...string) string {
	p.t.Helper()
	return p.pipe("", args...)
}

// pipe is like gocmd, with something to read.
func (p project) pipe(stdin string, args ...string) string {
	p.t.Helper()
	return run(p.t, p.dir, p.env, stdin, append([]string{"go"}, args...)...)
}

// released returns a file of the release that the module uses.
func (p project) released(name string) string {
	p.t.Helper()
	dir := strings.TrimSpace(p.gocmd("list", "-m", "-f", "{{.Dir}}", release.Path))
	content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	require.NoError(p.t, err)
	return string(content)
}

// generated returns the generated files below a folder of the module.
func (p project) generated(folder string) map[string]string {
	p.t.Helper()
	files := filesBelow(p.t, p.path(folder))
	maps.DeleteFunc(files, func(name, _ string) bool { return !strings.HasSuffix(name, "_gen.go") })
	require.NotEmpty(p.t, files, folder)
	return files
}

// filesBelow returns the files below a folder by their paths in it.
func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(content)
		return err
	}))
	return out
}

package products

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/output"
	_ "github.com/ackgen/ackgen/sdk/roa" // what this and the next import needs, the generated module needs
	_ "github.com/ackgen/ackgen/sdk/roa/roafake"
	_ "github.com/ackgen/ackgen/sdk/roa/roamock"
)

// module is the path of the module that a run generates.
const module = "example.com/products"

// build generates the clients into a module that does not exist before, compiles them with their mocks, and returns the path of the program
// that calls them.
func build(t *testing.T, products []*product) string {
	t.Helper()
	dir := t.TempDir()
	for _, p := range products {
		writeClient(t, dir, p)
	}
	source, err := os.ReadFile(filepath.Join("testdata", "caller", "main.go"))
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "caller"), 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "caller", "main.go"), source, 0o600))
	writeModule(t, dir)
	runGo(t, dir, "vet", "./...")
	program := filepath.Join(dir, "caller.exe")
	runGo(t, dir, "build", "-o", program, "./caller")
	return program
}

func writeClient(t *testing.T, dir string, p *product) {
	t.Helper()
	out, err := generator.Generate(t.Context(), generator.Options{
		SpecName: p.name + ".yaml", Spec: p.spec, Package: p.name, ImportPath: module + "/" + p.name,
		Overrides: true,
	})
	require.NoError(t, err, "generate %s", p.name)
	plan, err := output.NewPlan(filepath.Join(dir, p.name), out.Files)
	require.NoError(t, err)
	require.NoError(t, plan.Apply())
}

// writeModule gives the generated module the requirements and checksums of this one.
func writeModule(t *testing.T, dir string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
	}
	runGo(t, dir, "mod", "edit", "-module="+module, "-replace=github.com/ackgen/ackgen="+root)
}

// runGo carries out a command of go in a folder.
func runGo(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...) //nolint:gosec // G204: the go command
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "go %s:\n%s", strings.Join(args, " "), text)
}

// A caller is the running program that calls the generated clients.
type caller struct {
	in  *json.Encoder
	out *json.Decoder
}

func startCaller(t *testing.T, program, endpoint string) *caller {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	cmd := exec.CommandContext(ctx, program, endpoint) //nolint:gosec // G204: the program that build made
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		cancel()
	})
	return &caller{in: json.NewEncoder(in), out: json.NewDecoder(out)}
}

// call makes one call with a generated client and returns how it ended: "" means well.
func (c *caller) call(t *testing.T, product string, op *operation, in input) string {
	t.Helper()
	params := make(map[string]any, len(op.params))
	for _, param := range op.params {
		if value, ok := in.params[param.Name]; ok {
			params[param.In+"="+param.Name] = value
		}
	}
	message := map[string]any{"Product": product, "Operation": op.name, "Params": params}
	if in.hasBody && op.binary() {
		message["Binary"] = in.body
	} else if in.hasBody {
		message["Body"] = in.body
	}
	require.NoError(t, c.in.Encode(message))
	var problem string
	require.NoError(t, c.out.Decode(&problem), "the caller of the generated clients ended")
	return problem
}

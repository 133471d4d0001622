//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// large returns a document with n operations in groups of a hundred, each with a body
// and a response. The operations of a group share the schemas of these, or each has
// its own.
func large(n int, share bool) []byte {
	var tags, paths, schemas strings.Builder
	for i := range n {
		group, schema := i/100, i
		if share {
			schema = group
		}
		if i%100 == 0 {
			fmt.Fprintf(&tags, "  - {name: Group%d, description: A group.}\n", group)
		}
		fmt.Fprintf(&paths, `  /groups/{group}/things%[1]d/{id}:
    put:
      operationId: PutThing%[1]d
      tags: [Group%[2]d]
      summary: changes a thing.
      parameters:
        - {$ref: "#/components/parameters/Group"}
        - {$ref: "#/components/parameters/ID"}
        - {name: dry_run, in: query, description: Changes nothing., schema: {type: boolean}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ThingBody%[3]d"}}}}
      responses: {"200": {description: The thing., content: {application/json: {schema: {$ref: "#/components/schemas/Thing%[3]d"}}}}}
`, i, group, schema)
		if schema != i && i%100 != 0 {
			continue
		}
		fmt.Fprintf(&schemas, `    ThingBody%[1]d:
      type: object
      required: [name]
      properties:
        name: {type: string, description: The name.}
        size: {type: integer, format: int32, minimum: 1, description: The size.}
        next: {$ref: "#/components/schemas/Thing%[1]d"}
    Thing%[1]d:
      type: object
      description: A thing.
      properties:
        id: {type: string, description: The id.}
        state: {type: string, description: The state., enum: [up, down]}
        parts: {type: array, description: The parts., items: {$ref: "#/components/schemas/Thing%[1]d"}}
`, schema)
	}
	return []byte("openapi: 3.0.3\ninfo: {title: Large, version: \"1\"}\nservers: [{url: \"https://large.example.com\"}]\ntags:\n" + tags.String() +
		"paths:\n" + paths.String() + parameters + "  schemas:\n" + schemas.String())
}

const parameters = `components:
  parameters:
    Group: {name: group, in: path, required: true, description: The group., schema: {type: string}}
    ID: {name: id, in: path, required: true, description: The thing., schema: {type: string}}
`

// BenchmarkGenerate runs the command on documents of several sizes and reports the
// memory that it took at most. `make scale` runs it.
func BenchmarkGenerate(b *testing.B) {
	program := filepath.Join(b.TempDir(), "codegen")
	build := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".") //nolint:gosec // the go command
	out, err := build.CombinedOutput()
	require.NoError(b, err, string(out))
	for _, c := range []struct {
		n     int
		share bool
	}{{100, false}, {1000, false}, {10_000, true}, {10_000, false}} {
		b.Run(fmt.Sprintf("operations=%d/shared=%t", c.n, c.share), func(b *testing.B) {
			dir := b.TempDir()
			require.NoError(b, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/large\n"), 0o600))
			require.NoError(b, os.WriteFile(filepath.Join(dir, "large.yaml"), large(c.n, c.share), 0o600))
			var most int64
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), program, "--spec", "large.yaml", "--out", "large", "--list")
				cmd.Dir = dir
				out, err := cmd.Output()
				require.NoError(b, err)
				require.Greater(b, strings.Count(string(out), "\n"), c.n/100)
				if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
					most = max(most, usage.Maxrss)
				}
			}
			b.ReportMetric(float64(most)/1024, "MiB-at-most")
		})
	}
}

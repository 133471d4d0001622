package gotool

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTool has a project for each way in which projects use a tool. They share a
// machine, which ends with the modules as the proxy has them: the tool writes nothing
// beside itself.
func TestTool(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	first := m.project(t, "first", "example.com/first", nil)
	first.gocmd("get", "-tool", tool)
	first.gocmd("tool", "codegen", "--version")

	t.Run("scenarios", func(t *testing.T) {
		for name, test := range map[string]func(*testing.T, machine){
			"consumer": testConsumer, "without mocks": testWithoutMocks, "workspace": testWorkspace,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, m)
			})
		}
	})
	first.gocmd("mod", "verify")
}

// consumer is the program in testdata/consumer without what is generated and without
// its go.mod.
func consumer(t *testing.T) (sources, generated map[string]string) {
	t.Helper()
	sources, generated = map[string]string{}, map[string]string{}
	for name, content := range filesBelow(t, "../consumer") {
		switch {
		case strings.HasSuffix(name, "_gen.go"):
			generated[strings.TrimPrefix(name, "internal/ack/")] = content
		case !strings.HasPrefix(name, "go."):
			sources[name] = content
		}
	}
	require.NotEmpty(t, generated)
	return sources, generated
}

// testConsumer follows the guide, and then vendors everything.
func testConsumer(t *testing.T, m machine) {
	sources, want := consumer(t)
	p := m.project(t, "fleet", "example.com/fleet", sources)
	p.gocmd("get", "-tool", tool)
	p.gocmd("generate", "./...")
	p.gocmd("get", "-t", "./...")
	assert.Equal(t, want, p.generated("internal/ack"), "testdata/consumer is stale: run make generate")
	p.gocmd("test", "./...")
	assert.Equal(t, []string{"example.com/fleet", "github.com/ackgen/ackgen", "github.com/go-json-experiment/json", "golang.org/x/time"}, p.linked("."))

	p.gocmd("mod", "vendor")
	p.remove("internal/ack")
	p.gocmd("generate", "./...")
	assert.Equal(t, want, p.generated("internal/ack"), "by the vendored tool")
	p.gocmd("vet", "-mod=vendor", "./...")
	p.gocmd("tool", "codegen", "--check")
}

// linked returns the modules that a package is linked of.
func (p project) linked(pkg string) []string {
	p.t.Helper()
	seen := map[string]bool{}
	for module := range strings.FieldsSeq(p.gocmd("list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", pkg)) {
		seen[module] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// testWithoutMocks has two packages in one module, one of them called otherwise than
// its folder, in a folder with spaces.
func testWithoutMocks(t *testing.T, m machine) {
	p := m.project(t, "my projects/two clients", "example.com/two", map[string]string{
		"ackgen.yaml": `packages:
  - {out: internal/scale-up, package: ack, operations: [ScaleClusterNodePool], mocks: false}
  - {out: internal/audit, operations: [DescribeEvents], mocks: false}
`,
		"two.go": `// Package two has two clients.
package two

import (
	"example.com/two/internal/audit"
	ack "example.com/two/internal/scale-up"
)

//go:generate go tool codegen

type clients struct {
	ack.NodePoolsAPI
	audit.EventsAPI
}

var _ = clients{&ack.Client{}, &audit.Client{}}
`,
	})
	p.gocmd("get", "-tool", tool)
	p.gocmd("generate", "./...")
	p.gocmd("get", "-t", "./...")
	p.gocmd("vet", "./...")
	p.gocmd("tool", "codegen", "--check")
	assert.NotContains(t, p.read("go.mod"), "testify")
	for line := range strings.Lines(p.read("go.sum")) {
		if strings.HasPrefix(line, "github.com/stretchr/testify ") {
			assert.Contains(t, line, "/go.mod ", "only the graph of modules needs it")
		}
	}

	want := p.generated("internal/audit")
	p.remove("internal/audit")
	p.gocmd("tool", "codegen", "--operations=DescribeEvents", "--out=internal/audit", "--mocks=false")
	assert.Equal(t, want, p.generated("internal/audit"), "flags do what the file does")
	p.pipe(p.released("spec/openapi.yaml"), "tool", "codegen", "--spec=-", "--operations=DescribeEvents", "--out=internal/audit", "--mocks=false")
	for name, content := range p.generated("internal/audit") {
		assert.Equal(t, want[name], strings.ReplaceAll(content, "stdin", "openapi.yaml"), name)
	}
}

// testWorkspace has two modules in a workspace, each with a client of its own. Only one
// of them has codegen as its tool.
func testWorkspace(t *testing.T, m machine) {
	p := m.project(t, "both", "example.com/both", nil)
	p.remove("go.mod")
	for name, tool := range map[string]string{"one": "tool github.com/ackgen/ackgen/cmd/codegen\n", "other": ""} {
		p.write(name+"/go.mod", "module example.com/"+name+"\n\ngo 1.26.0\n\n"+tool+"\nrequire github.com/ackgen/ackgen v0.0.1\n")
		p.write(name+"/"+name+".go", `// Package `+name+` has a client.
package `+name+`

import "example.com/`+name+`/ack"

//go:generate go tool codegen --groups=Permissions --out=ack --mocks=false

var _ ack.PermissionsAPI = (*ack.Client)(nil)
`)
	}
	p.gocmd("work", "init", "one", "other")
	p.gocmd("generate", "./one", "./other")
	p.gocmd("vet", "./one", "./other")
	assert.Equal(t, p.generated("one/ack"), p.generated("other/ack"))
}

package snippet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/spec"
)

// TestRun compiles what all operations of ACK display into one program, and runs it: every
// program and every command must be carried out by a fake server.
func TestRun(t *testing.T) {
	t.Parallel()
	w, api := build(t, "openapi.yaml", spec.Bundle(), nil, ackPath)
	list := newList()
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			set, err := w.Of(op)
			require.NoError(t, err)
			for _, s := range set.Go {
				list.addProgram(t, op.Name, s)
			}
			for _, s := range set.Curl {
				list.addCommand(t, op.Name, s)
			}
		}
	}
	folder, err := filepath.Abs(filepath.Join("testdata", "programs"))
	require.NoError(t, err)
	temp := t.TempDir()
	file, overlay := filepath.Join(temp, "list_test.go"), filepath.Join(temp, "overlay.json")
	require.NoError(t, os.WriteFile(file, list.source(t), 0o600))
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(folder, "list_test.go"): file}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, replace, 0o600))
	cmd := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-vet=all", "./testdata/programs") //nolint:gosec // the go command
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// A list is the source that is added to the program that runs everything.
type list struct {
	imports            map[string]bool
	functions          bytes.Buffer
	programs, commands bytes.Buffer
	n                  int
}

func newList() *list {
	return &list{imports: map[string]bool{`"net/http"`: true}}
}

// addProgram adds the function main of a program, which gets a world in place of what it would take from its own.
func (l *list) addProgram(t *testing.T, operation string, s Snippet) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", s.Code, 0)
	require.NoError(t, err, s.Code)
	for _, imported := range file.Imports {
		if imported.Path.Value != `"log"` && imported.Path.Value != `"fmt"` {
			l.imports[imported.Path.Value] = true
		}
	}
	name := "main" + strconv.Itoa(l.n)
	l.n++
	main, ok := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
	require.True(t, ok)
	body := s.Code[main.Body.Pos()-1:]
	body = strings.NewReplacer("ack.New(", "w.client(", "log.Fatal(", "w.fatal(", "fmt.Println(", "w.println(", "fmt.Printf(", "w.printf(").Replace(body)
	fmt.Fprintf(&l.functions, "func %s(w *world) %s\n", name, body)
	fmt.Fprintf(&l.programs, "{%q, %q, %s},\n", operation, s.Title, name)
}

// addCommand adds what curl sends for a command.
func (l *list) addCommand(t *testing.T, operation string, s Snippet) {
	t.Helper()
	r := sent(t, s.Code)
	fmt.Fprintf(&l.commands, "{%q, %q, %q, %q, %#v, %q},\n", operation, s.Title, r.method, r.url, r.header, r.body)
}

// source returns the file that is added.
func (l *list) source(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "package programs\n\nimport (\n%s\n)\n\n", strings.Join(slices.Sorted(maps.Keys(l.imports)), "\n"))
	fmt.Fprintf(&b, "var programs = []program{\n%s}\n\nvar commands = []command{\n%s}\n\n%s", &l.programs, &l.commands, &l.functions)
	source, err := format.Source(b.Bytes())
	require.NoError(t, err)
	return source
}

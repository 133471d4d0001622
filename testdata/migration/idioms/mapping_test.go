package idioms

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

var update = flag.Bool("update", false, "write the table of docs/from-official.md")

const (
	root  = "../../.."
	begin = "<!-- mapping: begin -->\n"
	end   = "<!-- mapping: end -->\n"
)

// described is an operation as spec/upstream/snapshot.json has it.
type described struct {
	Operation  string
	PathParams []struct{ Name string } `json:"path_params"`
	Query      []struct{ Name string }
	Body       *struct{}
}

func snapshot(t *testing.T) []described {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "spec", "upstream", "snapshot.json"))
	require.NoError(t, err)
	var out struct{ Operations []described }
	require.NoError(t, json.Unmarshal(text, &out))
	return out.Operations
}

// hasRequest reports whether the official method takes a struct beside the parameters of the path.
func (d described) hasRequest() bool { return len(d.Query) > 0 || d.Body != nil }

// TestMapping holds that the guide tells of every operation which method it is on either side.
func TestMapping(t *testing.T) {
	t.Parallel()
	operations := snapshot(t)
	require.Len(t, operations, 147)
	b := &strings.Builder{}
	fmt.Fprintf(b, "| cs-20151215 | ackgen | fields for the arguments | built on it |\n| --- | --- | --- | --- |\n")
	upstream := map[string]bool{}
	for _, d := range operations {
		upstream[d.Operation] = true
		b.WriteString(row(t, d))
	}
	fmt.Fprintf(b, "\nThese are not in the newest official SDK any more, and stay here for programs that call them:\n\n")
	for _, name := range fragments(t) {
		if !upstream[name] {
			fmt.Fprintf(b, "- [`%s`](%s)\n", name, fragment(t, name))
		}
	}
	page := filepath.Join(root, "docs", "from-official.md")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	head, rest, found := strings.Cut(string(text), begin)
	require.True(t, found)
	old, tail, found := strings.Cut(rest, end)
	require.True(t, found)
	want := "\n" + b.String() + "\n"
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(head+begin+want+end+tail), 0o600))
	}
	assert.Equal(t, want, old, "run with -update if this is right")
}

// row returns the row of an operation.
func row(t *testing.T, d described) string {
	t.Helper()
	request := requestOf(t, d.Operation)
	var args, fields []string
	for _, p := range d.PathParams {
		args = append(args, p.Name)
	}
	for _, m := range placeholder.FindAllStringSubmatch(pathOf(t, d.Operation), -1) {
		fields = append(fields, "`"+field(t, request, m[1])+"`")
	}
	require.Len(t, fields, len(d.PathParams), d.Operation)
	if d.hasRequest() {
		args = append(args, "request")
	}
	return fmt.Sprintf("| `%s(%s)` | [`%s`](%s)%s | %s | %s |\n", d.Operation, strings.Join(args, ", "),
		d.Operation, fragment(t, d.Operation), status(t, d.Operation), strings.Join(fields, ", "), strings.Join(built(d.Operation, request), ", "))
}

var client = reflect.TypeFor[*ack.Client]()

// requestOf returns the type of the request that our method takes.
func requestOf(t *testing.T, operation string) reflect.Type {
	t.Helper()
	method, ok := client.MethodByName(operation)
	require.True(t, ok, "there is no method %s", operation)
	return method.Type.In(2)
}

// field returns the field of a request for a parameter of the path.
func field(t *testing.T, request reflect.Type, parameter string) string {
	t.Helper()
	for f := range request.Elem().Fields() {
		if limits := strings.Split(f.Tag.Get("roa"), ","); slices.Contains(limits, "path="+parameter) {
			return f.Name
		}
	}
	require.Fail(t, "no field", "%s has no field for %s", request, parameter)
	return ""
}

// built returns the methods that are built on the one of an operation.
func built(operation string, request reflect.Type) []string {
	var out []string
	for method := range client.Methods() {
		suffix, ok := strings.CutPrefix(method.Name, operation)
		switch {
		case ok && slices.Contains([]string{"All", "Pages", "AndWait"}, suffix):
			out = append(out, "`…"+suffix+"`")
		case strings.HasPrefix(method.Name, "Wait") && method.Type.In(2) == request:
			out = append(out, "`"+method.Name+"`")
		}
	}
	return out
}

// fragments returns the names of all operations of the spec, sorted.
func fragments(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "spec", "operations", "*", "*.yaml"))
	require.NoError(t, err)
	var out []string
	for _, file := range files {
		out = append(out, strings.TrimSuffix(filepath.Base(file), ".yaml"))
	}
	slices.Sort(out)
	return out
}

// fragment returns the path of the fragment of an operation, from the folder of the guide.
func fragment(t *testing.T, operation string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "spec", "operations", "*", operation+".yaml"))
	require.NoError(t, err)
	require.Len(t, files, 1, operation)
	path, err := filepath.Rel(root, files[0])
	require.NoError(t, err)
	return "../" + filepath.ToSlash(path)
}

// placeholder is a parameter in a path. The official SDK calls some otherwise, so that their order counts.
var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// pathOf returns the path of an operation in the spec.
func pathOf(t *testing.T, operation string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", fragment(t, operation)))
	require.NoError(t, err)
	line := regexp.MustCompile(`(?m)^/.*:$`).Find(text)
	require.NotNil(t, line, operation)
	return string(line)
}

var statusLine = regexp.MustCompile(`(?m)^    x-ack-status: (\w+)$`)

// status returns how far an operation can be relied on, where that is worth a word.
func status(t *testing.T, operation string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", fragment(t, operation)))
	require.NoError(t, err)
	if m := statusLine.FindSubmatch(text); m != nil && string(m[1]) != "stable" {
		return ", " + string(m[1])
	}
	return ""
}

// TestMappingIsThatOfTheOfficialClient holds that the official client of v7.6.0 has the methods and arguments of the table. What came
// after it is in the snapshot alone.
func TestMappingIsThatOfTheOfficialClient(t *testing.T) {
	t.Parallel()
	official := reflect.TypeFor[*cs.Client]()
	found := 0
	for _, d := range snapshot(t) {
		method, ok := official.MethodByName(d.Operation)
		if !ok {
			continue
		}
		found++
		want := 1 + len(d.PathParams) // the receiver
		if d.hasRequest() {
			want++
		}
		assert.Equal(t, want, method.Type.NumIn(), d.Operation)
	}
	assert.Greater(t, found, 140)
}

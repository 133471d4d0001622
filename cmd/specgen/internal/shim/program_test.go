package shim_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
)

// runProgram runs a program that was written for base, and names the fields of some
// rows, with the client of another spec.
func runProgram(t *testing.T, spec *document.Document, chosen func(row) bool) outcome {
	t.Helper()
	dir := t.TempDir()
	_, err := gochange.Generate(t.Context(), spec, dir)
	require.NoError(t, err)
	program := filepath.Join(dir, "program")
	require.NoError(t, os.Mkdir(program, 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(program, "main.go"), []byte(programText(chosen)), 0o600))
	cmd := exec.CommandContext(t.Context(), "go", "run", "./program")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var got outcome
	require.NoError(t, json.Unmarshal(out, &got))
	return got
}

func loadHead(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(specOf("head")))
	require.NoError(t, err)
	return doc
}

// programText writes the program: it names the types of base, so that it does not
// compile with others.
func programText(chosen func(row) bool) string {
	var body, read, fill, sent strings.Builder
	for _, r := range responseRows {
		if !chosen(r) {
			continue
		}
		if r.sends != "" {
			fmt.Fprintf(&body, "%s%q:%s", separator(&body), r.name, r.sends)
		}
		fmt.Fprintf(&read, "\tvar got%s %s = out.%s\n\tread[%q] = got%s\n", goName(r.name), r.goType, goName(r.name), r.name, goName(r.name))
	}
	for _, r := range requestRows {
		if r.sends != "" && chosen(r) {
			fmt.Fprintf(&fill, "\tvar set%s %s\n\tdecode(`%s`, &set%s)\n", goName(r.name), r.goType, r.sends, goName(r.name))
			fmt.Fprintf(&sent, "%s: set%s, ", goName(r.name), goName(r.name))
		}
	}
	return strings.NewReplacer("BODY", "{"+body.String()+"}", "READ", read.String(), "FILL", fill.String(), "SENT", sent.String()).Replace(program)
}

func separator(b *strings.Builder) string {
	if b.Len() == 0 {
		return ""
	}
	return ","
}

// goName makes the name of a field.
func goName(wire string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(wire, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

const program = "package main\n" + `
import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

var (
	_ time.Time
	_ ack.Part
)

func main() {
	ctx := context.Background()
	read, sent, calls := map[string]any{}, map[string]json.RawMessage{}, []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls = append(calls, r.Method+" "+r.URL.String())
		body, err := io.ReadAll(r.Body)
		check(err)
		if r.Method == http.MethodPut {
			check(json.Unmarshal(body, &sent))
		}
		w.Header().Set("Content-Type", "application/json")
		_, err = io.WriteString(w, ` + "`BODY`" + `)
		check(err)
	}))
	defer server.Close()
	client, err := ack.New(roa.WithEndpoint(server.URL), roa.WithPlainHTTP(), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")))
	check(err)
	out, err := client.GetThings(ctx, &ack.GetThingsRequest{})
	check(err)
READ
FILL
	_, err = client.PutThings(ctx, &ack.PutThingsRequest{SENT})
	check(err)
	zone := "z"
	_, err = client.OldThings(ctx, &ack.OldThingsRequest{Zone: &zone})
	check(err)
	_, err = client.MoveThings(ctx, &ack.MoveThingsRequest{ID: "1"})
	check(err)
	_, err = client.NameThings(ctx, &ack.NameThingsRequest{})
	check(err)
	_, err = client.FindThings(ctx, &ack.FindThingsRequest{Zone: &zone})
	check(err)
	var group ack.ThingsAPI = client
	_ = group.ListPages // it would not compile if the operation were in another group
	_, _, _ = client.ListPagesAll, client.StartTaskAndWait, client.WaitTaskDone
	_ = ack.CodeNoThing
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{"Read": read, "Sent": sent, "Calls": calls}))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func decode(text string, into any) { check(json.Unmarshal([]byte(text), into)) }
`

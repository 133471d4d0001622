package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestArguments refuses what is no flag, before documents are looked for.
func TestArguments(t *testing.T) {
	t.Parallel()
	set, err := parse([]string{"--folder", t.TempDir(), "kubernetes"})
	if err == nil || !strings.Contains(err.Error(), `"kubernetes" is no flag`) {
		t.Errorf("got %v, %v", set, err)
	}
}

func TestClassify(t *testing.T) {
	t.Parallel()
	const twoFindings = `{"findings":[{"pos":{"file":"a.yaml","line":3,"col":1},"code":"GEN010","message":"m"},` +
		`{"pos":{"file":"a.yaml","line":%},"code":"GEN011","message":"m","warning":true}]}`
	warned := strings.Replace(twoFindings, "%", "0", 1)
	tests := map[string]struct {
		outcome outcome
		class   class
		found   int
	}{
		"code":                     {outcome: outcome{}},
		"code and warnings":        {outcome: outcome{stdout: warned, stderr: "panic: is only a word here"}},
		"finding with place":       {outcome: outcome{code: 1, stdout: warned}, class: refusedAt, found: 1},
		"one finding has no place": {outcome: outcome{code: 1, stdout: strings.Replace(warned, `,"warning":true`, "", 1)}, class: refused, found: 2},
		"message with place":       {outcome: outcome{code: 1, stderr: "  - spec.yaml:14:17 -> $ref: resolve"}, class: refusedAt},
		"message":                  {outcome: outcome{code: 1, stderr: "error loading spec: at 10:30"}, class: refused},
		"panic":                    {outcome: outcome{code: 2, stderr: "started\npanic: nil pointer\n\ngoroutine 1 [running]:\n"}, class: crashed},
		"stack overflow":           {outcome: outcome{code: 2, stderr: "runtime: goroutine stack exceeds 1000000000-byte limit\n"}, class: crashed},
		"killed":                   {outcome: outcome{code: -1}, class: crashed},
		"late":                     {outcome: outcome{code: -1, late: true}, class: timedOut},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, found := classify(&tt.outcome)
			if got != tt.class || len(found) != tt.found {
				t.Errorf("got %q with %d findings, want %q with %d", got, len(found), tt.class, tt.found)
			}
		})
	}
}

func TestDetailIsEqualOnEveryMachine(t *testing.T) {
	t.Parallel()
	o := &outcome{stderr: "log\npanic: /home/me/work/a.go at 0xc000123\n"}
	if got, want := detail(o, "/home/me/"), "panic: work/a.go at 0x…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestInspect(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"openapi: 3.0.3\npaths: {/a: {get: {}}}":              "3.0 with operations",
		"openapi: 3.0.3\npaths: {/a: {$ref: a.yaml}}":         "3.0 with operations",
		`{"openapi":"3.0.0","paths":{"/a":{"summary":"a"}}}`:  "3.0",
		"openapi: 3.0.0\ninfo: [odd]\npaths: {/a: {put: {}}}": "3.0 with operations",
		"openapi: 3.1.0\npaths: {/a: {get: {}}, /b: {}}":      "3.1 with operations",
		`swagger: "2.0"`:                     "2.0",
		"type: object\ndescription: openapi": "",
		"openapi: later":                     "",
		"openapi: [":                         "",
	}
	for text, want := range tests {
		got, operations := inspect([]byte(text))
		if operations {
			got += " with operations"
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestDiscoverTakesEachContentOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const valid = "openapi: 3.0.3\ninfo: {title: T, version: v}\npaths: {/a: {get: {responses: {default: {description: d}}}}}\n"
	write(t, dir, "a.yaml", valid)
	write(t, dir, "b/again.yml", valid)
	write(t, dir, "b/invalid.json", `{"openapi":"3.0.3","paths":{"/a":{"get":{}}}}`)
	write(t, dir, "network.yaml", strings.Replace(valid, "{description: d}", "{$ref: 'http://localhost:1/a.yaml'}", 1))
	write(t, dir, "b/none.json", `{"swagger":"2.0"}`)
	write(t, dir, "b/text.md", valid)
	found, err := discover([]module{{Path: "m", Dir: dir}}, "3.0")
	if err != nil {
		t.Fatal(err)
	}
	judge(t.Context(), found.documents)
	var got []string
	for _, d := range found.documents {
		got = append(got, d.Path, map[bool]string{true: "valid", false: "invalid"}[d.Valid])
	}
	if want := "a.yaml valid b/invalid.json invalid network.yaml invalid"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if others := found.others["m"]; others[kindDuplicate] != 1 || others["2.0"] != 1 || len(others) != 2 {
		t.Errorf("got %v, want one duplicate and one of OpenAPI 2.0", others)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ client, mock, want string }{
		"fine":          {client: "import \"io\"\n\ntype A io.Reader", mock: "import \"example.com/x/client\"\n\ntype M struct{ client.A }"},
		"syntax":        {client: "type A struct", want: "expected"},
		"unused import": {client: "import \"io\"", want: `"io" imported and not used`},
		"unused value":  {client: "func F() { a := 1 }", want: "declared and not used: a"},
		"no module":     {client: "import _ \"example.com/nowhere\"", want: "no package example.com/nowhere in go.mod"},
		"fault of mock": {mock: "import \"example.com/x/client\"\n\ntype M struct{ client.A }", want: "undefined: client.A"},
	}
	check := newChecker(t.Context(), ".")
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "client/a.go", "package client\n\n"+tt.client+"\n")
			write(t, dir, "client/left_windows.go", "package client\n\nvar _ = undefined\n")
			write(t, dir, "client/mock/m.go", "package mock\n\n"+tt.mock+"\n")
			err := check.check(dir, "example.com/x", []string{"client", filepath.Join("client", "mock")})
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if err := check.check(t.TempDir(), "example.com/x", []string{"."}); err == nil {
		t.Error("an empty folder compiles")
	}
}

// TestMeasureResumes runs a tool that does not exist: what an earlier run did is
// taken from its file, even when that run was ended while it wrote.
func TestMeasureResumes(t *testing.T) {
	t.Parallel()
	set := &settings{folder: t.TempDir(), parallel: 2, limit: time.Minute}
	gone := &tool{name: "gone", key: "1", binary: filepath.Join(set.folder, "gone"), args: func(_, _, _ string) []string { return nil }}
	write(t, set.folder, "results/gone-1.jsonl", `{"path":"b","hash":"2","class":"crashed"}`+"\n"+`{"path":"a","hash":"1","class":"compiled"}`+"\n"+`{"path":"c","ha`)
	known := []*document{{Path: "a", Hash: "1", Valid: true}, {Path: "b", Hash: "2"}}
	results, err := measure(t.Context(), set, []*tool{gone}, known)
	if err != nil || len(results) != 2 || results[0].Class != compiled || !results[0].Valid || results[1].Class != crashed {
		t.Fatalf("got %v, %v", results, err)
	}
	sorted, err := os.ReadFile(filepath.Join(set.folder, "results", "gone-1.jsonl"))
	if text := string(sorted); err != nil || strings.Count(text, "\n") != 2 || strings.Index(text, `"a"`) > strings.Index(text, `"b"`) {
		t.Errorf("got %s, %v", sorted, err)
	}
	if _, err := measure(t.Context(), set, []*tool{gone}, []*document{{Path: "c", Hash: "3"}}); err == nil {
		t.Error("a tool that cannot be started is no error")
	}
	set.limit = 0
	late, err := measure(t.Context(), set, []*tool{gone}, []*document{{Path: "c", Hash: "3"}})
	if err != nil || len(late) != 1 || late[0].Class != timedOut {
		t.Errorf("got %v, %v, want a document that timed out", late, err)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	found := func(code, subject, message string) finding {
		return finding{Code: code, Subject: subject, Message: message}
	}
	got := reasons([]result{
		{Path: "1", Class: refusedAt, Findings: []finding{found("GEN010", "", "the header parameter X-Some is not supported"), found("GEN010", "", "the header parameter trace_id is not supported")}},
		{Path: "2", Class: refusedAt, Valid: true, Findings: []finding{found("GEN010", "", "oneOf is not supported"), found("GEN011", "pets", "the tag pets is not declared")}},
		{Path: "3", Class: refusedAt, Findings: []finding{found("GEN010", "", "oneOf is not supported"), found("GEN010", "", `the key "a" stands beside $ref`)}},
		{Path: "4", Class: refused, Detail: "read it: gone\nmore"},
		{Path: "5", Class: compiled},
	})
	var lines []string
	for _, g := range got {
		lines = append(lines, strings.Join([]string{g.kind, strings.Repeat("d", g.documents), strings.Repeat("o", g.only)}, " "))
	}
	want := `oneOf is not supported dd 
the tag … is not declared d 
the header parameter … is not supported d o
read it: gone d o
the key … stands beside $ref d `
	if strings.Join(lines, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), want)
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	inv := &inventory{
		version:   "3.0",
		documents: []*document{{Module: "m", Valid: true}, {Module: "m"}}, modules: []string{"m"},
		others: map[string]map[string]int{"m": {"3.1": 7}},
	}
	results := []result{
		{Tool: ours, Module: "m", Path: "a.yaml", Class: compiled, Valid: true},
		{Tool: ours, Module: "m", Path: "b.yaml", Class: notCompiling, Detail: "a.go:1:2: undefined: A"},
	}
	var out bytes.Buffer
	if err := printTables(&out, inv, []*tool{{name: ours}}, results); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"all 2 1 0 0 0 7 0 valid documents", "valid documents of all modules compiled refused with place",
		"ackgen 1 0 0 0 0 0 all documents", "ackgen 1 0 0 1 0 0 valid documents of m",
		"does not compile: m b.yaml a.go:1:2: undefined: A",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

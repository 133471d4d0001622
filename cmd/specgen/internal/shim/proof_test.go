package shim_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/shim"
	"github.com/ackgen/ackgen/cmd/specgen/internal/wire"
)

// row is one change of the provider: of a field that requests or responses have.
type row struct {
	name, base, head string // the schemas; "" is none
	required         string // the side that requires it
	kind             string // of the change
	keeps            bool
	// In a response: what the service sends now, the type that programs name, and what
	// they read. In a request: the value that programs send, and what arrives.
	sends, goType, reads string
}

const (
	part   = `{$ref: "#/components/schemas/Part"}`
	parts  = `{type: array, items: {$ref: "#/components/schemas/Part"}}`
	int32s = `{type: integer, format: int32}`
	int64s = `{type: integer, format: int64}`
	texts  = `{type: array, items: {type: string}}`
	words  = `{type: object, additionalProperties: {type: string}}`
	anyMap = `{type: object, additionalProperties: {}}`
	times  = `{type: string, format: date-time}`
	enums  = `{type: string, enum: [up, down]}`
)

// responseRows change what responses hold. What keeps is read by a program that was
// written for base; the others show why not.
var responseRows = []row{
	{"gone", `{type: string}`, ``, "", "response-property-removed", true, ``, "string", `""`},
	{"text_integer", `{type: string}`, int64s, "", "response-property-type-changed", true, `12`, "string", `"12"`},
	{"text_boolean", `{type: string}`, `{type: boolean}`, "", "response-property-type-changed", true, `true`, "string", `"true"`},
	{"text_object", `{type: string}`, anyMap, "", "response-property-type-changed", true, `{"a":1}`, "string", `"{\"a\":1}"`},
	{"text_list", `{type: string}`, texts, "", "response-property-type-changed", true, `["a"]`, "string", `"[\"a\"]"`},
	{"integer_text", int64s, `{type: string}`, "", "response-property-type-changed", true, `"12"`, "int64", `12`},
	{"integer_number", int64s, `{type: number, format: double}`, "", "response-property-type-generalized", true, `12.0`, "int64", `12`},
	{"integer_boolean", int64s, `{type: boolean}`, "", "response-property-type-changed", true, `true`, "int64", `1`},
	{"integer_wider", int32s, int64s, "", "response-property-type-changed", true, `12`, "int32", `12`},
	{"number_text", `{type: number, format: double}`, `{type: string}`, "", "response-property-type-changed", true, `"1.5"`, "float64", `1.5`},
	{"number_integer", `{type: number, format: double}`, int64s, "", "response-property-type-changed", true, `3`, "float64", `3`},
	{"boolean_text", `{type: boolean}`, `{type: string}`, "", "response-property-type-changed", true, `"true"`, "bool", `true`},
	{"boolean_integer", `{type: boolean}`, int64s, "", "response-property-type-changed", true, `1`, "bool", `true`},
	{"time_text", times, `{type: string}`, "", "response-property-type-changed", true, `"2026-01-02 03:04:05"`, "time.Time", `"2026-01-02T03:04:05Z"`},
	{"time_integer", times, int64s, "", "response-property-type-changed", true, `1767323045`, "time.Time", `"2026-01-02T03:04:05Z"`},
	{"text_time", `{type: string}`, times, "", "response-property-type-specialized", true, `"2026-01-02T03:04:05Z"`, "string", `"2026-01-02T03:04:05Z"`},
	{"list_object", parts, part, "", "response-property-type-changed", true, `{"name":"a"}`, "[]ack.Part", `[{"name":"a"}]`},
	{"list_text", texts, `{type: string}`, "", "response-property-type-changed", true, `"a"`, "[]string", `["a"]`},
	{"object_any", part, `{}`, "", "response-property-type-changed", true, `{"name":"a","new":1}`, "ack.Part", `{"name":"a"}`},
	{"any_object", `{}`, part, "", "response-property-type-changed", true, `{"name":"a"}`, "any", `{"name":"a"}`},
	{"words_any", words, anyMap, "", "response-property-type-changed", true, `{"a":1,"b":{"c":true}}`, "map[string]string", `{"a":"1","b":"{\"c\":true}"}`},
	{"enum_text", enums, `{type: string}`, "", "response-property-became-not-enum", true, `"sideways"`, "ack.OutEnumText", `"sideways"`},
	{"text_enum", `{type: string}`, enums, "", "response-property-became-enum", true, `"up"`, "string", `"up"`},
	{"absent_less", `{type: integer, format: int64, x-ack-absent: There is none.}`, int64s, "", "absent-removed", true, `0`, "*int64", `0`},
	{"absent_more", int64s, `{type: integer, format: int64, x-ack-absent: There is none.}`, "", "absent-added", true, `1`, "int64", `1`},
	{"name_more", int64s, `{type: integer, format: int64, x-ack-go-name: Other}`, "", "x-ack-go-name-added", true, `1`, "int64", `1`},
	{"enum_less", enums, `{type: string, enum: [up]}`, "", "response-property-enum-value-removed", true, `"up"`, "ack.OutEnumLess", `"up"`},
	{"number_boolean", `{type: number, format: double}`, `{type: boolean}`, "", "response-property-type-changed", false, `true`, "float64", `0`},
	{"object_text", part, `{type: string}`, "", "response-property-type-changed", false, `"a"`, "ack.Part", `{}`},
	{"object_list", part, parts, "", "response-property-type-changed", false, `[{"name":"a"}]`, "ack.Part", `{}`},
	{"boolean_list", `{type: boolean}`, texts, "", "response-property-type-changed", false, `["true"]`, "bool", `false`},
}

// requestRows change what requests hold. What keeps sends something that is right for
// head, too; the others something that is not.
var requestRows = []row{
	{"gone", `{type: string}`, ``, "", "request-property-removed", true, `"a"`, "*string", ``},
	{"integer_wider", int32s, int64s, "", "request-property-type-generalized", true, `12`, "*int32", ``},
	{"integer_number", int64s, `{type: number, format: double}`, "", "request-property-type-changed", true, `12`, "*int64", ``},
	{"time_text", times, `{type: string}`, "", "request-property-type-generalized", true, `"2026-01-02T03:04:05Z"`, "*time.Time", ``},
	{"object_any", part, `{}`, "", "request-property-type-generalized", true, `{"name":"a"}`, "*ack.Part", ``},
	{"words_any", words, anyMap, "", "request-property-type-generalized", true, `{"a":"1"}`, "map[string]string", ``},
	{"enum_text", enums, `{type: string}`, "", "request-property-became-not-enum", true, `"up"`, "*ack.InEnumText", ``},
	{"text_enum", `{type: string}`, enums, "", "request-property-became-enum", true, `"up"`, "*string", ``},
	{"enum_less", enums, `{type: string, enum: [up]}`, "", "request-property-enum-value-removed", true, `"up"`, "*ack.InEnumLess", ``},
	{"not_null", `{type: string, nullable: true}`, `{type: string}`, "", "request-property-became-not-nullable", false, `"a"`, "*string", ``},
	{"optional", `{type: string}`, `{type: string}`, "base", "request-property-became-optional", true, `"a"`, "string", ``},
	{"required", `{type: string}`, `{type: string}`, "head", "request-property-became-required", false, `"a"`, "*string", ``},
	{"new", ``, `{type: string}`, "head", "request-required-property-added", false, ``, "", ``},
	{"text_integer", `{type: string}`, int64s, "", "request-property-type-changed", false, `"12"`, "*string", ``},
	{"integer_text", int64s, `{type: string}`, "", "request-property-type-changed", false, `12`, "*int64", ``},
	{"boolean_text", `{type: boolean}`, `{type: string}`, "", "request-property-type-changed", false, `true`, "*bool", ``},
	{"list_object", parts, part, "", "request-property-type-changed", false, `[{"name":"a"}]`, "[]ack.Part", ``},
	{"object_list", part, parts, "", "request-property-type-changed", false, `{"name":"a"}`, "*ack.Part", ``},
}

// specOf makes the spec of one side.
func specOf(side string) string {
	pick := func(r row) string {
		if side == "base" {
			return r.base
		}
		return r.head
	}
	var b strings.Builder
	b.WriteString(`openapi: 3.0.3
x-ack-error-codes: ` + codes[side] + `
info: {title: Things, version: "2026-01-02"}
servers: [{url: "https://things.{region}.example.com", variables: {region: {default: north-1}}}]
tags: [{name: Things}, {name: Others}]
paths:
  /things:
    get: {operationId: GetThings, tags: [Things], summary: gets., responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Out"}}}}}}
    put: {operationId: PutThings, tags: [Things], summary: puts., x-ack-retry: idempotent, requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/In"}}}}, responses: {"200": {description: d}}}
` + operations[side] + `components:
  schemas:
    Part: {type: object, description: A part., properties: {name: {type: string, description: Its name.}}}
    Page: {type: object, description: A page., properties: {items: {type: array, items: {type: string}, description: The items.}}}
    Task: {type: object, description: A task., properties: {id: {type: string, description: Its id.}, state: {type: string, description: Its state.}}}
`)
	for i, rows := range [][]row{responseRows, requestRows} {
		fmt.Fprintf(&b, "    %s:\n      type: object\n      description: All values.\n      properties:\n", []string{"Out", "In"}[i])
		var required []string
		for _, r := range rows {
			if pick(r) != "" {
				fmt.Fprintf(&b, "        %s: %s\n", r.name, pick(r))
			}
			if r.required == side {
				required = append(required, r.name)
			}
		}
		if required != nil {
			fmt.Fprintf(&b, "      required: [%s]\n", strings.Join(required, ", "))
		}
	}
	return b.String()
}

// operations are the ones that the provider removes, moves and renames, and one of which
// it removes a parameter.
var operations = map[string]string{
	"base": `  /pages:
    get:
      operationId: ListPages
      tags: [Things]
      summary: lists.
      parameters: [{name: page, in: query, schema: {type: integer, format: int32}}]
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}}
      x-ack-pagination: {style: number, page: page, items: items}
  /tasks/{id}:
    get:
      operationId: GetTask
      tags: [Things]
      summary: gets.
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}}
      x-ack-waiter:
        Task: {path: state, success: [done], task: id, delay: 1s, max-delay: 2s}
        TaskDone: {path: state, success: [done], delay: 1s, max-delay: 2s}
  /started:
    post:
      operationId: StartTask
      tags: [Things]
      summary: starts.
      x-ack-retry: unsafe
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}}
      x-ack-task: id
  /old:
    parameters: [{name: zone, in: query, schema: {type: string}}]
    get: {operationId: OldThings, tags: [Things], summary: gets old., responses: {"200": {description: d}}}
  /from/{id}:
    get: {operationId: MoveThings, tags: [Things], summary: moves., parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: d}}}
  /renamed:
    get: {operationId: NameThings, tags: [Things], summary: names., responses: {"200": {description: d}}}
  /found:
    get: {operationId: FindThings, tags: [Things], summary: finds., parameters: [{name: zone, in: query, schema: {type: string}}, {name: kind, in: query, schema: {type: string}}], responses: {"200": {description: d}}}
`,
	"head": `  /pages:
    get:
      operationId: ListPages
      tags: [Others]
      summary: lists.
      parameters: [{name: page, in: query, schema: {type: integer, format: int32}}]
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}}
  /tasks/{id}:
    get:
      operationId: GetTask
      tags: [Things]
      summary: gets.
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}}
      x-ack-waiter:
        Task: {path: state, success: [done], task: id, delay: 1s, max-delay: 2s}
  /started:
    post:
      operationId: StartTask
      tags: [Things]
      summary: starts.
      x-ack-retry: unsafe
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Task"}}}}}
  /to/{id}:
    get: {operationId: MoveThings, tags: [Things], summary: moves., parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {"200": {description: d}}}
  /renamed:
    get: {operationId: CallThings, tags: [Things], summary: names., responses: {"200": {description: d}}}
  /found:
    get: {operationId: FindThings, tags: [Things], summary: finds., parameters: [{name: kind, in: query, schema: {type: string}}], responses: {"200": {description: d}}}
`,
}

var codes = map[string]string{
	"base": `{NoThing: {description: There is no such thing.}, NoPart: {description: There is no such part.}}`,
	"head": `{NoPart: {description: There is no such part.}}`,
}

// operationRows are the changes of operations.
var operationRows = []struct {
	kind, subject string
	keeps         bool
}{
	{"operation-removed", "OldThings", true},
	{"operation-moved", "MoveThings", true},
	{"operation-renamed", "NameThings", true},
	{"request-parameter-removed", "FindThings query zone", true},
	{"group-changed", "ListPages", true},
	{"pagination-removed", "ListPages", true},
	{"x-ack-task-removed", "StartTask", true},
	{"waiter-removed", "GetTask waiter TaskDone", true},
	{"error-code-removed", "error code NoThing", true},
}

// open makes a document of a text.
func open(t *testing.T, name, text string) *document.Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), name+".yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	d, err := document.Open(file)
	require.NoError(t, err)
	return d
}

// TestAdvice holds that every change gets the advice that the rows say.
func TestAdvice(t *testing.T) {
	t.Parallel()
	base, head := open(t, "base", specOf("base")), open(t, "head", specOf("head"))
	changes, err := wire.Compare(t.Context(), base, head)
	require.NoError(t, err)
	advised := shim.Advise(append(changes, ofReferences()...))
	for _, r := range operationRows {
		checkAdvice(t, advised, r.kind, r.subject, r.keeps)
	}
	for _, r := range responseRows {
		checkAdvice(t, advised, r.kind, "Out."+r.name, r.keeps)
	}
	for _, r := range requestRows {
		checkAdvice(t, advised, r.kind, "In."+r.name, r.keeps)
	}
}

// ofReferences returns the changes of rows whose schemas are references. The comparison
// says of them what has changed inside of the named schema.
func ofReferences() []change.Change {
	types := map[string]string{part: "object", parts: "array", `{}`: "any type"}
	var out []change.Change
	for i, rows := range [][]row{responseRows, requestRows} {
		for _, r := range rows {
			if from, to := types[r.base], types[r.head]; from != "" && to != "" {
				subject := []string{"Out.", "In."}[i] + r.name
				out = append(out, change.Change{Kind: r.kind, Area: change.Wire, Level: change.Breaking, Subject: subject, From: from, To: to})
			}
		}
	}
	return out
}

func checkAdvice(t *testing.T, changes []change.Change, kind, subject string, keeps bool) {
	t.Helper()
	i := slices.IndexFunc(changes, func(c change.Change) bool {
		return c.Kind == kind && (c.Subject == subject || c.Subject == subject+"{}")
	})
	if i < 0 {
		t.Errorf("no %s of %s", kind, subject)
		return
	}
	assert.Equal(t, keeps, changes[i].Avoidable, "%s of %s: %s", kind, subject, changes[i].Advice)
	assert.NotEmpty(t, changes[i].Advice, "%s of %s", kind, subject)
}

// TestKeep proves the advice. A program that was written for base runs with the client
// of the spec that follows it: it compiles, reads what the service sends now, and sends
// what is right for the service now.
func TestKeep(t *testing.T) {
	t.Parallel()
	kept, err := shim.Keep(open(t, "base", specOf("base")), open(t, "head", specOf("head")))
	require.NoError(t, err)
	got := runProgram(t, kept, keeps)
	checkRead(t, got, keeps)
	checkSent(t, got, keeps)
	assert.Equal(t, []string{"GET /things", "PUT /things", "GET /old?zone=z", "GET /to/1", "GET /renamed", "GET /found?zone=z"}, got.Calls)
}

// keeps reports whether the Go code stays as it is. That is so for two changes by which
// the service refuses what some programs send.
func keeps(r row) bool {
	return r.keeps || r.kind == "request-property-became-required" || r.kind == "request-property-became-not-nullable"
}

// TestCannotKeep proves that there is no advice where the tables say so: with the client
// of base, whose types are all the old ones, the program loses what the service sends
// now, or sends what is wrong for it.
func TestCannotKeep(t *testing.T) {
	t.Parallel()
	all := func(row) bool { return true }
	got := runProgram(t, open(t, "base", specOf("base")), all)
	checkRead(t, got, all)
	checkSent(t, got, all)
}

func checkRead(t *testing.T, got outcome, chosen func(row) bool) {
	t.Helper()
	for _, r := range responseRows {
		if chosen(r) {
			assert.JSONEq(t, r.reads, string(got.Read[r.name]), "the program reads %s", r.name)
		}
	}
}

func checkSent(t *testing.T, got outcome, chosen func(row) bool) {
	t.Helper()
	head := loadHead(t).Components.Schemas["In"].Value
	for _, r := range requestRows {
		if r.sends == "" || !chosen(r) {
			continue
		}
		assert.JSONEq(t, r.sends, string(got.Sent[r.name]), "the program sends %s", r.name)
		if p := head.Properties[r.name]; p != nil {
			var value any
			require.NoError(t, json.Unmarshal(got.Sent[r.name], &value))
			err := p.Value.VisitJSON(value)
			assert.Equal(t, keeps(r), err == nil, "%s is right for head: %v", r.name, err)
		}
	}
}

// outcome is what a program prints.
type outcome struct {
	Read, Sent map[string]json.RawMessage
	Calls      []string
}

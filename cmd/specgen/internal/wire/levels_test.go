package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// small is the document that TestLevels edits.
const small = `openapi: 3.0.3
info: {title: Small, version: "1"}
servers:
  - url: https://a.{region}.example.com
    variables: {region: {default: r1, enum: [r1, r2]}}
  - url: https://a.example.com
paths:
  /things/{id}:
    parameters: [{name: zone, in: query, schema: {type: string, maxLength: 5}}]
    get:
      operationId: GetThing
      tags: [Things]
      summary: shows a thing.
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: old, in: query, schema: {type: integer}}
        - {$ref: '#/components/parameters/Size'}
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
      x-ack-retry: idempotent
      x-ack-ram-action: cs:GetThing
  /things:
    post:
      operationId: AddThing
      tags: [Things]
      summary: adds a thing.
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewThing'}}}}
      responses: {"200": {description: Done., content: {application/json: {schema: {type: object, properties: {task_id: {type: string}}}}}}}
      x-ack-retry: unsafe
      x-ack-task: task_id
    get:
      operationId: ListThings
      tags: [Things]
      summary: lists things.
      parameters:
        - {$ref: '#/components/parameters/Size'}
      responses: {"200": {description: Them., content: {application/json: {schema: {type: object, x-ack-always: [things], properties: {things: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
      x-ack-retry: idempotent
components:
  parameters:
    Size: {name: size, in: query, schema: {type: integer, maximum: 10}}
  schemas:
    Thing:
      type: object
      properties:
        state: {type: string, enum: [new, ready]}
        count: {type: integer, format: int32}
        owner: {$ref: '#/components/schemas/Owner'}
        password: {type: string, x-ack-sensitive: true}
    NewThing:
      type: object
      properties:
        name: {type: string}
        effect: {type: string, enum: [A, B], x-ack-closed: true}
        mode: {type: string, enum: [A, B]}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner: {type: object, description: Who has it., properties: {email: {type: string, description: Where.}}}
`

// TestLevels edits a document and looks at all that is reported.
func TestLevels(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit string // old => new, several divided by a line
		want string // level kind subject [from > to] (operations), one per line
	}{
		"operation renamed":              {"AddThing => PutThing", "risky operation-renamed AddThing [AddThing > PutThing] (PutThing)"},
		"operation moved":                {"/things/{id}: => /thing/{id}:", "breaking operation-moved GetThing [GET /things/{id} > GET /thing/{id}] (GetThing)"},
		"placeholder renamed":            {"/things/{id}: => /things/{thing}:\n---\nname: id, in: path => name: thing, in: path", "text path-placeholder-renamed GetThing path thing [id > thing] (GetThing)"},
		"parameter gone":                 {"        - {name: old, in: query, schema: {type: integer}}\n => ", "breaking request-parameter-removed GetThing query old [ > ] (GetThing)"},
		"shared parameter gone from one": {"        - {name: old, in: query, schema: {type: integer}}\n        - {$ref: '#/components/parameters/Size'}\n =>         - {name: old, in: query, schema: {type: integer}}\n", "breaking request-parameter-removed GetThing query size [ > ] (GetThing)"},
		"shared parameter limited":       {"maximum: 10 => maximum: 5", "risky request-parameter-max-decreased parameter Size [10 > 5] (GetThing, ListThings)"},
		"shared parameter required":      {"name: size, in: query, => name: size, in: query, required: true,", "breaking request-parameter-became-required parameter Size [ > ] (GetThing, ListThings)"},
		"shared parameter renamed":       {"name: size, => name: limit,", "breaking request-parameter-removed GetThing query size [ > ] (GetThing)\nbreaking request-parameter-removed ListThings query size [ > ] (ListThings)\ncompatible request-parameter-added GetThing query limit [ > ] (GetThing)\ncompatible request-parameter-added ListThings query limit [ > ] (ListThings)"},
		"servers turned around":          {"  - url: https://a.{region}.example.com\n    variables: {region: {default: r1, enum: [r1, r2]}}\n  - url: https://a.example.com =>   - url: https://a.example.com\n  - url: https://a.{region}.example.com\n    variables: {region: {default: r1, enum: [r1, r2]}}", "risky document-servers-changed document [https://a.{region}.example.com, https://a.example.com > https://a.example.com, https://a.{region}.example.com] ()"},
		"description beside a reference": {"owner: {$ref: '#/components/schemas/Owner'} => owner: {$ref: '#/components/schemas/Owner', description: Who.}", "text texts-changed Thing [ > ] (GetThing, ListThings)"},
		"parameter of a path":            {"maxLength: 5 => maxLength: 4", "risky request-parameter-max-length-decreased /things/{id} query zone [5 > 4] (GetThing)"},
		"server of the same address":     {"  - url: https://a.example.com\n =>   - url: https://a.example.com\n  - url: https://a.example.com\n", "risky document-servers-changed document [https://a.{region}.example.com, https://a.example.com > https://a.{region}.example.com, https://a.example.com, https://a.example.com] ()\ncompatible server-added server https://a.example.com [ > ] ()"},
		"parameter deprecated":           {"name: old, in: query, => name: old, in: query, deprecated: true,", "compatible request-parameter-deprecated GetThing query old [ > ] (GetThing)"},
		"value of a response added":      {"[new, ready] => [new, ready, gone]", "compatible response-property-enum-value-added Thing.state [ > gone] (GetThing, ListThings)"},
		"value of a response gone":       {"[new, ready] => [ready]", "risky response-property-enum-value-removed Thing.state [new > ] (GetThing, ListThings)"},
		"value of an open enum gone":     {"mode: {type: string, enum: [A, B]} => mode: {type: string, enum: [A]}", "risky request-property-enum-value-removed NewThing.mode [B > ] (AddThing)"},
		"value of a closed enum gone":    {"effect: {type: string, enum: [A, B] => effect: {type: string, enum: [A]", "breaking request-property-enum-value-removed NewThing.effect [B > ] (AddThing)"},
		"enum closed":                    {"mode: {type: string, enum: [A, B]} => mode: {type: string, enum: [A, B], x-ack-closed: true}", "risky x-ack-closed-added NewThing.mode [false > true] (AddThing)"},
		"type of a response":             {"count: {type: integer, format: int32} => count: {type: string}", "breaking response-property-type-changed Thing.count [integer (int32) > string] (GetThing, ListThings)"},
		"format of a response":           {"format: int32 => format: int64", "breaking response-property-type-changed Thing.count [integer (int32) > integer (int64)] (GetThing, ListThings)"},
		"field of both directions":       {"email: {type: string, description: Where.} => email: {type: string, description: Where.}, phone: {type: string}", "compatible request-property-added Owner.phone [ > ] (AddThing)\ncompatible response-property-added Owner.phone [ > ] (GetThing, ListThings)"},
		"field with a schema of its own": {"        password: =>         second: {$ref: '#/components/schemas/Owner'}\n        password:", "compatible response-property-added Thing.second [ > ] (GetThing, ListThings)"},
		"field gone":                     {"        count: {type: integer, format: int32}\n => ", "breaking response-property-removed Thing.count [ > ] (GetThing, ListThings)"},
		"required field":                 {"    NewThing:\n      type: object\n =>     NewThing:\n      type: object\n      required: [name]\n", "breaking request-property-became-required NewThing.name [ > ] (AddThing)"},
		"new required field":             {"    NewThing:\n      type: object\n      properties:\n =>     NewThing:\n      type: object\n      required: [size]\n      properties:\n        size: {type: integer}\n", "breaking request-required-property-added NewThing.size [ > ] (AddThing)"},
		"secret lost":                    {", x-ack-sensitive: true => ", "risky x-ack-sensitive-removed Thing.password [true > false] (GetThing, ListThings)"},
		"secret gained":                  {"name: {type: string} => name: {type: string, x-ack-sensitive: true}", "risky x-ack-sensitive-added NewThing.name [false > true] (AddThing)"},
		"retries allowed":                {"x-ack-retry: unsafe => x-ack-retry: idempotent", "compatible retry-allowed AddThing [unsafe > idempotent] (AddThing)"},
		"retries refused":                {"      x-ack-retry: idempotent\n      x-ack-ram =>       x-ack-retry: unsafe\n      x-ack-ram", "risky retry-changed GetThing [idempotent > unsafe] (GetThing)"},
		"retries as without the key":     {"      x-ack-retry: idempotent\n      x-ack-ram =>       x-ack-ram", "text default-written-out GetThing [idempotent > idempotent] (GetThing)"},
		"task":                           {"      x-ack-task: task_id\n => ", "risky x-ack-task-removed AddThing [task_id > ] (AddThing)"},
		"always":                         {"x-ack-always: [things] => x-ack-always: [things, total]", "risky always-added ListThings response 200 [ > total] (ListThings)"},
		"group":                          {"operationId: AddThing\n      tags: [Things] => operationId: AddThing\n      tags: [Others]", "risky group-changed AddThing [Things > Others] (AddThing)"},
		"RAM action":                     {"cs:GetThing => cs:ShowThing", "risky x-ack-ram-action-changed GetThing [cs:GetThing > cs:ShowThing] (GetThing)"},
		"regions":                        {"[r1, r2] => [r1, r3]", "risky region-removed server https://a.{region}.example.com [r2 > ] ()\ncompatible region-added server https://a.{region}.example.com [ > r3] ()"},
		"server gone":                    {"  - url: https://a.example.com\n => ", "breaking server-removed server https://a.example.com [ > ] ()"},
		"texts of one object":            {"Who has it. => Who owns it.\n---\nWhere. => Its address.", "text texts-changed Owner [ > ] (AddThing, GetThing, ListThings)"},
		"schema described by another":    {"        owner: {$ref: '#/components/schemas/Owner'}\n    Owner: =>         owner: {$ref: '#/components/schemas/Person'}\n    Person: {type: object, description: Who has it., properties: {email: {type: string, description: Where.}}}\n    Owner:", "risky reference-changed NewThing.owner [Owner > Person] (AddThing)"},
		"nothing needs the schema":       {"    Owner: {type =>     Unused: {type: string}\n    Owner: {type", "text unused-schema-added Unused [ > ] ()"},
		"extension of others":            {"x-ack-task: task_id => x-ack-task: task_id\n      x-other: 1", "compatible foreign-extension-added AddThing [ > 1] (AddThing)"},
		"explode as without the key":     {"name: old, in: query, => name: old, in: query, explode: true,", "text default-written-out GetThing query old [true > true] (GetThing)"},
		"explode":                        {"name: old, in: query, => name: old, in: query, explode: false,", "breaking parameter-explode-added GetThing query old [true > false] (GetThing)"},
		"summary of an operation":        {"adds a thing => puts a thing", "text texts-changed AddThing [ > ] (AddThing)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			head := small
			for edit := range strings.SplitSeq(tt.edit, "\n---\n") {
				before, after, ok := strings.Cut(edit, " => ")
				require.True(t, ok)
				require.Contains(t, head, before)
				head = strings.Replace(head, before, after, 1)
			}
			changes, err := Compare(t.Context(), read(t, small), read(t, head))
			require.NoError(t, err)
			assert.Equal(t, tt.want, brief(changes))
		})
	}
}

func brief(changes []change.Change) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Level.String()+" "+c.Kind+" "+c.Subject+" ["+c.From+" > "+c.To+"] ("+strings.Join(c.Operations, ", ")+")")
	}
	return strings.Join(lines, "\n")
}

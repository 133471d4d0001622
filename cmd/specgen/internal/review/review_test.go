package review_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/reviewtest"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func TestMake(t *testing.T) {
	t.Parallel()
	r := reviewtest.Sample()
	assert.Equal(t, []review.Count{
		{Area: change.Wire, Breaking: 2, Risky: 1, Compatible: 1, Text: 1}, {Area: change.Go, Breaking: 1, Compatible: 1},
	}, r.Counts)
	assert.Equal(t, []string{"ListNodes query state", "ack.ListNodesRequest.State"}, subjects(r.Open()))
	assert.Equal(t, []string{"Node.cpu"}, subjects(r.Approved()))
	assert.Equal(t, "The service never sent a number.", r.Approved()[0].Approval.Reason)
	assert.Equal(t, 1, r.Avoidable())
	require.Len(t, r.Stale, 1)
	assert.Equal(t, "0123456789ab", r.Stale[0].Fingerprint)
	assert.Equal(t, []review.Preset{{Name: "operator", Operations: []review.Touched{{Operation: "ListNodes", Level: change.Breaking}, {Operation: "AddNode", Level: change.Risky}}}}, r.Presets)
	for _, c := range r.Changes {
		assert.Equal(t, c.Fingerprint(), c.ID)
	}
}

func subjects(changes []review.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.Subject)
	}
	return out
}

// TestMakeSorts holds that a review does not depend on the order of what it is made of.
func TestMakeSorts(t *testing.T) {
	t.Parallel()
	changes := reviewtest.Changes()
	first := review.Make(review.Input{Changes: changes})
	reversed := []change.Change{}
	for _, c := range changes {
		reversed = append([]change.Change{c}, reversed...)
	}
	assert.Equal(t, first, review.Make(review.Input{Changes: reversed}))
	assert.Equal(t, reviewtest.Changes(), changes, "the caller's list is left alone")
}

// TestJSON holds that a review can be written and read as JSON, with the fingerprint of
// every change.
func TestJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(reviewtest.Sample())
	require.NoError(t, err)
	var back review.Review
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, reviewtest.Sample(), &back)
}

func TestSentence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		subject, from, to, message, want string
		sides                            bool
	}{
		{"Node.cpu", "", "", "it is gone", "`Node.cpu`: it is gone.", false},
		{"Node.cpu", "", "", "the field Node.cpu is gone", "The field `Node.cpu` is gone.", false},
		{"Node.cpu", "int", "text", "Node.cpu has changed from int to text.", "`Node.cpu` has changed from `int` to `text`.", false},
		{"Node.cpu", "int", "text", "Node.cpu has another type", "`Node.cpu` has another type.", true},
		{"Node.cpu", "int", "", "the int Node.cpu is gone", "The int `Node.cpu` is gone.", false},
		{"Node.cpu", "", "", "the field `Node.cpu` is gone", "The field `Node.cpu` is gone.", false},
		{"Node.cpu", "a`b", "c", "ändert Node.cpu from a`b to c", "Ändert Node.cpu from a`b to c.", false},
		{"", "", "", "", "``.", false},
	} {
		c := review.Change{Change: change.Change{Subject: tt.subject, From: tt.from, To: tt.to, Message: tt.message}}
		assert.Equal(t, tt.want, c.Sentence())
		assert.Equal(t, tt.sides, c.Sides(), tt.message)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	r := &review.Review{Base: "origin/main~1:spec", Head: "it's mine"}
	assert.Equal(t, `specgen review origin/main~1:spec 'it'\''s mine'`, r.Command())
	assert.Equal(t, r.Command()+" --approve 0123456789ab --role ROLE --reason TEXT", r.Approve("0123456789ab"))
}

func tree(t *testing.T, text string) *oas.Node {
	t.Helper()
	var list diag.List
	root := yamlsrc.Files{}.Parse("spec.yaml", []byte(text), &list)
	require.Empty(t, list.Sorted())
	return oas.New(oas.Document, "", root)
}

const baseSpec = `
paths:
  /nodes/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    put:
      operationId: PutNode
      parameters:
        - {name: dry, in: query, schema: {type: boolean, example: true}}
        - {name: none, in: query, schema: {type: string}}
        - {name: filter, in: query, content: {application/json: {schema: {}, example: {a: 1}}}}
      requestBody: {$ref: '#/components/requestBodies/Node'}
      responses:
        "200": {$ref: '#/components/responses/Node'}
        "204": {description: Nothing.}
        default: {$ref: '#/components/responses/Nowhere'}
    get:
      operationId: GetNode
      responses:
        "200": {description: A node., content: {text/plain: {schema: {type: string}, example: i-1}}}
  /same:
    get:
      operationId: Same
      responses: {"200": {description: A thing., content: {application/json: {example: [1, 2]}}}}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: string}, example: i-1}
  requestBodies:
    Node: {content: {application/json: {examples: {small: {value: {cpu: 1}}, large: {$ref: '#/components/examples/Large'}, far: {externalValue: 'https://example.com'}}}}}
  responses:
    Node: {description: A node., content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}
    Circle: {$ref: '#/components/responses/Circle'}
  examples:
    Large: {value: {cpu: 64}}
  schemas:
    Node: {type: object, example: {cpu: 1, id: i-1}}
`

func TestExamples(t *testing.T) {
	t.Parallel()
	head := strings.NewReplacer("cpu: 64", `cpu: "64"`, "example: {cpu: 1, id: i-1}", "example: {id: i-1}", "example: i-1}}}", "example: i-2}}}",
		"responses/Nowhere", "responses/Circle").Replace(baseSpec)
	examples := func(changes ...change.Change) []review.Example {
		return review.Make(review.Input{Base: review.Side{Tree: tree(t, baseSpec)}, Head: review.Side{Tree: tree(t, head)}, Changes: changes}).Examples
	}
	want := []review.Example{
		{Operation: "GetNode", Part: "response 200 as text/plain", Base: "i-1\n", Head: "i-2\n"},
		{Operation: "PutNode", Part: "request body", Base: "small:\n  cpu: 1\nlarge:\n  cpu: 64\n", Head: "small:\n  cpu: 1\nlarge:\n  cpu: \"64\"\n"},
		{Operation: "PutNode", Part: "response 200", Base: "cpu: 1\nid: i-1\n", Head: "id: i-1\n"},
	}
	assert.Equal(t, want, examples())
	assert.Equal(t, want, examples(change.Change{Level: change.Compatible, Operations: []string{"Same"}}))
	got := examples(change.Change{Level: change.Risky, Operations: []string{"Same", "PutNode", "Elsewhere"}})
	same := review.Example{Operation: "Same", Part: "response 200", Base: "- 1\n- 2\n", Head: "- 1\n- 2\n"}
	parameters := "id: i-1\ndry: true\nfilter:\n  a: 1\n"
	assert.Equal(t, []review.Example{want[0], {Operation: "PutNode", Part: "parameters", Base: parameters, Head: parameters}, want[1], want[2], same}, got)
	alone := review.Make(review.Input{Head: review.Side{Tree: tree(t, baseSpec)}}).Examples
	assert.Len(t, alone, 6)
	assert.Empty(t, alone[0].Base)
}

func TestLines(t *testing.T) {
	t.Parallel()
	show := func(base, head string) string {
		var b strings.Builder
		for _, l := range review.Lines(base, head) {
			b.WriteString(l.Mark + l.Text + "\n")
		}
		return b.String()
	}
	many := "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
	for _, tt := range []struct{ base, head, want string }{
		{"", "", ""},
		{"a\nb", "a\nb", " a\n b\n"},
		{"", "a\n\nb\n", "+a\n+\n+b\n"},
		{"a\n", "", "-a\n"},
		{"a\nb\n", "a\nc", " a\n-b\n+c\n"},
		{"@@ -1,2 +1,2 @@\nb\n", "@@ -1,2 +1,2 @@\nc\n", " @@ -1,2 +1,2 @@\n-b\n+c\n"},
		{"a\n" + many + "b\n", "c\n" + many + "d\n", "-a\n+c\n 1\n 2\n 3\n@\n 7\n 8\n 9\n-b\n+d\n"},
		{many + "b\n", many + "d\n", "@\n 7\n 8\n 9\n-b\n+d\n"},
	} {
		assert.Equal(t, tt.want, show(tt.base, tt.head), "%q %q", tt.base, tt.head)
	}
}

// TestVersionReason says of every decision how it follows.
func TestVersionReason(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		last  string
		level change.Level
		want  string
	}{
		{"", change.Breaking, "It is the first release."},
		{"v0.3.0", change.Breaking, "Below v1, a breaking change raises the minor version."},
		{"v1.3.0", change.Breaking, "A breaking change raises the major version: the path of the module must end in /v2."},
		{"v0.3.0", change.Risky, "Nothing breaks: the gravest change is risky, and raises the patch version."},
		{"v1.3.0", change.Compatible, "Nothing breaks: the gravest change is compatible, and raises the minor version."},
	} {
		d, err := version.Decide(tt.last, []change.Change{{Level: tt.level}})
		require.NoError(t, err)
		assert.Equal(t, tt.want, review.Make(review.Input{Decision: d}).Version.Reason)
	}
	d, err := version.Decide("v1.3.0", nil)
	require.NoError(t, err)
	assert.Equal(t, "Nothing has changed since the version before.", review.Make(review.Input{Decision: d}).Version.Reason)
}

// TestPresetsAreSorted holds that presets, which come from a map, have one order.
func TestPresetsAreSorted(t *testing.T) {
	t.Parallel()
	presets, want := map[string][]string{}, []string{}
	for i := range 20 {
		name := string(rune('a' + i))
		presets[name] = []string{"Op"}
		want = append(want, name)
	}
	r := review.Make(review.Input{Changes: []change.Change{{Level: change.Risky, Operations: []string{"Op"}}}, Presets: presets})
	var got []string
	for _, p := range r.Presets {
		got = append(got, p.Name)
	}
	assert.Equal(t, want, got)
}

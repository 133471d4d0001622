package lint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/diag/rule"
)

const (
	listNodes = "operations/nodes/ListNodes.yaml"
	addNode   = "operations/nodes/AddNode.yaml"
	addBody   = "schemas/nodes/AddNodeBody.yaml"
	nodeList  = "schemas/nodes/NodeList.yaml"
	retried   = "    x-ack-retry: idempotent"
)

// paged makes ListNodes a list of pages that count the nodes in page.total_count.
func paged(paging string) []rule.Snippet {
	return []rule.Snippet{
		{File: listNodes, Old: "      - name: labels", Text: `      - name: pageNumber
        in: query
        description: The number of the page, from 1.
        schema: {type: string}
        example: "1"
      - name: zone
        in: query
        required: true
        description: The zone of the nodes.
        schema: {type: string}
        example: a
      - name: ready
        in: query
        description: Whether to list only nodes that are ready.
        schema: {type: boolean}
        example: true
      - name: labels`},
		{File: listNodes, Old: retried, Text: retried + "\n    x-ack-pagination: " + paging},
		{File: nodeList, Old: "x-ack-source:", Text: `  page:
    $ref: Page.yaml
  token:
    type: string
    description: The token of the next page.
    x-ack-sensitive: false
  extra:
    description: Anything.
x-ack-source:`},
		{File: "schemas/nodes/Page.yaml", Text: `type: object
description: Where a page lies.
properties:
  total_count:
    type: integer
    format: int64
    description: How many nodes there are.
  list:
    $ref: NodeList.yaml
x-ack-source:
  - {document: reference, section: "3"}
`},
	}
}

// waits gives ListNodes the waiter Ready.
func waits(waiter string) []rule.Snippet { return named("Ready", waiter) }

// told gives ListNodes the waiter Ready and an answer with a phase and an outcome.
func told(waiter string) []rule.Snippet {
	return append(waits(waiter), rule.Snippet{File: nodeList, Old: "x-ack-source:", Text: `  phase:
    type: string
    description: How far the list has come.
  outcome:
    type: integer
    format: int64
    description: How it went.
x-ack-source:`})
}

// named gives ListNodes a waiter.
func named(name, waiter string) []rule.Snippet {
	return []rule.Snippet{{File: listNodes, Old: retried, Text: retried + "\n    x-ack-waiter:\n      " + name + ": " + waiter}}
}

// starts makes AddNode start a task.
func starts(path string) []rule.Snippet {
	return []rule.Snippet{{File: addNode, Old: "x-ack-retry: unsafe", Text: "x-ack-retry: unsafe\n    x-ack-task: " + path}}
}

// token gives the body of AddNode a client token.
func token(name, schema string) []rule.Snippet {
	return []rule.Snippet{
		{File: addNode, Old: "x-ack-retry: unsafe", Text: "x-ack-retry: token"},
		{File: addBody, Old: "  login_password:", Text: "  " + name + ":\n    description: A name for the request.\n    " + schema +
			"\n  login_password:"},
	}
}

// unknownClass writes a class that there is not in the place of token.
func unknownClass(snippets []rule.Snippet) []rule.Snippet {
	for i := range snippets {
		snippets[i].Text = strings.Replace(snippets[i].Text, "x-ack-retry: token", "x-ack-retry: tokens", 1)
	}
	return snippets
}

// TestRuntimeMessages covers what the cases of the rules leave out: every other
// message about the extensions that the runtime works by, and what is no
// finding at all.
func TestRuntimeMessages(t *testing.T) {
	t.Parallel()
	required := rule.Snippet{File: addBody, Old: "required: [id]", Text: "required: [id, client_token]"}
	const ready = "success: [ready], delay: 5s, max-delay: 30s"
	tests := []struct {
		name     string
		snippets []rule.Snippet
		want     []string // the messages with their codes
	}{
		{"token in camel case", token("clientToken", "type: string"), nil},
		{"token that is no text", token("client_token", "type: integer\n    format: int64"), []string{`"client_token" is no string [ACK232]`}},
		{"required token", append(token("client_token", "type: string"), required),
			[]string{`"client_token" is required, so callers have to fill it in themselves [ACK232]`}},
		{"unknown class", []rule.Snippet{{File: addNode, Old: "x-ack-retry: unsafe", Text: "x-ack-retry: safe"}},
			[]string{`x-ack-retry: value is not one of the allowed values ["idempotent","token","unsafe"] [ACK202]`}},

		{"unknown class beside a token", unknownClass(token("client_token", "type: string")),
			[]string{`x-ack-retry: value is not one of the allowed values ["idempotent","token","unsafe"] [ACK202]`}},
		{"unknown class of what is polled", []rule.Snippet{{File: listNodes, Old: retried,
			Text: "    x-ack-retry: maybe\n    x-ack-waiter: {Ready: {items: nodes, path: state, " + ready + "}}"}},
			[]string{`x-ack-retry: value is not one of the allowed values ["idempotent","token","unsafe"] [ACK202]`}},

		{"paging by a path", paged("{style: number, page: pageNumber, items: nodes, total: page.total_count, max-size: 100}"), nil},
		{"total of the wrong level", paged("{style: number, page: pageNumber, items: nodes, total: total_count}"),
			[]string{`total of x-ack-pagination: the answer has no property "total_count"; did you mean page.total_count? [ACK243]`}},
		{"misspelled last name", paged("{style: number, page: pageNumber, items: nodes, total: page.total}"),
			[]string{`total of x-ack-pagination: "page" has no property "total" [ACK243]`}},
		{"misspelled first name", paged("{style: number, page: pageNumber, items: nodes, total: pages.total_count}"),
			[]string{`total of x-ack-pagination: the answer has no property "pages"; did you mean page.total_count? [ACK243]`}},
		{"items of the wrong types", paged("{style: token, token: pageNumber, next: page, items: token}"), []string{
			`next of x-ack-pagination: "page" is an object and not a string [ACK243]`,
			`items of x-ack-pagination: "token" is a string and not an array [ACK243]`}},
		{"items without type", paged("{style: number, page: pageNumber, items: extra}"),
			[]string{`items of x-ack-pagination: "extra" is any JSON and not an array [ACK243]`}},
		{"path through an array", paged("{style: number, page: pageNumber, items: nodes.labels}"),
			[]string{`items of x-ack-pagination: "nodes" has no property "labels" [ACK243]`}},
		{"misspelled parameter", paged("{style: number, page: pageNumer, items: nodes}"),
			[]string{`page of x-ack-pagination: the query has no parameter "pageNumer"; did you mean pageNumber? [ACK242]`}},
		{"required parameter", paged("{style: number, page: zone, items: nodes}"),
			[]string{`page of x-ack-pagination: parameter "zone" is required [ACK242]`}},
		{"parameter of a wrong type", paged("{style: number, page: pageNumber, size: ready, items: nodes}"),
			[]string{`size of x-ack-pagination: parameter "ready" is not a string or an integer [ACK242]`}},
		{"no page is of size 0", paged("{style: number, page: pageNumber, items: nodes, max-size: 0}"),
			[]string{`x-ack-pagination at /max-size: number must be at least 1 [ACK202]`}},
		{"unknown style", paged("{style: cursor, page: pageNumber}"),
			[]string{`x-ack-pagination at /style: value is not one of the allowed values ["number","token","none"] [ACK202]`}},
		{"none with keys", paged("{style: none, page: pageNumber}"), []string{`x-ack-pagination of style none has the key page [ACK241]`}},

		{"task without answer", starts("task_id"), []string{
			`the operation starts a task and no waiter of the spec waits for tasks [ACK265]`,
			`x-ack-task: the answer is no JSON [ACK250]`}},
		{"needless none", starts("none"), []string{`x-ack-task: none is not needed, as the answer holds no id of a task [ACK250]`}},

		{"name in lower case", named("ready_nodes", "{items: nodes, path: state, "+ready+"}"),
			[]string{`the name "ready_nodes" of a waiter is not UpperCamelCase [ACK260]`}},
		{"path of the answer in place of an item", waits("{items: nodes, path: nodes.state, " + ready + "}"),
			[]string{`path of waiter Ready: an item has no property "nodes"; did you mean state? [ACK261]`}},
		{"items that are no array", waits("{items: node, path: state, message: massage, " + ready + "}"), []string{
			`items of waiter Ready: the answer has no property "node"; did you mean nodes? [ACK261]`,
			`message of waiter Ready: the answer has no property "massage" [ACK261]`}},
		{"state that is an array", waits("{path: nodes, " + ready + "}"),
			[]string{`path of waiter Ready: "nodes" is an array and not a string or an integer [ACK261]`}},
		{"count without success", waits("{items: nodes, path: state, not-found: success, delay: 5s, max-delay: 30s}"),
			[]string{`waiter Ready counts items and has no success [ACK262]`}},
		{"not found is no failure", waits("{items: nodes, path: state, not-found: failure, " + ready + "}"),
			[]string{`x-ack-waiter at /Ready/not-found: value is not one of the allowed values ["success"] [ACK202]`}},
		{"empty list", waits("{items: nodes, path: state, pending: [], " + ready + "}"),
			[]string{`x-ack-waiter at /Ready/pending: minimum number of items is 1 [ACK202]`}},
		{"state that is a number", waits("{items: nodes, path: cpu, success: [2], delay: 5s, max-delay: 30s}"),
			[]string{`x-ack-waiter at /Ready/success/0: value must be a string [ACK202]`}},
		{"number as text", waits(`{items: nodes, path: cpu, success: ["2"], delay: 5s, max-delay: 30s}`), nil},
		{"result", told(`{path: phase, success: [over], result: {path: outcome, failure: ["1"]}, delay: 5s, max-delay: 30s}`), nil},
		{"result that is no value", told("{path: phase, result: {path: nodes, failure: [bad]}, " + ready + "}"),
			[]string{`result of waiter Ready: "nodes" is an array and not a string or an integer [ACK261]`}},
		{"result of counted items", told("{items: nodes, path: state, result: {path: outcome, failure: [bad]}, " + ready + "}"),
			[]string{`waiter Ready has a result, which is read in a state of success where no items are counted [ACK262]`}},
		{"result without success", told("{path: phase, not-found: success, result: {path: outcome, failure: [bad]}, delay: 5s, max-delay: 30s}"),
			[]string{`waiter Ready has a result, which is read in a state of success where no items are counted [ACK262]`}},
		{"result without failure", told("{path: phase, result: {path: outcome}, " + ready + "}"),
			[]string{`x-ack-waiter at /Ready/result/failure: property "failure" is missing [ACK202]`}},
		{"delay above the longest", waits("{items: nodes, path: state, success: [ready], delay: 31s, max-delay: 0.5m}"),
			[]string{`delay of waiter Ready is 31s, above max-delay 30s [ACK263]`}},
		{"no delay", waits("{items: nodes, path: state, success: [ready], delay: 0s, max-delay: -1s}"), []string{
			`delay of waiter Ready is "0s", which is no duration above zero [ACK263]`,
			`max-delay of waiter Ready is "-1s", which is no duration above zero [ACK263]`}},
		{"task that needs more", waits("{items: nodes, path: state, task: labels, " + ready + "}"), []string{
			`task of waiter Ready: parameter "ClusterId" is required as well [ACK264]`,
			`task of waiter Ready: parameter "labels" is not a string [ACK264]`}},
		{"two for tasks", waits("{items: nodes, path: state, task: ClusterId, " + ready +
			"}\n      Other: {items: nodes, path: state, task: ClusterId, " + ready + "}"),
			[]string{`waiter Other is a second one for tasks [ACK265]`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range check(t, test.snippets).lint {
				got = append(got, strings.TrimPrefix(f.Message, f.Subject+": ")+" ["+f.Code+"]")
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// Package reviewtest holds reviews for the tests of what prints them.
//
// It is for tests only. It may import its siblings approval, change, gochange, review and version, and
// generator/diag.
package reviewtest

import (
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
	"github.com/ackgen/ackgen/generator/diag"
)

// Changes returns one change of every kind of place, level and decision.
func Changes() []change.Change {
	return []change.Change{
		{
			Kind: "parameter-removed", Area: change.Wire, Level: change.Breaking, Subject: "ListNodes query state", Operations: []string{"ListNodes"},
			From: "string", Message: "the parameter `state` is gone", Advice: "keep the parameter and deprecate it", Avoidable: true,
			Base: diag.Pos{File: "v1:spec/operations/nodes/ListNodes.yaml", Line: 12, Col: 9}, Head: diag.Pos{File: "spec/operations/nodes/ListNodes.yaml"},
		},
		{
			Kind: "type-changed", Area: change.Wire, Level: change.Breaking, Subject: "Node.cpu", Operations: []string{"DescribeNode", "ListNodes"},
			From: "integer", To: "string", Message: "the type of `cpu` is another one", Head: diag.Pos{File: "spec/schemas/nodes/Node.yaml", Line: 7, Col: 5},
		},
		{
			Kind: "retry-changed", Area: change.Wire, Level: change.Risky, Subject: "AddNode", Operations: []string{"AddNode"},
			From: "idempotent", To: "unsafe", Message: "a failed call is not repeated any more", Advice: "say so in the documentation", Avoidable: true,
			Head: diag.Pos{File: "spec/operations/nodes/AddNode.yaml", Line: 30, Col: 17},
		},
		{
			Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "RemoveNode", Operations: []string{"RemoveNode"},
			Message: "the operation is new", Head: diag.Pos{File: "spec/operations/nodes/RemoveNode.yaml", Line: 2, Col: 3},
		},
		{
			Kind: "text-changed", Area: change.Wire, Level: change.Text, Subject: "ListNodes", Operations: []string{"ListNodes"},
			Message: "the description is another one", Head: diag.Pos{File: "spec/operations/nodes/ListNodes.yaml", Line: 5, Col: 5},
		},
		{
			Kind: "field-removed", Area: change.Go, Level: change.Breaking, Subject: "ack.ListNodesRequest.State", Message: "the field is gone",
			From: "State *string", Base: diag.Pos{File: "sdk/ack/nodes_messages_gen.go", Line: 40, Col: 2},
		},
		{
			Kind: "method-added", Area: change.Go, Level: change.Compatible, Subject: "ack.Client.RemoveNode", Message: "the method is new",
			Head: diag.Pos{File: "sdk/ack/nodes_gen.go", Line: 90, Col: 1},
		},
	}
}

// Sample returns a review with something in every part: one break is approved, two are not.
func Sample() *review.Review {
	changes := Changes()
	r := review.Make(review.Input{
		Base: review.Side{Name: "v1.2.0"}, Head: review.Side{Name: "HEAD"},
		Decision: version.Decision{Last: "v1.2.0", Next: "v2.0.0", Bump: version.Major, Suffix: "/v2", Forcing: &changes[0]},
		Changes:  changes,
		Approvals: []approval.Approval{
			{Fingerprint: changes[1].Fingerprint(), Role: "maintainer", Reason: "The service never sent a number.", Pos: diag.Pos{File: "spec/approvals.yaml", Line: 3, Col: 16}},
			{Fingerprint: "0123456789ab", Role: "owner", Reason: "It was `deprecated` for a year.", Pos: diag.Pos{File: "spec/approvals.yaml", Line: 7, Col: 16}},
		},
		Declarations: []gochange.Declaration{
			{
				Package: "ack", Name: "ListNodesRequest", Kind: "type",
				Base: "type ListNodesRequest struct {\n\tState *string `json:\"-\"`\n\tPage  *int64  `json:\"-\"`\n}\n",
				Head: "type ListNodesRequest struct {\n\tPage *int64 `json:\"-\"`\n}\n",
			},
			{
				Package: "ack", Name: "Client.RemoveNode", Kind: "func",
				Head: "func (c *Client) RemoveNode(ctx context.Context, in *RemoveNodeRequest, opts ...roa.CallOption) (*RemoveNodeResponse, error)\n",
			},
			{Package: "ackmock", Name: "Old", Kind: "type", Base: "type Old struct{}\n"},
		},
		Presets:   map[string][]string{"operator": {"AddNode", "ListNodes", "ListClusters"}, "idle": {"ListClusters"}},
		Changelog: "## v2.0.0 - 2026-01-02\n\n### Added\n\n- Operation of nodes: `RemoveNode`.\n",
	})
	r.Examples = []review.Example{
		{Operation: "ListNodes", Part: "parameters", Base: "page: 1\nstate: ready\n", Head: "page: 1\n"},
		{Operation: "ListNodes", Part: "response 200", Base: "nodes:\n  - cpu: 4\n    id: i-1\n", Head: "nodes:\n  - cpu: \"4\"\n    id: i-1\n"},
		{Operation: "AddNode", Part: "request body", Base: "id: i-1\n", Head: "id: i-1\n"},
	}
	return r
}

// Hostile are texts that try to leave the place where they are printed.
var Hostile = []string{
	"</script><script>alert(1)</script>", "</style></code></pre></details><img src=x onerror=alert(1)>", "]]><!--", "--><!doctype html>",
	"` `` ``` ````\n~~~\n", "```\n</details>\n# Heading\n", "[link](https://example.com) ![image](//example.com/x.png)", "https://example.com www.example.com a@example.com",
	"@everyone #1 GH-1 org/repo#2", "| a | b |\n| --- | --- |", "\u202egnp.exe\u2066 \u200b\u0000\u001b[31m", "שלום עולם and مرحبا", "{{.}} {{template \"x\"}} ${x} $1$",
	"\" onmouseover=\"alert(1)", "javascript:alert(1)", "* item\n- item\n1. item\n> quote\n    code", "<a href=javascript:alert(1)>x</a>", "&lt;b&gt; &#60;", strings.Repeat("wide", 300),
	"a\r\nb\u2028c\u0085d", "\\`escaped\\` `code with <b> and | and @user`", "<!-- specgen review -->", "_a_ *b* ~~c~~ \\d",
}

// Bad returns a review whose every text is hostile, with n changes of each level.
func Bad(n int) *review.Review {
	var changes []change.Change
	text := func(i int) string { return Hostile[i%len(Hostile)] }
	for i := range n {
		for _, level := range []change.Level{change.Breaking, change.Risky, change.Compatible, change.Text} {
			k := i*4 + int(level)
			changes = append(changes, change.Change{
				Kind: fmt.Sprint("kind-", i), Area: []change.Area{change.Wire, change.Go}[i%2], Level: level, Subject: text(k), Operations: []string{text(k + 1)},
				From: text(k + 2), To: text(k + 3), Message: text(k + 4), Advice: text(k + 5), Head: diag.Pos{File: text(k + 6), Line: 1, Col: 1},
			})
		}
	}
	in := review.Input{
		Base: review.Side{Name: text(0)}, Head: review.Side{Name: text(1)}, Changes: changes, Changelog: strings.Join(Hostile, "\n"),
		Decision: version.Decision{Last: text(2), Next: text(3), Bump: version.Bump(text(4)), Forcing: &changes[0]},
		Presets:  map[string][]string{text(6): Hostile},
	}
	for i, t := range Hostile {
		in.Declarations = append(in.Declarations, gochange.Declaration{Package: t, Name: t, Kind: t, Base: t, Head: text(i + 1)})
		in.Approvals = append(in.Approvals, approval.Approval{Fingerprint: changes[min(4*i, len(changes)-1)].Fingerprint(), Role: t, Reason: t},
			approval.Approval{Fingerprint: t, Role: t, Reason: t, Change: t})
	}
	r := review.Make(in)
	for i, t := range Hostile {
		r.Examples = append(r.Examples, review.Example{Operation: t, Part: t, Base: t, Head: text(i + 3)})
	}
	return r
}

package changelog_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/generator/load/oas"
)

// changes is one of everything.
var changes = []change.Change{
	{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "AddPolicy", Operations: []string{"AddPolicy"}, Message: "operation added"},
	{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "ListPolicies", Operations: []string{"ListPolicies"}, Message: "operation added"},
	{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "ListRegions", Operations: []string{"ListRegions"}, Message: "operation added"},
	{Kind: "request-property-added", Area: change.Wire, Level: change.Compatible, Subject: "ScalingGroup.disk_init", Operations: []string{"CreateNodePool", "ModifyNodePool"}, Message: "field added"},
	{Kind: "response-property-added", Area: change.Wire, Level: change.Compatible, Subject: "ListNodes response status", Operations: []string{"ListNodes"}, Message: "field added"},
	{Kind: "request-parameter-added", Area: change.Wire, Level: change.Compatible, Subject: "ListNodes query page_size", Operations: []string{"ListNodes"}, Message: "parameter added"},
	{Kind: "response-property-enum-value-added", Area: change.Wire, Level: change.Compatible, Subject: "Node.state", To: "joining", Operations: []string{"ListNodes"}, Message: "value added"},
	{Kind: "region-added", Area: change.Wire, Level: change.Compatible, Subject: "cn-fuzhou", To: "cn-fuzhou", Message: "region added"},
	{Kind: "retry-changed", Area: change.Wire, Level: change.Risky, Subject: "AddNode", Operations: []string{"AddNode"}, From: "unsafe", To: "token", Message: "AddNode is sent again after a failure"},
	{Kind: "operation-deprecated", Area: change.Wire, Level: change.Compatible, Subject: "ScaleCluster", Operations: []string{"ScaleCluster"}, Message: "the operation is deprecated"},
	{Kind: "response-optional-property-removed", Area: change.Wire, Level: change.Risky, Subject: "Node.hint", Operations: []string{"ListNodes"}, Message: "the field `hint` is not sent any more"},
	{Kind: "description-changed", Area: change.Wire, Level: change.Text, Subject: "Node", Message: "a secret sentence"},
	{Kind: "summary-changed", Area: change.Wire, Level: change.Text, Subject: "AddNode", Message: "another sentence"},
	{Kind: "request-property-type-changed", Area: change.Wire, Level: change.Breaking, Subject: "Node.cores", From: "string", To: "integer", Operations: []string{"AddNode"}, Message: "the type of Node.cores is integer, not string", Advice: "add a field `core_count` beside it"},
	{Kind: "operation-removed", Area: change.Wire, Level: change.Breaking, Subject: "DropNode", Operations: []string{"DropNode"}, Message: "the operation is gone"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.Client.AddPolicy", Message: "method added"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.AddPolicyRequest", Message: "type added"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.PoliciesAPI.ListPoliciesAll", Message: "method added"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.ListNodesRequest.PageSize", Message: "field added"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.ScalingGroup.DiskInit", Message: "field added"},
	{Kind: "go-added", Area: change.Go, Level: change.Compatible, Subject: "ack.NodeStateJoining", Message: "constant added"},
	{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "roa.WithProxy", Message: "func added"},
	{Kind: "type-changed", Area: change.Go, Level: change.Breaking, Subject: "ack.Node.Cores", From: "string", To: "int64", Message: "changed from string to int64"},
	{Kind: "removed", Area: change.Go, Level: change.Breaking, Subject: "ack.Client.DropNode", Message: "removed"},
	{Kind: "go-value-changed", Area: change.Go, Level: change.Text, Subject: "roa.Version", Message: "every release has another version"},
	{Kind: "removed", Area: change.Go, Level: change.Breaking, Subject: "roa.WithoutProxy", Message: "removed"},
}

var groups = map[string]string{"AddPolicy": "Policies", "ListPolicies": "Policies", "ListRegions": "Regions"}

// TestSection shows a section with everything, whatever the order of the changes.
func TestSection(t *testing.T) {
	t.Parallel()
	content := changelog.Content{
		Version: "v1.1.0", Date: "2026-11-27", Notes: "\n- Written by hand.\n\n", Changes: changes, Groups: groups,
		Reasons: map[string]string{changes[13].Fingerprint(): "it never worked"},
	}
	want := `## v1.1.0 - 2026-11-27

- Written by hand.

### Breaking changes

- ` + "`DropNode`" + `: the operation is gone.
- The type of Node.cores is integer, not string. Accepted because: it never worked.
- ` + "`roa.WithoutProxy`" + `: removed.

### Added

- Operations of Policies: ` + "`AddPolicy`, `ListPolicies`" + `.
- Operation of Regions: ` + "`ListRegions`" + `.
- Parameter ` + "`ListNodes query page_size`" + `.
- Field ` + "`ListNodes response status`" + `.
- Value ` + "`joining` of `Node.state`, for `ListNodes`" + `.
- Field ` + "`ScalingGroup.disk_init`, for `CreateNodePool`, `ModifyNodePool`" + `.
- Region ` + "`cn-fuzhou`" + `.
- ` + "`roa.WithProxy`" + `: func added.

### Changed

- AddNode is sent again after a failure.

### Deprecated

- ` + "`ScaleCluster`" + `: the operation is deprecated.

### Removed

- ` + "`Node.hint`: the field `hint`" + ` is not sent any more.

### Documentation

- 2 texts were revised.
`
	assert.Equal(t, want, changelog.Section(content))
	content.Changes = nil
	for i := range changes {
		content.Changes = append(content.Changes, changes[len(changes)-1-i])
	}
	assert.Equal(t, want, changelog.Section(content), "the order of the changes must not matter")
}

// TestSectionNoDuplicates repeats every change three times, as the official change log
// does, each time in other words and at another place.
func TestSectionNoDuplicates(t *testing.T) {
	t.Parallel()
	once := changelog.Section(changelog.Content{Version: "v1.1.0", Date: "2026-11-27", Changes: changes, Groups: groups})
	var thrice []change.Change
	for _, c := range changes {
		again := c
		again.Base.Line, again.Head.File = 7, "elsewhere.yaml"
		thrice = append(thrice, c, again, again)
	}
	assert.Equal(t, once, changelog.Section(changelog.Content{Version: "v1.1.0", Date: "2026-11-27", Changes: thrice, Groups: groups}))
	seen := map[string]bool{}
	for l := range strings.SplitSeq(once, "\n") {
		assert.False(t, l != "" && seen[l], "twice: %s", l)
		seen[l] = true
	}
	// Two kinds of a change that read the same are one line, too.
	twice := changelog.Section(changelog.Content{Version: "v1.1.0", Changes: []change.Change{
		{Kind: "response-property-added", Area: change.Wire, Level: change.Compatible, Subject: "Node.ip", Operations: []string{"ListNodes"}},
		{Kind: "request-property-added", Area: change.Wire, Level: change.Compatible, Subject: "Node.ip", Operations: []string{"AddNode", "ListNodes"}},
	}})
	assert.Contains(t, twice, "\n- Field `Node.ip`, for `AddNode`, `ListNodes`.\n")
	assert.Equal(t, 1, strings.Count(twice, "Node.ip"), twice)
}

// TestSectionKeepsBreaks holds that a break in Go is told although something lighter
// explains a change of its name.
func TestSectionKeepsBreaks(t *testing.T) {
	t.Parallel()
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Changes: []change.Change{
		{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "DescribeCluster"},
		{Kind: "request-property-added", Area: change.Wire, Level: change.Compatible, Subject: "Node.size"},
		{Kind: "removed", Area: change.Go, Level: change.Breaking, Subject: "ack.DescribeClusterRequest", Message: "gone"},
		{Kind: "changed", Area: change.Go, Level: change.Breaking, Subject: "ack.Node.Size", Message: "other type"},
		{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.DescribeClusterDetailRequest.Verbose", Message: "field added"},
		{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.Pool.Size", Message: "field added"},
		{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.Hint", Operations: []string{"DescribeCluster"}, Message: "left out"},
		{Kind: "added", Area: change.Go, Level: change.Compatible, Subject: "ack.Tip", Operations: []string{"DescribeCluster", "Other"}, Message: "kept"},
	}})
	for _, want := range []string{"`ack.DescribeClusterRequest`: gone.", "`ack.Node.Size`: other type.", "DescribeClusterDetailRequest.Verbose", "ack.Pool.Size", "ack.Tip"} {
		assert.Contains(t, got, want)
	}
	assert.NotContains(t, got, "left out")
}

// TestSectionTellsOfShims holds that what the provider removed is deprecated, and said once.
func TestSectionTellsOfShims(t *testing.T) {
	t.Parallel()
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Date: "2026-11-27", Changes: []change.Change{
		{Kind: "operation-deprecated", Area: change.Wire, Level: change.Compatible, Subject: "GetNode", Message: "GetNode is deprecated"},
		{Kind: "shim-marked", Area: change.Wire, Level: change.Compatible, Subject: "GetNode", Message: "the provider removed GetNode"},
		{Kind: "x-ack-status-added", Area: change.Wire, Level: change.Compatible, Subject: "GetNode", To: "legacy", Message: "the status of GetNode changes"},
		{Kind: "operation-deprecated", Area: change.Wire, Level: change.Compatible, Subject: "AddNode", Message: "AddNode is deprecated"},
	}})
	assert.Equal(t, "## v1.1.0 - 2026-11-27\n\n### Deprecated\n\n- AddNode is deprecated.\n- The provider removed GetNode.\n", got)
}

// TestSectionEscapes holds that texts of a spec show as they are and do nothing else.
func TestSectionEscapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain words of page_size 2":           "plain words of page_size 2.",
		"code `Node.state` stays":              "code `Node.state` stays.",
		"<script>alert(1)</script>":            `\<script\>alert(1)\</script\>.`,
		"[link](https://example.com)":          `\[link\](https://example.com).`,
		"![image](x)":                          `!\[image\](x).`,
		"tell @admin":                          "tell @\u200badmin.",
		"two\nlines\r\n## v9.9.9 - 2026-01-01": `two lines \#\# v9.9.9 - 2026-01-01.`,
		"a | b *bold* _soft_ ~~gone~~":         `a \| b \*bold\* \_soft\_ \~\~gone\~\~.`,
		"_ and #1 first":                       `\_ and \#1 first.`,
		"last is _":                            `last is \_.`,
		"open ` back-tick":                     "open \\` back-tick.",
		"`<img src=x>`":                        "\\`\\<img src=x\\>\\`.",
		"&lt;b&gt;":                            `\&lt;b\&gt;.`,
		"turned \u202e around\x00\x1b[31m":     `turned around \[31m.`,
		"Ends well!":                           "Ends well!",
	} {
		got := changelog.Section(changelog.Content{Version: "v1.0.1", Date: "2026-11-27", Changes: []change.Change{
			{Kind: "x-changed", Area: change.Wire, Level: change.Risky, Subject: "S`\n## x", Message: text},
		}})
		assert.Equal(t, "## v1.0.1 - 2026-11-27\n\n### Changed\n\n- `S' ## x`: "+want+"\n", got)
	}
}

// TestSectionEmpty holds that a section is never without a word.
func TestSectionEmpty(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "## v1.0.1 - 2026-11-27\n\nNothing that users notice.\n", changelog.Section(changelog.Content{Version: "v1.0.1", Date: "2026-11-27"}))
	got := changelog.Section(changelog.Content{Version: "v1.0.1", Changes: []change.Change{{Kind: "description-changed", Level: change.Text}}})
	assert.Contains(t, got, "### Documentation\n\n- 1 text was revised.\n")
}

// TestGroupsOf reads the groups of operations.
func TestGroupsOf(t *testing.T) {
	t.Parallel()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(`{paths: {/a: {get: {operationId: A, tags: [Things, More]}, put: {operationId: B}}}}`), &doc))
	assert.Equal(t, map[string]string{"A": "Things"}, changelog.GroupsOf(oas.New(oas.Document, "", doc.Content[0])))
	assert.Empty(t, changelog.GroupsOf(nil))
}

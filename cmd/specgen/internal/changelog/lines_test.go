package changelog_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
)

// TestSectionEscapesWhatPeopleWrite holds that reasons and groups, which stand beside the
// messages, are texts as well.
func TestSectionEscapesWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	gone := change.Change{Kind: "operation-removed", Area: change.Wire, Level: change.Breaking, Subject: "DropNode", Message: "DropNode is gone"}
	got := changelog.Section(changelog.Content{
		Version: "v1.1.0", Date: "2026-11-27", Reasons: map[string]string{gone.Fingerprint(): "no <b>use</b>, says @admin"},
		Retracted: []changelog.Retraction{{Versions: "v1.0.9", Reason: "it *fails*, says @admin"}}, Groups: map[string]string{"AddNode": "Nodes <i>"},
		Changes: []change.Change{gone, {Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "AddNode"}},
	})
	assert.Equal(t, `## v1.1.0 - 2026-11-27

### Retracted

- `+"`v1.0.9`: it \\*fails\\*, says @\u200badmin."+`

### Breaking changes

- DropNode is gone. Accepted because: no \<b\>use\</b\>, says @`+"\u200b"+`admin.

### Added

- Operation of Nodes \<i\>: `+"`AddNode`.\n", got)
}

// TestSectionTellsEachChange holds that several changes of one thing all have a line, and
// that a line begins with a capital letter or with a name as it is.
func TestSectionTellsEachChange(t *testing.T) {
	t.Parallel()
	of := func(kind, subject, message string) change.Change {
		return change.Change{Kind: kind, Area: change.Wire, Level: change.Risky, Subject: subject, Message: message}
	}
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Date: "2026-11-27", Changes: []change.Change{
		of("limit-changed", "node.size", "node.size has another limit"),
		of("type-changed", "node.size", "node.size has another type"),
		of("default-changed", "pool", "the default of pool is another one"),
		of("form-changed", "pool", ""),
	}})
	assert.Equal(t, "## v1.1.0 - 2026-11-27\n\n### Changed\n\n- node.size has another limit.\n- node.size has another type.\n"+
		"- The default of pool is another one.\n- `pool` (form-changed).\n", got)
}

// TestSectionJoinsOperations holds that the operations of a field are in one order,
// whichever of its changes comes first.
func TestSectionJoinsOperations(t *testing.T) {
	t.Parallel()
	field := func(kind string, operations ...string) change.Change {
		return change.Change{Kind: kind, Area: change.Wire, Level: change.Compatible, Subject: "Node.ip", Operations: operations}
	}
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Changes: []change.Change{
		field("request-property-added", "ListNodes", "ModifyNode"), field("response-property-added", "AddNode", "ListNodes"),
	}})
	assert.Contains(t, got, "\n- Field `Node.ip`, for `AddNode`, `ListNodes`, `ModifyNode`.\n")
}

// TestSectionSortsNames holds that lines about new Go names, which are gathered in maps,
// have one order.
func TestSectionSortsNames(t *testing.T) {
	t.Parallel()
	var changes []change.Change
	for _, noun := range []string{"constant", "function", "interface", "method", "struct", "variable"} {
		for _, name := range []string{"roa.A" + noun, "roa.B" + noun, "auth.C" + noun} {
			changes = append(changes, change.Change{
				Kind: "go-added", Area: change.Go, Level: change.Compatible, Subject: name, Message: "the " + noun + " " + name + " is new",
			})
		}
	}
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Changes: changes})
	_, list, _ := strings.Cut(got, "### Added\n\n")
	lines := strings.Split(strings.TrimSpace(list), "\n")
	assert.Len(t, lines, 12)
	assert.IsIncreasing(t, lines)
	assert.Contains(t, lines, "- New structs of package `roa`: `Astruct`, `Bstruct`.")
}

// TestSectionKeepsBreaksOfWholes holds that what was taken away in Go is told when an
// operation of nearly that name is only new, deprecated or of less weight.
func TestSectionKeepsBreaksOfWholes(t *testing.T) {
	t.Parallel()
	got := changelog.Section(changelog.Content{Version: "v1.1.0", Changes: []change.Change{
		{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "GetNode"},
		{Kind: "go-removed", Area: change.Go, Level: change.Breaking, Subject: "ack.GetNodeResponseBody", Message: "the struct ack.GetNodeResponseBody is gone"},
		{Kind: "go-changed", Area: change.Go, Level: change.Breaking, Subject: "ack.Client.GetNode", Operations: []string{"GetNode"}, Message: "the method ack.Client.GetNode returns less"},
	}})
	assert.Contains(t, got, "- The struct ack.GetNodeResponseBody is gone.\n")
	assert.Contains(t, got, "- The method ack.Client.GetNode returns less.\n")
}

package changelog_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
)

// TestSectionWithoutRepetition holds that Go names which follow from what is said are not
// listed, that others of one sort share a line, and that a part holds what its title says.
func TestSectionWithoutRepetition(t *testing.T) {
	t.Parallel()
	wire := func(kind, subject, to, message string) change.Change {
		return change.Change{Area: change.Wire, Kind: kind, Level: change.Risky, Subject: subject, To: to, Message: message}
	}
	golang := func(kind, subject, message string) change.Change {
		return change.Change{Area: change.Go, Kind: kind, Level: change.Compatible, Subject: subject, Message: message}
	}
	name := func(noun, subject string) change.Change {
		return golang("go-added", subject, "the "+noun+" "+subject+" is new")
	}
	gone := change.Change{Area: change.Wire, Kind: "operation-removed", Level: change.Breaking, Subject: "ScaleCluster", Message: "The operation ScaleCluster is gone."}
	part := golang("go-removed", "ack.ScaleClusterRequestTags", "the struct ack.ScaleClusterRequestTags is gone")
	grew := golang("go-interface-grew", "ack.NodesAPI.Count", "the interface ack.NodesAPI has got the method Count, which types that implement it lack")
	part.Level, grew.Level = change.Breaking, change.Breaking
	assert.Equal(t, `## v0.2.0 - unreleased

### Breaking changes

- The operation ScaleCluster is gone.
- The interface ack.NodesAPI has got the method Count, which types that implement it lack.

### Added

- Value `+"`ask.v2` of `ClusterProfile`"+`.
- The client can wait in a new way: GetNode waiter NodeReady.
- Field `+"`Node.disk`"+`.
- There is a new error code Forbidden.Late.
- New structs of package `+"`ack`: `Addon`, `Zone`"+`.
- The function roa.WithProxy is new.

### Changed

- The client no longer counts on the field config in responses with Agent.

### Deprecated

- The operation GetOld is deprecated.
`, changelog.Section(changelog.Content{Version: "v0.2.0", Date: "unreleased", Changes: []change.Change{
		gone, part, grew,
		wire("always-removed", "Agent", "", "The client no longer counts on the field config in responses with Agent."),
		wire("error-code-added", "error code Forbidden.Late", "", "There is a new error code Forbidden.Late."),
		wire("reference-changed", "Node.disk_type", "#/components/schemas/DiskType", "Node.disk_type is described otherwise."),
		wire("response-property-added", "Node.disk", "", "Responses have the new field Node.disk."),
		wire("response-property-enum-value-added", "ClusterProfile", "ask.v2", "ClusterProfile can have the value ask.v2."),
		wire("waiter-added", "GetNode waiter NodeReady", "", "The client can wait in a new way: GetNode waiter NodeReady."),
		wire("operation-deprecated", "GetOld", "", "The operation GetOld is deprecated."),
		wire("x-ack-status-added", "GetOld", "deprecated", "The status of GetOld changes from nothing to deprecated."),
		{Area: change.Go, Kind: "go-deprecated", Level: change.Compatible, Subject: "ack.Client.GetOld", Operations: []string{"GetOld"}, Message: "the method ack.Client.GetOld is deprecated"},
		name("constant", "ack.ClusterProfileASKV2"), name("constant", "ack.CodeForbiddenLate"),
		name("method", "ack.Client.WaitNodeReady"), name("variable", "ack.NodeReadyWaiter"),
		name("struct", "ack.NodeDisk"), name("struct", "ack.Zone"), name("struct", "ack.Addon"),
		name("struct", "ackmock.NodesAPI"), name("function", "roa.WithProxy"),
	}}))
}

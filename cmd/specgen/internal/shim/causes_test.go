package shim

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// TestAvoided holds that the advice for a change of the Go code says which change of the
// spec it is about.
func TestAvoided(t *testing.T) {
	t.Parallel()
	wire := func(subject, from, advice string, operations ...string) change.Change {
		return change.Change{Area: change.Wire, Subject: subject, From: from, Operations: operations, Advice: advice, Avoidable: true}
	}
	spec := []change.Change{
		wire("Addon.changed", "", "Leave the enum out.", "ListAddons"),
		wire("PutAddonBody.cpu_policy", "", "Keep the field.", "PutAddon"),
		wire("ListAddons query page_size", "", "Keep the parameter.", "ListAddons"),
		wire("GetAddon", "", "Leave the operation in its group.", "GetAddon"),
		wire("NewName", "OldName", "Add x-ack-go-name.", "NewName"),
		wire("GetState waiter ready", "", "Leave the wait.", "GetState"),
		wire("error code Forbidden.Late", "", "Leave the code."),
		{Area: change.Wire, Subject: "Addon.name", Operations: []string{"ListAddons"}, Advice: "Nothing helps."},
	}
	for _, tc := range []struct {
		subject    string
		operations []string
		want       string
	}{
		{"ack.Addon.Changed", nil, "In the spec, at Addon.changed: Leave the enum out."},
		{"ack.ListAddonsResponse.Changed", []string{"ListAddons"}, "In the spec, at Addon.changed: Leave the enum out."},
		{"ack.PutAddonRequest.CPUPolicy", []string{"PutAddon"}, "In the spec, at PutAddonBody.cpu_policy: Keep the field."},
		{"ack.PutAddonCPUPolicy", nil, "In the spec, at PutAddonBody.cpu_policy: Keep the field."},
		{"ack.ListAddonsRequest.PageSize", []string{"ListAddons"}, "In the spec, at ListAddons query page_size: Keep the parameter."},
		{"ack.AddonsAPI.GetAddon", []string{"GetAddon"}, "In the spec, at GetAddon: Leave the operation in its group."},
		{"ack.OldNameCaller", []string{"OldName"}, "In the spec, at NewName: Add x-ack-go-name."},
		{"ack.Client.WaitReady", []string{"GetState"}, "In the spec, at GetState waiter ready: Leave the wait."},
		{"ack.CodeForbiddenLate", nil, "In the spec, at error code Forbidden.Late: Leave the code."},
		{"ack.AddonChangedReason", nil, "In the spec, at Addon.changed: Leave the enum out."},
		{"ack.Addon.Name", nil, "It goes away when all of the advice on changes of the spec is followed."},
	} {
		assert.Equal(t, tc.want, avoided(change.Change{Area: change.Go, Subject: tc.subject, Operations: tc.operations}, spec), tc.subject)
	}
}

// Package nodecomponents is what the operations on the components of nodes do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package nodecomponents

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateNodePoolComponentInstances": behavior.Of(CreateNodePoolComponentInstances),
		"DeleteNodePoolComponentInstance":  behavior.Of(DeleteNodePoolComponentInstance),
		"InstallNodePoolComponents":        behavior.Of(InstallNodePoolComponents),
		"ListNodePoolComponentInstances":   behavior.Of(ListNodePoolComponentInstances),
		"ListNodePoolComponents":           behavior.Of(ListNodePoolComponents),
		"UpdateNodePoolComponent":          behavior.Of(UpdateNodePoolComponent),
		"UpdateNodePoolComponentInstance":  behavior.Of(UpdateNodePoolComponentInstance),
	}
}

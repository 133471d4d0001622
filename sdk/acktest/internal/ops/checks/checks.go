// Package checks is what the operations on checks do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package checks

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"GetClusterCheck":   behavior.Of(GetClusterCheck),
		"ListClusterChecks": behavior.Of(ListClusterChecks),
		"RunClusterCheck":   behavior.Of(RunClusterCheck),
	}
}

// Package tags is what the operations on tags do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, catalog and world packages of acktest.
package tags

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"ListTagResources":  behavior.Of(ListTagResources),
		"ModifyClusterTags": behavior.Of(ModifyClusterTags),
		"TagResources":      behavior.Of(TagResources),
		"UntagResources":    behavior.Of(UntagResources),
	}
}

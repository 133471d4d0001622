// Package permissions is what the operations on permissions do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package permissions

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CleanClusterUserPermissions":   behavior.Of(CleanClusterUserPermissions),
		"CleanUserPermissions":          behavior.Of(CleanUserPermissions),
		"DescribeClusterNamespaces":     behavior.Of(DescribeClusterNamespaces),
		"DescribeUserClusterNamespaces": behavior.Of(DescribeUserClusterNamespaces),
		"DescribeUserPermission":        behavior.Of(DescribeUserPermission),
		"GrantPermissions":              behavior.Of(GrantPermissions),
		"UpdateUserPermissions":         behavior.Of(UpdateUserPermissions),
	}
}

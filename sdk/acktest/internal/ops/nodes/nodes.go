// Package nodes is what the operations on nodes do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior and world packages of acktest.
package nodes

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"AttachInstances":              behavior.Of(AttachInstances),
		"AttachInstancesToNodePool":    behavior.Of(AttachInstancesToNodePool),
		"DeleteClusterNodes":           behavior.Of(DeleteClusterNodes),
		"DescribeClusterAttachScripts": behavior.Of(DescribeClusterAttachScripts),
		"DescribeClusterNodes":         behavior.Of(DescribeClusterNodes),
		"RemoveClusterNodes":           behavior.Of(RemoveClusterNodes),
		"RemoveNodePoolNodes":          behavior.Of(RemoveNodePoolNodes),
		"RunNodeOperation":             behavior.Of(RunNodeOperation),
		"ScaleCluster":                 behavior.Of(ScaleCluster),
		"ScaleOutCluster":              behavior.Of(ScaleOutCluster),
	}
}

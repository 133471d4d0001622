// Package clusters is what the operations on clusters do.
//
// It may import the standard library, sdk/ack, and the behavior, fault and world packages of acktest.
package clusters

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateCluster":         behavior.Of(CreateCluster),
		"DeleteCluster":         behavior.Of(DeleteCluster),
		"DescribeClusterDetail": behavior.Of(DescribeClusterDetail),
	}
}

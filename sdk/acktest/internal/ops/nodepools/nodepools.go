// Package nodepools is what the operations on node pools do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package nodepools

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateClusterNodePool":         behavior.Of(CreateClusterNodePool),
		"DeleteClusterNodepool":         behavior.Of(DeleteClusterNodepool),
		"DescribeClusterNodePoolDetail": behavior.Of(DescribeClusterNodePoolDetail),
		"DescribeClusterNodePools":      behavior.Of(DescribeClusterNodePools),
		"ModifyClusterNodePool":         behavior.Of(ModifyClusterNodePool),
		"ModifyNodePoolNodeConfig":      behavior.Of(ModifyNodePoolNodeConfig),
		"RepairClusterNodePool":         behavior.Of(RepairClusterNodePool),
		"ScaleClusterNodePool":          behavior.Of(ScaleClusterNodePool),
		"SyncClusterNodePool":           behavior.Of(SyncClusterNodePool),
		"UpgradeClusterNodepool":        behavior.Of(UpgradeClusterNodepool),
	}
}

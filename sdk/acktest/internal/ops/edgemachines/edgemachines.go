// Package edgemachines is what the operations on edge machines do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package edgemachines

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateEdgeMachine":                     behavior.Of(CreateEdgeMachine),
		"DeleteEdgeMachine":                     behavior.Of(DeleteEdgeMachine),
		"DescribeEdgeMachineActiveProcess":      behavior.Of(DescribeEdgeMachineActiveProcess),
		"DescribeEdgeMachineModels":             behavior.Of(DescribeEdgeMachineModels),
		"DescribeEdgeMachineTunnelConfigDetail": behavior.Of(DescribeEdgeMachineTunnelConfigDetail),
		"DescribeEdgeMachines":                  behavior.Of(DescribeEdgeMachines),
		"EdgeClusterAddEdgeMachine":             behavior.Of(EdgeClusterAddEdgeMachine),
	}
}

// Package inspections is what the operations on inspections do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package inspections

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateClusterInspectConfig":    behavior.Of(CreateClusterInspectConfig),
		"DeleteClusterInspectConfig":    behavior.Of(DeleteClusterInspectConfig),
		"GetClusterInspectConfig":       behavior.Of(GetClusterInspectConfig),
		"GetClusterInspectReportDetail": behavior.Of(GetClusterInspectReportDetail),
		"ListClusterInspectReports":     behavior.Of(ListClusterInspectReports),
		"RunClusterInspect":             behavior.Of(RunClusterInspect),
		"UpdateClusterInspectConfig":    behavior.Of(UpdateClusterInspectConfig),
	}
}

// Package logs is what the operations on logs of clusters do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package logs

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CheckControlPlaneLogEnable":  behavior.Of(CheckControlPlaneLogEnable),
		"DescribeClusterLogs":         behavior.Of(DescribeClusterLogs),
		"GetClusterAuditProject":      behavior.Of(GetClusterAuditProject),
		"UpdateClusterAuditLogConfig": behavior.Of(UpdateClusterAuditLogConfig),
		"UpdateControlPlaneLog":       behavior.Of(UpdateControlPlaneLog),
	}
}

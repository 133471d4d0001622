// Package vulnerabilities is what the operations on vulnerabilities do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package vulnerabilities

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DescribeClusterVuls":  behavior.Of(DescribeClusterVuls),
		"DescribeNodePoolVuls": behavior.Of(DescribeNodePoolVuls),
		"FixNodePoolVuls":      behavior.Of(FixNodePoolVuls),
		"ScanClusterVuls":      behavior.Of(ScanClusterVuls),
	}
}

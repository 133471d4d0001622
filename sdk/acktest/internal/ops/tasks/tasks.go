// Package tasks is what the operations on tasks do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package tasks

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CancelTask":           behavior.Of(CancelTask),
		"DescribeClusterTasks": behavior.Of(DescribeClusterTasks),
		"DescribeTaskInfo":     behavior.Of(DescribeTaskInfo),
		"PauseTask":            behavior.Of(PauseTask),
		"ResumeTask":           behavior.Of(ResumeTask),
	}
}

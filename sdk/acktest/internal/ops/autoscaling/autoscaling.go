// Package autoscaling is what the operations on automatic scaling do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package autoscaling

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateAutoscalingConfig": behavior.Of(CreateAutoscalingConfig),
	}
}

// Package autorepair is what the operations on repair policies do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package autorepair

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateAutoRepairPolicy":   behavior.Of(CreateAutoRepairPolicy),
		"DeleteAutoRepairPolicy":   behavior.Of(DeleteAutoRepairPolicy),
		"DescribeAutoRepairPolicy": behavior.Of(DescribeAutoRepairPolicy),
		"ListAutoRepairPolicies":   behavior.Of(ListAutoRepairPolicies),
		"ModifyAutoRepairPolicy":   behavior.Of(ModifyAutoRepairPolicy),
	}
}

// Package account is what the operations on an account as a whole do.
//
// It may import the standard library, sdk/ack, and the behavior, fault and world packages of acktest.
package account

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CheckServiceRole":  behavior.Of(CheckServiceRole),
		"DescribeRegions":   behavior.Of(DescribeRegions),
		"DescribeUserQuota": behavior.Of(DescribeUserQuota),
		"OpenAckService":    behavior.Of(OpenAckService),
	}
}

// Package versions is what the operations on versions of Kubernetes do.
//
// It may import the standard library, sdk/ack, and the behavior and world packages of acktest.
package versions

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DescribeKubernetesVersionMetadata": behavior.Of(DescribeKubernetesVersionMetadata),
	}
}

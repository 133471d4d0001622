// Package triggers is what the operations on triggers do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, catalog and world packages of acktest.
package triggers

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateKubernetesTrigger": behavior.Of(CreateKubernetesTrigger),
		"CreateTrigger":           behavior.Of(CreateTrigger),
		"CreateTriggerHook":       behavior.Of(CreateTriggerHook),
		"DeleteKubernetesTrigger": behavior.Of(DeleteKubernetesTrigger),
		"DeleteTrigger":           behavior.Of(DeleteTrigger),
		"DescribeTrigger":         behavior.Of(DescribeTrigger),
		"GetKubernetesTrigger":    behavior.Of(GetKubernetesTrigger),
	}
}

// Package alerts is what the operations on alerts do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package alerts

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DeleteAlertContact":         behavior.Of(DeleteAlertContact),
		"DeleteAlertContactGroup":    behavior.Of(DeleteAlertContactGroup),
		"StartAlert":                 behavior.Of(StartAlert),
		"StopAlert":                  behavior.Of(StopAlert),
		"UpdateContactGroupForAlert": behavior.Of(UpdateContactGroupForAlert),
	}
}

// Package diagnosis is what the operations on diagnoses do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package diagnosis

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateClusterDiagnosis":        behavior.Of(CreateClusterDiagnosis),
		"GetClusterDiagnosisCheckItems": behavior.Of(GetClusterDiagnosisCheckItems),
		"GetClusterDiagnosisResult":     behavior.Of(GetClusterDiagnosisResult),
	}
}

// Package policies is what the operations on policies do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, catalog and world packages of acktest.
package policies

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DeletePolicyInstance":              behavior.Of(DeletePolicyInstance),
		"DeployPolicyInstance":              behavior.Of(DeployPolicyInstance),
		"DescribePolicies":                  behavior.Of(DescribePolicies),
		"DescribePolicyDetails":             behavior.Of(DescribePolicyDetails),
		"DescribePolicyGovernanceInCluster": behavior.Of(DescribePolicyGovernanceInCluster),
		"DescribePolicyInstances":           behavior.Of(DescribePolicyInstances),
		"DescribePolicyInstancesStatus":     behavior.Of(DescribePolicyInstancesStatus),
		"ModifyPolicyInstance":              behavior.Of(ModifyPolicyInstance),
	}
}

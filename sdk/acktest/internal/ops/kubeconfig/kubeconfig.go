// Package kubeconfig is what the operations on kubeconfigs do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault, kube, kube/pki and world packages of acktest.
package kubeconfig

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"DescribeClusterUserKubeconfig":          behavior.Of(DescribeClusterUserKubeconfig),
		"DescribeClusterV2UserKubeconfig":        behavior.Of(DescribeClusterV2UserKubeconfig),
		"DescribeSubaccountK8sClusterUserConfig": behavior.Of(DescribeSubaccountK8sClusterUserConfig),
		"ListClusterKubeconfigStates":            behavior.Of(ListClusterKubeconfigStates),
		"ListUserKubeConfigStates":               behavior.Of(ListUserKubeConfigStates),
		"RevokeK8sClusterKubeConfig":             behavior.Of(RevokeK8sClusterKubeConfig),
		"UpdateK8sClusterUserConfigExpire":       behavior.Of(UpdateK8sClusterUserConfigExpire),
	}
}

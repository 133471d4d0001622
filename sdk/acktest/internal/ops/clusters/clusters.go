// Package clusters is what the operations on clusters do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, fault and world packages of acktest.
package clusters

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CreateCluster":                     behavior.Of(CreateCluster),
		"DeleteCluster":                     behavior.Of(DeleteCluster),
		"DescribeClusterDetail":             behavior.Of(DescribeClusterDetail),
		"DescribeClusterResources":          behavior.Of(DescribeClusterResources),
		"DescribeClusters":                  behavior.Of(DescribeClusters),
		"DescribeClustersForRegion":         behavior.Of(DescribeClustersForRegion),
		"DescribeClustersV1":                behavior.Of(DescribeClustersV1),
		"DescribeExternalAgent":             behavior.Of(DescribeExternalAgent),
		"DescribeResourcesDeleteProtection": behavior.Of(DescribeResourcesDeleteProtection),
		"MigrateCluster":                    behavior.Of(MigrateCluster),
		"ModifyCluster":                     behavior.Of(ModifyCluster),
		"ModifyClusterConfiguration":        behavior.Of(ModifyClusterConfiguration),
		"UpdateKMSEncryption":               behavior.Of(UpdateKMSEncryption),
		"UpdateResourcesDeleteProtection":   behavior.Of(UpdateResourcesDeleteProtection),
	}
}

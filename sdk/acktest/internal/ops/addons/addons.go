// Package addons is what the operations on add-ons do.
//
// It may import the standard library, sdk/ack, sdk/roa, and the behavior, catalog and world packages of acktest.
package addons

import "github.com/ackgen/ackgen/sdk/acktest/internal/behavior"

// Operations returns what the operations of the group do.
func Operations() behavior.Table {
	return behavior.Table{
		"CancelComponentUpgrade":             behavior.Of(CancelComponentUpgrade),
		"DescribeAddon":                      behavior.Of(DescribeAddon),
		"DescribeAddons":                     behavior.Of(DescribeAddons),
		"DescribeClusterAddonInstance":       behavior.Of(DescribeClusterAddonInstance),
		"DescribeClusterAddonMetadata":       behavior.Of(DescribeClusterAddonMetadata),
		"DescribeClusterAddonUpgradeStatus":  behavior.Of(DescribeClusterAddonUpgradeStatus),
		"DescribeClusterAddonsUpgradeStatus": behavior.Of(DescribeClusterAddonsUpgradeStatus),
		"DescribeClusterAddonsVersion":       behavior.Of(DescribeClusterAddonsVersion),
		"GetClusterAddonInstance":            behavior.Of(GetClusterAddonInstance),
		"InstallClusterAddons":               behavior.Of(InstallClusterAddons),
		"ListAddons":                         behavior.Of(ListAddons),
		"ListClusterAddonInstanceResources":  behavior.Of(ListClusterAddonInstanceResources),
		"ListClusterAddonInstances":          behavior.Of(ListClusterAddonInstances),
		"ModifyClusterAddon":                 behavior.Of(ModifyClusterAddon),
		"PauseComponentUpgrade":              behavior.Of(PauseComponentUpgrade),
		"ResumeComponentUpgrade":             behavior.Of(ResumeComponentUpgrade),
		"UnInstallClusterAddons":             behavior.Of(UnInstallClusterAddons),
		"UpgradeClusterAddons":               behavior.Of(UpgradeClusterAddons),
	}
}

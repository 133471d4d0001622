package addons_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// planned asks for the add-ons of a cluster that is still to be created.
func planned(version string, spec ack.ClusterSpec) *ack.ListAddonsRequest {
	return &ack.ListAddonsRequest{
		RegionID: new("cn-beijing"), ClusterType: new(ack.ClusterTypeManagedKubernetes), Profile: new(ack.ClusterProfileDefault),
		ClusterSpec: &spec, ClusterVersion: &version,
	}
}

func byName(addons []ack.Addon) map[string]ack.Addon {
	out := make(map[string]ack.Addon)
	for _, a := range addons {
		out[a.Name] = a
	}
	return out
}

func TestListAddons(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	ctx := t.Context()
	ofCluster, err := client.ListAddons(ctx, &ack.ListAddonsRequest{ClusterID: &id, ClusterVersion: new("1.14.8-aliyun.1")})
	require.NoError(t, err)
	ofPlan, err := client.ListAddons(ctx, planned("1.32.1-aliyun.1", "ack.standard"))
	require.NoError(t, err)
	assert.Equal(t, ofPlan.Addons, ofCluster.Addons, "a cluster goes before what describes one")
	core := byName(ofPlan.Addons)[coredns]
	assert.Equal(t, newer, core.Version)
	assert.True(t, core.InstallByDefault)
	assert.Equal(t, []ack.AddonAction{"Upgrade", "Modify"}, core.SupportedActions)
	assert.Equal(t, []ack.AddonAction{"Install", "Upgrade", "Modify", "Uninstall"}, byName(ofPlan.Addons)[npd].SupportedActions)

	pro, err := client.ListAddons(ctx, planned("1.22.3-aliyun.1", "ack.pro.small"))
	require.NoError(t, err)
	assert.Contains(t, byName(pro.Addons), "kube-apiserver")
	assert.NotContains(t, byName(ofPlan.Addons), "kube-apiserver")
	aged := byName(pro.Addons)[coredns]
	assert.Equal(t, old, aged.Version, "the newest that the cluster can run")
	require.Len(t, aged.NewerVersions, 2)
	assert.False(t, aged.NewerVersions[0].Upgradable)

	for _, lose := range []func(*ack.ListAddonsRequest){
		func(in *ack.ListAddonsRequest) { in.RegionID = nil },
		func(in *ack.ListAddonsRequest) { in.ClusterType = nil },
		func(in *ack.ListAddonsRequest) { in.Profile = nil },
		func(in *ack.ListAddonsRequest) { in.ClusterSpec = nil },
		func(in *ack.ListAddonsRequest) { in.ClusterVersion = nil },
	} {
		in := planned("1.22.3-aliyun.1", "ack.pro.small")
		lose(in)
		_, err := client.ListAddons(ctx, in)
		require.ErrorIs(t, err, roa.CodeMissingParameter)
	}
	_, err = client.ListAddons(ctx, &ack.ListAddonsRequest{ClusterID: new("c0")})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

func TestDescribeAddon(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	ctx := t.Context()
	newest, err := client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: coredns, ClusterID: &id})
	require.NoError(t, err)
	assert.Equal(t, newer, newest.Version)
	assert.Empty(t, newest.NewerVersions)
	assert.Contains(t, newest.ConfigSchema, `"CpuRequest"`)
	aged, err := client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: coredns, ClusterID: &id, Version: new(old)})
	require.NoError(t, err)
	assert.Equal(t, old, aged.Version)
	require.Len(t, aged.NewerVersions, 2)
	assert.True(t, aged.NewerVersions[1].Upgradable)
	metadata, err := client.DescribeClusterAddonMetadata(ctx, &ack.DescribeClusterAddonMetadataRequest{ClusterID: id, ComponentID: coredns, Version: new(old)})
	require.NoError(t, err)
	assert.Equal(t, old, metadata.Version)
	assert.Equal(t, aged.ConfigSchema, metadata.ConfigSchema)

	_, err = client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: "nothing", ClusterID: &id})
	require.ErrorIs(t, err, ack.CodeAddonNotFound)
	_, err = client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: "kube-apiserver", ClusterID: &id})
	require.ErrorIs(t, err, ack.CodeAddonNotFound, "not for this cluster")
	_, err = client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: coredns, ClusterID: &id, Version: new("v0")})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: coredns})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
}

func TestDescribeAddons(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	ask := func(in *ack.DescribeAddonsRequest) map[string]ack.AddonSummary {
		in.Region = "cn-beijing"
		out, err := client.DescribeAddons(t.Context(), in)
		require.NoError(t, err)
		return out.StandardComponents
	}
	dedicated := ask(&ack.DescribeAddonsRequest{})
	assert.Contains(t, dedicated, "tiller")
	assert.NotContains(t, dedicated, "managed-kube-proxy")
	managed := ask(&ack.DescribeAddonsRequest{ClusterType: new(ack.ClusterTypeManagedKubernetes), ClusterVersion: new("1.22.3-aliyun.1")})
	assert.Equal(t, "v1.22.3-aliyun.1", managed["managed-kube-proxy"].Version)
	assert.Equal(t, old, managed[coredns].Version)
	assert.Equal(t, ack.AddonSummaryRequiredTrue, managed[coredns].Required)
	assert.False(t, managed["csi-plugin"].Disabled)
	assert.True(t, managed[npd].Disabled)
	assert.NotContains(t, managed, "kube-apiserver")
	assert.Contains(t, ask(&ack.DescribeAddonsRequest{
		ClusterType: new(ack.ClusterTypeManagedKubernetes), ClusterSpec: new(ack.ClusterSpecACKProSmall),
	}), "kube-apiserver")
	assert.NotContains(t, ask(&ack.DescribeAddonsRequest{
		ClusterType: new(ack.ClusterTypeManagedKubernetes), ClusterProfile: new(ack.ClusterProfileServerless),
	}), "csi-plugin")

	out, err := client.DescribeAddons(t.Context(), &ack.DescribeAddonsRequest{Region: "cn-beijing"})
	require.NoError(t, err)
	require.Len(t, out.ComponentGroups, 2)
	assert.Equal(t, "storage", out.ComponentGroups[0].GroupName)
	assert.Contains(t, out.ComponentGroups[0].Items, ack.AddonSummary{Name: "csi-plugin"})
	assert.Contains(t, out.ComponentGroups[1].Items, ack.AddonSummary{Name: "kube-flannel-ds"})
}

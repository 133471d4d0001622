package addons_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const (
	npd     = "ack-node-problem-detector"
	coredns = "coredns"
)

// setup returns a server with a running cluster.
func setup(t *testing.T, create *ack.CreateClusterRequest) (*acktest.Server, *ack.Client, string) {
	t.Helper()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	if create == nil {
		create = &ack.CreateClusterRequest{}
	}
	create.Name, create.RegionID, create.KubernetesVersion = "test", "cn-hangzhou", new("1.32.1-aliyun.1")
	created, err := client.CreateClusterAndWait(t.Context(), create)
	require.NoError(t, err)
	return srv, client, created.ClusterID
}

func get(t *testing.T, client *ack.Client, id, name string) ack.AddonInstance {
	t.Helper()
	out, err := client.GetClusterAddonInstance(t.Context(), &ack.GetClusterAddonInstanceRequest{ClusterID: id, InstanceName: name})
	require.NoError(t, err)
	return out.AddonInstance
}

func names(t *testing.T, client *ack.Client, id string) map[string]ack.AddonInstance {
	t.Helper()
	out, err := client.ListClusterAddonInstances(t.Context(), &ack.ListClusterAddonInstancesRequest{ClusterID: id})
	require.NoError(t, err)
	all := make(map[string]ack.AddonInstance)
	for _, a := range out.Addons {
		all[a.Name] = a
	}
	require.Len(t, all, len(out.Addons))
	return all
}

func install(client *ack.Client, t *testing.T, id string, items ...ack.AddonInstall) error {
	t.Helper()
	_, err := client.InstallClusterAddonsAndWait(t.Context(), &ack.InstallClusterAddonsRequest{ClusterID: id, Items: items})
	return err
}

func TestNewCluster(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, &ack.CreateClusterRequest{
		ClusterSpec: new(ack.ClusterSpecACKProSmall),
		Addons: []ack.ClusterAddon{
			{Name: "terway-eniip", Config: new(roa.Secret(`{"NetworkPolicy":"true"}`))},
			{Name: npd, Version: new("1.2.18")},
			{Name: "nginx-ingress-controller", Disabled: new(true)},
		},
	})
	all := names(t, client, id)
	for name, a := range all {
		assert.Equal(t, ack.AddonStateActive, a.State, name)
		assert.Empty(t, a.Config.Reveal(), "a list holds no configurations")
	}
	assert.Equal(t, "1.2.18", all[npd].Version)
	assert.Equal(t, "v1.32.1-aliyun.1", all["kube-apiserver"].Version, "the control plane has the version of Kubernetes")
	assert.Contains(t, all, coredns, "required")
	assert.Contains(t, all, "csi-plugin", "default")
	assert.NotContains(t, all, "nginx-ingress-controller", "disabled")
	assert.NotContains(t, all, "kube-flannel-ds", "there is another network")
	assert.JSONEq(t, `{"NetworkPolicy":"true"}`, get(t, client, id, "terway-eniip").Config.Reveal())
}

func TestNewClusterRefusals(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	for name, test := range map[string]struct {
		addons []ack.ClusterAddon
		want   roa.Code
	}{
		"unknown":       {[]ack.ClusterAddon{{Name: "nothing"}}, ack.CodeAddonNotFound},
		"two networks":  {[]ack.ClusterAddon{{Name: "flannel"}, {Name: "terway-eniip"}}, roa.CodeInvalidParameter},
		"twice":         {[]ack.ClusterAddon{{Name: npd}, {Name: npd}}, roa.CodeInvalidParameter},
		"indispensable": {[]ack.ClusterAddon{{Name: coredns, Disabled: new(true)}}, roa.CodeInvalidParameter},
		"version":       {[]ack.ClusterAddon{{Name: npd, Version: new("9")}}, roa.CodeInvalidParameter},
		"edition":       {[]ack.ClusterAddon{{Name: "kube-apiserver"}}, roa.CodeInvalidParameter},
		"configuration": {[]ack.ClusterAddon{{Name: npd, Config: new(roa.Secret("s3cret"))}}, roa.CodeInvalidParameter},
	} {
		_, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou", Addons: test.addons})
		require.ErrorIs(t, err, test.want, name)
		assert.NotContains(t, err.Error(), "s3cret")
	}
	_, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err, "the name is not taken")
}

func TestStatesWhileClusterIsCreated(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	created, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	assert.Equal(t, ack.AddonStateInitial, get(t, client, created.ClusterID, coredns).State)
	srv.Advance(7 * time.Minute)
	assert.Equal(t, ack.AddonStateInstalling, get(t, client, created.ClusterID, coredns).State)
	srv.Advance(time.Minute)
	assert.Equal(t, ack.AddonStateActive, get(t, client, created.ClusterID, coredns).State)
}

func TestInstall(t *testing.T) {
	t.Parallel()
	srv, client, id := setup(t, nil)
	config := roa.Secret(`{"sls_project_name":"k8s-log-test"}`)
	started, err := client.InstallClusterAddons(t.Context(), &ack.InstallClusterAddonsRequest{ClusterID: id, Items: []ack.AddonInstall{
		{Name: npd, Config: &config}, {Name: "arms-prometheus"},
	}})
	require.NoError(t, err)
	assert.Equal(t, id, started.ClusterID)
	assert.NotEmpty(t, started.RequestID)
	assert.Equal(t, ack.AddonStateInitial, get(t, client, id, npd).State)
	require.ErrorIs(t, install(client, t, id, ack.AddonInstall{Name: npd}), roa.Code("OperationConflict"))
	srv.Advance(10 * time.Second)
	assert.Equal(t, ack.AddonStateInstalling, get(t, client, id, "arms-prometheus").State)

	active, err := client.WaitAddonActive(t.Context(), &ack.GetClusterAddonInstanceRequest{ClusterID: id, InstanceName: npd})
	require.NoError(t, err)
	assert.Equal(t, "1.2.28", active.Version, "the newest that fits")
	assert.Equal(t, config, active.Config)
	assert.Equal(t, ack.AddonLogging{Capable: true, Enabled: true, LogProject: "k8s-log-test", Logstore: npd}, active.Logging)
	task, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Equal(t, "cluster_addon_install", task.TaskType)
	assert.Equal(t, []ack.TaskResult{
		{Data: npd, Status: ack.TaskResultStatusSuccess}, {Data: "arms-prometheus", Status: ack.TaskResultStatusSuccess},
	}, task.TaskResult)
	events, err := client.DescribeEventsForRegion(t.Context(), &ack.DescribeEventsForRegionRequest{RegionID: "cn-hangzhou", ClusterID: &id})
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(events.Events, func(e ack.Event) bool { return e.Type == ack.EventTypeClusterAddonInstall }))
	old, err := client.DescribeClusterAddonInstance(t.Context(), &ack.DescribeClusterAddonInstanceRequest{ClusterID: id, ComponentID: npd})
	require.NoError(t, err)
	assert.Equal(t, active.AddonInstance, old.AddonInstance)
}

func TestInstallRefusals(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	before := names(t, client, id)
	conflict := roa.Code("OperationConflict")
	for name, test := range map[string]struct {
		items []ack.AddonInstall
		want  roa.Code
	}{
		"none":          {[]ack.AddonInstall{}, roa.CodeInvalidParameter},
		"unknown":       {[]ack.AddonInstall{{Name: npd}, {Name: "nothing"}}, ack.CodeAddonNotFound},
		"installed":     {[]ack.AddonInstall{{Name: npd}, {Name: coredns}}, conflict},
		"alias":         {[]ack.AddonInstall{{Name: "flannel"}}, conflict},
		"other network": {[]ack.AddonInstall{{Name: "terway"}}, conflict},
		"twice":         {[]ack.AddonInstall{{Name: npd}, {Name: npd}}, roa.CodeInvalidParameter},
		"version":       {[]ack.AddonInstall{{Name: npd, Version: new("v0")}}, roa.CodeInvalidParameter},
		"configuration": {[]ack.AddonInstall{{Name: npd, Config: new(roa.Secret(`["s3cret"]`))}}, roa.CodeInvalidParameter},
	} {
		err := install(client, t, id, test.items...)
		require.ErrorIs(t, err, test.want, name)
		assert.NotContains(t, err.Error(), "s3cret")
	}
	require.ErrorIs(t, install(client, t, "c0", ack.AddonInstall{Name: npd}), ack.CodeErrorClusterNotFound)
	assert.Equal(t, before, names(t, client, id))
}

func TestInstallFails(t *testing.T) {
	t.Parallel()
	srv, client, id := setup(t, nil)
	srv.FailNext("InstallClusterAddons", acktest.Failure{Stage: "check"})
	var failed *roa.TaskError
	require.ErrorAs(t, install(client, t, id, ack.AddonInstall{Name: npd}), &failed)
	assert.Equal(t, ack.AddonStateFailed, get(t, client, id, npd).State)
	require.NoError(t, install(client, t, id, ack.AddonInstall{Name: npd, Version: new("1.2.16")}), "one that failed can be tried again")
	assert.Equal(t, "1.2.16", get(t, client, id, npd).Version)
}

func TestUninstall(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	remove := func(names ...string) (*ack.UnInstallClusterAddonsResponse, error) {
		in := &ack.UnInstallClusterAddonsRequest{ClusterID: id, Items: []ack.AddonUninstall{}}
		for _, name := range names {
			in.Items = append(in.Items, ack.AddonUninstall{Name: name, CleanupCloudResources: new(true)})
		}
		return client.UnInstallClusterAddons(t.Context(), in)
	}
	for want, names := range map[roa.Code][]string{
		ack.CodeAddonNotFound: {"csi-plugin", npd}, roa.CodeInvalidParameter: {"csi-plugin", coredns},
	} {
		_, err := remove(names...)
		require.ErrorIs(t, err, want)
	}
	_, err := remove()
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = remove("csi-plugin", "csi-plugin")
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	assert.Equal(t, ack.AddonStateActive, get(t, client, id, "csi-plugin").State)

	_, err = remove("csi-plugin", "flannel")
	require.NoError(t, err)
	assert.Equal(t, ack.AddonStateDeleting, get(t, client, id, "csi-plugin").State)
	_, err = remove("csi-plugin")
	require.ErrorIs(t, err, roa.Code("OperationConflict"))
	_, err = client.WaitAddonDeleted(t.Context(), &ack.GetClusterAddonInstanceRequest{ClusterID: id, InstanceName: "csi-plugin"})
	require.NoError(t, err)
	assert.NotContains(t, names(t, client, id), "kube-flannel-ds")
	require.NoError(t, install(client, t, id, ack.AddonInstall{Name: "terway-eniip"}), "the place of the network is free")
}

func TestModify(t *testing.T) {
	t.Parallel()
	srv, client, id := setup(t, nil)
	modify := func(config string) error {
		_, err := client.ModifyClusterAddon(t.Context(), &ack.ModifyClusterAddonRequest{
			ClusterID: id, ComponentID: coredns, Config: new(roa.Secret(config)),
		})
		return err
	}
	require.NoError(t, modify(`{"CpuRequest":"800m"}`))
	assert.Equal(t, ack.AddonStateUpdating, get(t, client, id, coredns).State)
	assert.Empty(t, get(t, client, id, coredns).Config.Reveal(), "not yet")
	require.ErrorIs(t, modify(`{}`), roa.Code("OperationConflict"))
	tasks, err := client.DescribeClusterTasks(t.Context(), &ack.DescribeClusterTasksRequest{ClusterID: id})
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(tasks.Tasks, func(task ack.Task) bool {
		return task.TaskType == "cluster_addon_modify" && task.State == ack.TaskStateRunning
	}), "the response names no task, but there is one")
	srv.Advance(30 * time.Second)
	assert.JSONEq(t, `{"CpuRequest":"800m"}`, get(t, client, id, coredns).Config.Reveal())
	assert.Equal(t, ack.AddonStateActive, get(t, client, id, coredns).State)

	require.ErrorIs(t, modify(`{"CpuRequest":800}`), roa.CodeInvalidParameter)
	_, err = client.ModifyClusterAddon(t.Context(), &ack.ModifyClusterAddonRequest{ClusterID: id, ComponentID: coredns})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	_, err = client.ModifyClusterAddon(t.Context(), &ack.ModifyClusterAddonRequest{ClusterID: id, ComponentID: npd, Config: new(roa.Secret("{}"))})
	require.ErrorIs(t, err, ack.CodeAddonNotFound)
	assert.JSONEq(t, `{"CpuRequest":"800m"}`, get(t, client, id, coredns).Config.Reveal(), "refused requests change nothing")

	versions, err := client.DescribeClusterAddonsVersion(t.Context(), &ack.DescribeClusterAddonsVersionRequest{ClusterID: id})
	require.NoError(t, err)
	assert.Equal(t, "CpuLimit: 1000m\nCpuRequest: 800m\nMemoryLimit: 1Gi\nMemoryRequest: 100Mi\n", versions.Entries[coredns].Value.Reveal())
}

func TestResources(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	out, err := client.ListClusterAddonInstanceResources(t.Context(), &ack.ListClusterAddonInstanceResourcesRequest{
		ClusterID: id, InstanceName: coredns,
	})
	require.NoError(t, err)
	assert.Equal(t, ack.AddonHelmRelease{
		ReleaseName: coredns, Namespace: "kube-system", ChartName: coredns, ChartVersion: "1.11.3.5-5321daf49-aliyun",
	}, out.HelmRelease)
	assert.Contains(t, out.KubernetesObjects, ack.AddonKubernetesObject{
		Group: "apps", Version: "v1", Kind: "Deployment", Namespace: "kube-system", Name: coredns,
	})
	managed, err := client.ListClusterAddonInstanceResources(t.Context(), &ack.ListClusterAddonInstanceResourcesRequest{
		ClusterID: id, InstanceName: "cloud-controller-manager",
	})
	require.NoError(t, err)
	assert.False(t, slices.ContainsFunc(managed.KubernetesObjects, func(o ack.AddonKubernetesObject) bool { return o.Group == "apps" }))
	_, err = client.ListClusterAddonInstanceResources(t.Context(), &ack.ListClusterAddonInstanceResourcesRequest{
		ClusterID: id, InstanceName: npd,
	})
	require.ErrorIs(t, err, ack.CodeAddonNotFound)
}

func TestVersions(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	require.NoError(t, install(client, t, id, ack.AddonInstall{Name: npd, Version: new("1.2.16")}))
	out, err := client.DescribeClusterAddonsVersion(t.Context(), &ack.DescribeClusterAddonsVersionRequest{ClusterID: id})
	require.NoError(t, err)
	installed := out.Entries[npd]
	assert.Equal(t, "1.2.16", installed.Version)
	assert.Equal(t, "1.2.28", installed.NextVersion)
	assert.True(t, installed.CanUpgrade)
	assert.Equal(t, "true", installed.ReadyToUpgrade)
	assert.Equal(t, ack.AddonVersionChangedFalse, installed.Changed)
	newest := out.Entries[coredns]
	assert.True(t, newest.Required)
	assert.Empty(t, newest.NextVersion)
	assert.False(t, newest.CanUpgrade)
	absent := out.Entries["arms-prometheus"]
	assert.Empty(t, absent.Version)
	assert.Equal(t, "1.1.9", absent.NextVersion)
	assert.Equal(t, ack.AddonVersionChangedUnknown, absent.Changed)
	assert.True(t, absent.Exist)
	assert.NotContains(t, slices.Collect(maps.Keys(out.Entries)), "kube-apiserver", "this cluster is not a Pro cluster")
}

// TestCloudResources holds that the load balancer of the ingress controller goes with it, or stays as a request says.
func TestCloudResources(t *testing.T) {
	t.Parallel()
	for _, cleanup := range []*bool{nil, new(true), new(false)} {
		_, client, id := setup(t, nil)
		balancers := func() (ids []string) {
			out, err := client.DescribeClusterResources(t.Context(), &ack.DescribeClusterResourcesRequest{ClusterID: id, WithAddonResources: new(true)})
			require.NoError(t, err)
			for _, r := range out.Items {
				if r.CreatorType == ack.ClusterResourceCreatorTypeAddon {
					ids = append(ids, r.InstanceID)
				}
			}
			return ids
		}
		uninstall := func(cleanup *bool) {
			_, err := client.UnInstallClusterAddonsAndWait(t.Context(), &ack.UnInstallClusterAddonsRequest{
				ClusterID: id, Items: []ack.AddonUninstall{{Name: "nginx-ingress-controller", CleanupCloudResources: cleanup}},
			})
			require.NoError(t, err)
		}
		before := balancers()
		require.Len(t, before, 1)
		uninstall(cleanup)
		if cleanup == nil || *cleanup {
			assert.Empty(t, balancers())
			continue
		}
		assert.Equal(t, before, balancers())
		require.NoError(t, install(client, t, id, ack.AddonInstall{Name: "nginx-ingress-controller"}))
		assert.Equal(t, before, balancers(), "it takes what was left")
		uninstall(new(true))
		assert.Empty(t, balancers())
	}
}

func TestControlPlane(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	ctx := t.Context()
	_, err := client.MigrateClusterAndWait(ctx, &ack.MigrateClusterRequest{ClusterID: id, Spec: new(ack.ClusterSpecACKProSmall)})
	require.NoError(t, err)
	assert.Equal(t, ack.AddonStateActive, get(t, client, id, "kube-apiserver").State, "a Pro cluster has its control plane as add-ons")
	parameters := []ack.ControlPlaneParameter{{Key: new("MaxRequestsInflight"), Value: new(roa.Secret("100"))}}
	_, err = client.ModifyClusterConfiguration(ctx, &ack.ModifyClusterConfigurationRequest{
		ClusterID: id, CustomizeConfig: []ack.ControlPlaneComponentConfig{{Name: new("kube-apiserver"), Configs: parameters}},
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{"MaxRequestsInflight":"100"}`, get(t, client, id, "kube-apiserver").Config.Reveal())
}

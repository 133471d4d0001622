package catalog_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
)

const allKinds = catalog.Dedicated | catalog.Basic | catalog.Pro | catalog.Serverless | catalog.Edge | catalog.Registered

func TestAddons(t *testing.T) {
	t.Parallel()
	names := make(map[string]bool)
	for _, a := range catalog.Addons(allKinds, "") {
		assert.False(t, names[a.Name], "%s stands twice", a.Name)
		names[a.Name] = true
		assert.NotEmpty(t, a.Description, a.Name)
		assert.NotZero(t, a.Kinds, a.Name)
		assert.Zero(t, (a.Required|a.Default)&^a.Kinds, "%s is given to clusters that cannot have it", a.Name)
		assert.Equal(t, a.Managed, a.Workload == "", "%s runs in the cluster, or outside", a.Name)
		require.NoError(t, a.Check(a.Defaults()), a.Name)
		assert.True(t, json.Valid([]byte(a.Schema())), a.Name)
		_, found := a.Settings[catalog.LogProject]
		assert.Equal(t, a.Logs, found, a.Name)
		for i, v := range a.Versions {
			assert.True(t, i == 0 || catalog.AtLeast(v.Minimum, a.Versions[i-1].Minimum) || v.Minimum == "" && a.Versions[i-1].Minimum == "", "%s %s", a.Name, v.Name)
		}
	}
	assert.Greater(t, len(names), 35)
}

// TestDefaultsOfSlots holds that the defaults of a new cluster go together.
func TestDefaultsOfSlots(t *testing.T) {
	t.Parallel()
	for _, kind := range []catalog.Kind{catalog.Dedicated, catalog.Basic, catalog.Pro, catalog.Serverless, catalog.Edge, catalog.Registered} {
		slots := make(map[string]string)
		for _, a := range catalog.Addons(kind, "") {
			if a.Slot != "" && (a.Required|a.Default)&kind != 0 {
				assert.Empty(t, slots[a.Slot], a.Name)
				slots[a.Slot] = a.Name
			}
		}
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		typ     ack.ClusterType
		profile ack.ClusterProfile
		spec    ack.ClusterSpec
		want    catalog.Kind
	}{
		{"", "", "", catalog.Basic},
		{"ManagedKubernetes", "Default", "ack.standard", catalog.Basic},
		{"ManagedKubernetes", "Lingjun", "ack.pro.2xlarge", catalog.Pro},
		{"ManagedKubernetes", "Serverless", "ack.pro.small", catalog.Serverless},
		{"ManagedKubernetes", "ask.v2", "", catalog.Serverless},
		{"ManagedKubernetes", "Edge", "ack.pro.small", catalog.Edge},
		{"Ask", "", "", catalog.Serverless},
		{"Kubernetes", "", "", catalog.Dedicated},
		{"ExternalKubernetes", "", "", catalog.Registered},
		{"Future", "New", "ack.ultra", catalog.Basic},
	} {
		assert.Equal(t, test.want, catalog.KindOf(test.typ, test.profile, test.spec), "%v", test)
	}
}

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		version, minimum string
		want             bool
	}{
		{"1.32.1-aliyun.1", "1.20.4", true},
		{"1.20.4-aliyun.1", "1.20.4", true},
		{"1.20.3-aliyun.9", "1.20.4", false},
		{"1.9.0", "1.20", false},
		{"v1.20", "1.20", true},
		{"", "1.20", true},
		{"1.9", "", true},
	} {
		assert.Equal(t, test.want, catalog.AtLeast(test.version, test.minimum), "%v", test)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	coredns := catalog.Find("coredns")
	assert.Equal(t, "v1.11.3.5-5321daf49-aliyun", coredns.Newest("1.32.1-aliyun.1"))
	assert.Equal(t, "v1.9.3.10-7dfca203-aliyun", coredns.Newest("1.22.3-aliyun.1"))
	assert.Equal(t, "1.6.7", coredns.Newest("1.14.8-aliyun.1"))
	assert.True(t, coredns.Has("1.6.7", "1.32.1-aliyun.1"))
	assert.False(t, coredns.Has("v1.11.3.5-5321daf49-aliyun", "1.22.3-aliyun.1"))
	assert.False(t, coredns.Has("v0", ""))
	assert.True(t, coredns.CanUpgrade("1.6.7", "1.8.4.1", "1.22.3-aliyun.1"))
	assert.False(t, coredns.CanUpgrade("1.8.4.1", "1.6.7", "1.22.3-aliyun.1"), "back")
	assert.False(t, coredns.CanUpgrade("1.6.7", "1.6.7", "1.22.3-aliyun.1"), "nowhere")
	assert.False(t, coredns.CanUpgrade("1.6.7", "v1.11.3.2-f57ea7ed6-aliyun", "1.22.3-aliyun.1"), "too new")
	newer := coredns.Newer("v1.9.3.10-7dfca203-aliyun", "1.22.3-aliyun.1")
	assert.Equal(t, []ack.AddonNewerVersion{
		{Version: "v1.11.3.2-f57ea7ed6-aliyun", MinimumClusterVersion: "1.24"},
		{Version: "v1.11.3.5-5321daf49-aliyun", MinimumClusterVersion: "1.24"},
	}, newer)

	proxy := catalog.Find("managed-kube-proxy")
	assert.Equal(t, "v1.32.1-aliyun.1", proxy.Newest("1.32.1-aliyun.1"))
	assert.True(t, proxy.Has("v1.32.1-aliyun.1", "1.32.1-aliyun.1"))
	assert.Empty(t, proxy.Newer("v1.32.1-aliyun.1", "1.32.1-aliyun.1"))
	assert.Same(t, catalog.Find("kube-flannel-ds"), catalog.Find("flannel"))
	assert.Nil(t, catalog.Find("nothing"))
}

func TestCheck(t *testing.T) {
	t.Parallel()
	ingress := catalog.Find("nginx-ingress-controller")
	for config, want := range map[string]string{
		`{}`: "",
		`{"IngressDashboardEnabled":"true","IngressSlbNetworkType":"intranet","unknown":{"a":[1]}}`: "",
		`{"IngressDashboardEnabled":"s3cret"}`:                                                      "the setting IngressDashboardEnabled is none of its values",
		`{"IngressDashboardEnabled":true}`:                                                          "the setting IngressDashboardEnabled is not a text",
		`{"IngressDashboardEnabled":null}`:                                                          "the setting IngressDashboardEnabled is not a text",
		`["s3cret"]`:                                                                                "the configuration is not a JSON object",
		`null`:                                                                                      "the configuration is not a JSON object",
		`s3cret`:                                                                                    "the configuration is not a JSON object",
	} {
		err := ingress.Check(config)
		if want == "" {
			require.NoError(t, err, config)
			continue
		}
		require.EqualError(t, err, want, config)
	}
	coredns := catalog.Find("coredns")
	require.NoError(t, coredns.Check(`{"CpuRequest":"800m","MemoryLimit":"1.5Gi"}`))
	require.EqualError(t, coredns.Check(`{"CpuRequest":"much","MemoryLimit":"much"}`), "the setting CpuRequest has another form")
}

// TestKinds holds that kinds of clusters differ in their add-ons as the service has it.
func TestKinds(t *testing.T) {
	t.Parallel()
	has := func(kind catalog.Kind, name string) bool {
		return slices.ContainsFunc(catalog.Addons(kind, "1.32.1-aliyun.1"), func(a *catalog.Addon) bool { return a.Name == name })
	}
	assert.True(t, has(catalog.Pro, "kube-apiserver"))
	assert.False(t, has(catalog.Basic, "kube-apiserver"), "only Pro clusters let their control plane be set")
	assert.False(t, has(catalog.Serverless, "csi-plugin"), "no nodes")
	assert.False(t, has(catalog.Registered, "cloud-controller-manager"), "not in the cloud")
}

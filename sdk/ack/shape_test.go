package ack_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestAbsentIsNotZero reads pools that leave numbers out and pools that say 0.
func TestAbsentIsNotZero(t *testing.T) {
	t.Parallel()
	fields := map[string]func(*ack.ScalingGroup) *int64{
		"desired_size":                             func(g *ack.ScalingGroup) *int64 { return g.DesiredSize },
		"on_demand_base_capacity":                  func(g *ack.ScalingGroup) *int64 { return g.OnDemandBaseCapacity },
		"on_demand_percentage_above_base_capacity": func(g *ack.ScalingGroup) *int64 { return g.OnDemandPercentageAboveBaseCapacity },
	}
	for name, field := range fields {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, absent := range []string{`{}`, `{"` + name + `": null}`, `{"` + name + `": ""}`} {
				assert.Nil(t, field(scalingGroup(t, absent)), absent)
			}
			zero := field(scalingGroup(t, `{"`+name+`": 0}`))
			require.NotNil(t, zero)
			assert.Zero(t, *zero)
		})
	}
}

// scalingGroup returns what the client makes of a scaling group in a response.
func scalingGroup(t *testing.T, group string) *ack.ScalingGroup {
	t.Helper()
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClusterNodePoolDetail", acktest.Response{Drift: true, Body: `{"scaling_group": ` + group + `}`})
	out, err := srv.Client(t).DescribeClusterNodePoolDetail(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: "c1", NodePoolID: "np1"})
	require.NoError(t, err)
	return &out.ScalingGroup
}

// TestUnsetIsNotSent creates what the service accepts without fields that look
// as if they were needed, and looks at what was sent.
func TestUnsetIsNotSent(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	client := srv.Client(t)

	pool, err := client.CreateClusterNodePool(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID:    "c1",
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "pool"},
		ScalingGroup: &ack.ScalingGroupSpec{InstancePatterns: []ack.InstancePattern{{Cores: new(int64(4))}}},
	})
	require.NoError(t, err)
	assert.NotEmpty(t, pool.NodePoolID)
	_, err = client.ListTagResources(t.Context(), &ack.ListTagResourcesRequest{
		RegionID: "cn-beijing", ResourceType: "CLUSTER", ResourceIDs: []string{"c1"}, Tags: []ack.Tag{{Key: "env"}},
	})
	require.NoError(t, err)

	sent := srv.Requests()
	require.Len(t, sent, 2)
	body, ok := sent[0].Body.(map[string]any)
	require.True(t, ok)
	group, ok := body["scaling_group"].(map[string]any)
	require.True(t, ok)
	assert.Len(t, group, 1, "only instance_patterns was set")
	assert.JSONEq(t, `[{"key": "env"}]`, sent[1].Query.Get("tags"))
}

// TestServerRefusesWhatIsMissing leaves out what the service demands.
func TestServerRefusesWhatIsMissing(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	_, err := srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{})
	require.Error(t, err)
	assert.ErrorContains(t, err, "name")
}

// TestPoolIsCopiedWithoutJSON reads an autoscaled pool and writes it back. Its
// nodes must not be counted down to 0, and the mask of its password not be sent.
func TestPoolIsCopiedWithoutJSON(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClusterNodePoolDetail", acktest.Response{Body: `{
		"nodepool_info": {"nodepool_id": "np1", "name": "pool"},
		"auto_scaling": {"enable": true, "min_instances": 0, "max_instances": 5},
		"scaling_group": {"instance_types": ["ecs.g7.xlarge"], "login_password": "******", "on_demand_base_capacity": 0},
		"kubernetes_config": {"user_data": "secret", "cpu_policy": "static"}
	}`})
	client := srv.Client(t)
	pool, err := client.DescribeClusterNodePoolDetail(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: "c1", NodePoolID: "np1"})
	require.NoError(t, err)

	change := pool.ToModifyClusterNodePoolRequest()
	change.ClusterID, change.NodePoolID = "c1", "np1"
	require.NotNil(t, change.ScalingGroup)
	assert.Nil(t, change.ScalingGroup.DesiredSize, "the pool has no desired size")
	assert.Equal(t, new(int64(0)), change.ScalingGroup.OnDemandBaseCapacity)
	assert.Equal(t, []string{"ecs.g7.xlarge"}, change.ScalingGroup.InstanceTypes)
	assert.Nil(t, change.ScalingGroup.LoginPassword)
	assert.Nil(t, change.KubernetesConfig.UserData)
	assert.Equal(t, new(ack.CPUPolicyStatic), change.KubernetesConfig.CPUPolicy)
	_, err = client.ModifyClusterNodePool(t.Context(), change)
	require.NoError(t, err)

	assert.Equal(t, "pool", pool.ToCreateClusterNodePoolRequest().NodePoolInfo.Name)
	var none *ack.NodePool
	assert.Nil(t, none.ToCreateClusterNodePoolRequest())
}

// TestListAndDetailShareTypes passes what a list and a detail hold to the same
// function.
func TestListAndDetailShareTypes(t *testing.T) {
	t.Parallel()
	nameOf := func(p *ack.NodePool) string { return p.NodePoolInfo.Name }
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClusterNodePools", acktest.Response{Body: `{"nodepools": [{"nodepool_info": {"name": "a"}}]}`})
	srv.Respond("DescribeClusterNodePoolDetail", acktest.Response{Body: `{"nodepool_info": {"name": "a"}}`})
	client := srv.Client(t)
	list, err := client.DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: "c1"})
	require.NoError(t, err)
	detail, err := client.DescribeClusterNodePoolDetail(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: "c1", NodePoolID: "np1"})
	require.NoError(t, err)
	require.Len(t, list.NodePools, 1)
	assert.Equal(t, nameOf(&list.NodePools[0]), nameOf(&detail.NodePool))
}

// TestEmbeddedTypesAreRead decodes a response that embeds a type, strictly, with
// values of other JSON types, and by encoding/json.
func TestEmbeddedTypesAreRead(t *testing.T) {
	t.Parallel()
	const body = `{"name": "c", "state": "running", "size": "3", "deletion_protection": "true", "later": {"a": 1}, "tags": {"key": "k", "value": "v"}}`
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClusterDetail", acktest.Response{Drift: true, Body: body})
	var drifts []string
	client := srv.Client(t, roa.WithDriftHook(func(d roa.Drift) { drifts = append(drifts, d.Path) }))
	out, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	require.NoError(t, err)
	assert.Equal(t, "c", out.Name)
	assert.Equal(t, int64(3), out.Size)
	assert.True(t, out.DeletionProtection)
	assert.Equal(t, []ack.Tag{{Key: "k", Value: new("v")}}, out.Tags)
	assert.NotEmpty(t, out.Metadata.RequestID)
	assert.ElementsMatch(t, []string{"/size", "/deletion_protection", "/later", "/tags"}, drifts)

	var plain ack.DescribeClusterDetailResponse
	require.NoError(t, json.Unmarshal([]byte(`{"name": "c", "size": 3}`), &plain))
	assert.Equal(t, "c", plain.Name)
	assert.Equal(t, int64(3), plain.Size)
}

package ack_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
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
			assert.Nil(t, field(scalingGroup(t, `{}`)))
			zero := field(scalingGroup(t, `{"`+name+`": 0}`))
			require.NotNil(t, zero)
			assert.Zero(t, *zero)
		})
	}
}

// scalingGroup returns what the client makes of a scaling group in a response.
func scalingGroup(t *testing.T, group string) *ack.ScalingGroup {
	t.Helper()
	srv := acktest.NewServer(t)
	srv.Respond("DescribeClusterNodePoolDetail", acktest.Response{Body: `{"scaling_group": ` + group + `}`})
	out, err := srv.Client(t).DescribeClusterNodePoolDetail(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: "c1", NodePoolID: "np1"})
	require.NoError(t, err)
	return &out.ScalingGroup
}

// TestUnsetIsNotSent creates what the service accepts without fields that look
// as if they were needed, and looks at what was sent.
func TestUnsetIsNotSent(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)

	_, err := client.CreateClusterNodePool(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID:    "c1",
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "pool"},
		ScalingGroup: &ack.ScalingGroupSpec{InstancePatterns: []ack.InstancePattern{{Cores: new(int64(4))}}},
	})
	require.NoError(t, err)
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
	srv := acktest.NewServer(t)
	_, err := srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{})
	require.Error(t, err)
	assert.ErrorContains(t, err, "name")
}

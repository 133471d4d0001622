package acktest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

func TestAccount(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()

	order, err := client.OpenAckService(ctx, &ack.OpenAckServiceRequest{})
	require.NoError(t, err)
	assert.Regexp(t, "^[0-9]{15}$", order.OrderID)
	_, err = client.OpenAckService(ctx, &ack.OpenAckServiceRequest{Type: new(ack.ServicePlanPropayasgo)})
	require.ErrorIs(t, err, ack.CodeOrderOpened)
	_, err = client.OpenAckService(ctx, &ack.OpenAckServiceRequest{Type: new(ack.ServicePlanEdgepayasgo)})
	require.NoError(t, err)

	roles, err := client.CheckServiceRole(ctx, &ack.CheckServiceRoleRequest{Roles: []ack.ServiceRole{{Name: "AliyunCSManagedLogRole"}, {Name: "Mine"}}})
	require.NoError(t, err)
	assert.Equal(t, []ack.ServiceRoleCheck{
		{Name: "AliyunCSManagedLogRole", Granted: true}, {Name: "Mine", Message: "The role does not exist: Mine"},
	}, roles.Roles)
}

func TestRegions(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	for language, want := range map[string]string{"": "华东1（杭州）", "zh-CN": "华东1（杭州）", "en-US": "China (Hangzhou)"} {
		out, err := client.DescribeRegions(t.Context(), &ack.DescribeRegionsRequest{AcceptLanguage: &language})
		require.NoError(t, err)
		names := make(map[string]string)
		var ids []string
		for _, r := range out.Regions {
			names[r.RegionID] = r.LocalName
			ids = append(ids, r.RegionID)
			assert.NotEmpty(t, r.LocalName)
		}
		assert.Equal(t, want, names["cn-hangzhou"])
		assert.Subset(t, ack.Regions(), ids)
		assert.Len(t, names, len(ids), "each is listed once")
	}
	for name, test := range map[string]struct {
		in   ack.DescribeRegionsRequest
		none bool
	}{
		"type":            {ack.DescribeRegionsRequest{ClusterType: new(ack.ClusterType("kubernetes"))}, false},
		"no such type":    {ack.DescribeRegionsRequest{ClusterType: new(ack.ClusterType("Swarm"))}, true},
		"no such profile": {ack.DescribeRegionsRequest{Profile: new(ack.ClusterProfile("Space"))}, true},
		"of no meaning":   {ack.DescribeRegionsRequest{ClusterType: new(ack.ClusterTypeKubernetes), Profile: new(ack.ClusterProfile("Space"))}, false},
	} {
		out, err := client.DescribeRegions(t.Context(), &test.in)
		require.NoError(t, err)
		assert.Equal(t, test.none, len(out.Regions) == 0, name)
	}
}

package acktest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestChangesByType holds what only managed clusters take, and that only their control planes restart in another time zone.
func TestChangesByType(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	for kind, managed := range map[ack.ClusterType]bool{ack.ClusterTypeManagedKubernetes: true, ack.ClusterTypeKubernetes: false} {
		id := running(t, client, &ack.CreateClusterRequest{Name: string(kind), ClusterType: &kind})
		for name, in := range map[string]ack.ModifyClusterRequest{
			"RRSA":      {EnableRRSA: new(true)},
			"names":     {APIServerCustomCertSANs: &ack.APIServerCertSANs{SubjectAlternativeNames: []string{"a.example.com"}}},
			"vSwitches": {VSwitchIDs: []string{"vsw-9"}},
		} {
			in.ClusterID = id
			_, err := client.ModifyClusterAndWait(t.Context(), &in)
			if managed {
				require.NoError(t, err, name)
			} else {
				require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
			}
		}
		task, err := client.ModifyCluster(t.Context(), &ack.ModifyClusterRequest{ClusterID: id, Timezone: new("Europe/Berlin")})
		require.NoError(t, err)
		c := detail(t, client, id)
		assert.Equal(t, managed, c.State == ack.ClusterStateUpdating, kind)
		assert.Equal(t, !managed, c.Timezone == "Europe/Berlin", kind)
		_, err = client.WaitTask(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: task.TaskID})
		require.NoError(t, err)
		assert.Equal(t, "Europe/Berlin", detail(t, client, id).Timezone)
	}
}

// TestDeletionReleasesInstances holds which instances are there after the deletion of their cluster: only those can be attached elsewhere.
func TestDeletionReleasesInstances(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		retain func(in *ack.DeleteClusterRequest, instances []string)
		want   []string // the codes of the results
	}{
		"usual":           {func(*ack.DeleteClusterRequest, []string) {}, []string{"400", "400", "200"}},
		"one is retained": {func(in *ack.DeleteClusterRequest, ids []string) { in.RetainResources = ids[:1] }, []string{"200", "400", "200"}},
		"all are": {
			func(in *ack.DeleteClusterRequest, _ []string) { in.RetainAllResources = new(true) }, []string{"200", "200", "200"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newPoolSite(t, 2)
			_, err := s.client.AttachInstancesToNodePoolAndWait(t.Context(), &ack.AttachInstancesToNodePoolRequest{
				ClusterID: s.cluster, NodePoolID: s.pool, Instances: []string{"i-was-there-before"},
			})
			require.NoError(t, err)
			var ids []string
			for _, n := range s.nodes() {
				ids = append(ids, n.InstanceID)
			}
			in := &ack.DeleteClusterRequest{ClusterID: s.cluster}
			test.retain(in, ids)
			_, err = s.client.DeleteClusterAndWait(t.Context(), in)
			require.NoError(t, err)
			other := running(t, s.client, &ack.CreateClusterRequest{Name: "other", NodePools: []ack.NodePoolSpec{{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "others"}}}})
			out, err := s.client.AttachInstances(t.Context(), &ack.AttachInstancesRequest{ClusterID: other, Instances: ids})
			require.NoError(t, err)
			var codes []string
			for _, result := range out.List {
				codes = append(codes, result.Code)
			}
			assert.Equal(t, test.want, codes)
		})
	}
}

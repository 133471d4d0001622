package sample_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
	"github.com/ackgen/ackgen/spec"
)

// TestIDs compares the ids with the examples of the spec.
func TestIDs(t *testing.T) {
	t.Parallel()
	text := string(spec.Bundle())
	for _, id := range []string{
		sample.ClusterID, sample.NodePoolID, sample.NodeName, sample.InstanceID, sample.TaskID, sample.TemplateID, sample.TriggerID, sample.PolicyID,
		sample.MachineID, sample.PlanID, sample.CheckID, sample.DiagnosisID, sample.ReportID, sample.RepairRuleID, sample.UserID,
	} {
		assert.Contains(t, text, id)
	}
}

// TestSnapshot finds what the examples name, and changes it: ids are the same wherever they are kept.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	snapshot, err := sample.Snapshot(t.Context())
	require.NoError(t, err)
	client := acktest.NewServer(t, acktest.WithSnapshot(snapshot)).Client(t)
	ctx := t.Context()

	task, err := client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: sample.TaskID})
	require.NoError(t, err)
	assert.Equal(t, sample.ClusterID, task.ClusterID)
	assert.Equal(t, ack.TaskStateSuccess, task.State)

	nodes, err := client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: sample.ClusterID, NodePoolID: new(sample.NodePoolID)})
	require.NoError(t, err)
	require.Len(t, nodes.Nodes, 2)
	assert.Equal(t, sample.NodeName, nodes.Nodes[0].NodeName)
	assert.Equal(t, sample.InstanceID, nodes.Nodes[0].InstanceID)

	labeled, err := client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: sample.ClusterID, NodeLabels: new("app=nginx,env=prod")})
	require.NoError(t, err)
	assert.Len(t, labeled.Nodes, 2)
	tags, err := client.ListTagResources(ctx, &ack.ListTagResourcesRequest{
		RegionID: "cn-beijing", ResourceType: "CLUSTER", ResourceIDs: []string{sample.ClusterID},
		Tags: []ack.Tag{{Key: "env", Value: new("dev")}, {Key: "dep", Value: new("IT")}},
	})
	require.NoError(t, err)
	assert.Len(t, tags.TagResources.TagResource, 2)

	removed, err := client.RemoveNodePoolNodesAndWait(ctx, &ack.RemoveNodePoolNodesRequest{
		ClusterID: sample.ClusterID, NodePoolID: sample.NodePoolID, InstanceIDs: []string{sample.InstanceID}, ReleaseNode: new(true),
	})
	require.NoError(t, err)
	assert.Equal(t, sample.ClusterID, removed.ClusterID)
	nodes, err = client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: sample.ClusterID})
	require.NoError(t, err)
	assert.Len(t, nodes.Nodes, 1)
}

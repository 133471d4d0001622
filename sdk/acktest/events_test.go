package acktest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestEvents(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{RegionID: "cn-beijing"})
	other := running(t, client, &ack.CreateClusterRequest{Name: "other"})
	srv.FailNext("ModifyCluster", Failure{Code: "NoAddress", Message: "no address is left"})
	failed, err := client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, APIServerEIP: new(true)})
	require.NoError(t, err)
	srv.Advance(time.Hour)

	told := func(events []ack.Event) (out []string) {
		for _, e := range events {
			out = append(out, fmt.Sprintf("%s %s %s", e.Type, e.Data.Level, e.Data.Reason))
			assert.Regexp(t, "^e-[0-9a-f-]{36}$", e.EventID)
			assert.Equal(t, "task", e.Source)
			assert.Equal(t, e.ClusterID, e.Subject)
		}
		return out
	}
	of, err := client.DescribeClusterEvents(ctx, &ack.DescribeClusterEventsRequest{ClusterID: id})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"cluster_modify error Failed", "cluster_modify info Started", "cluster_create info Succeeded", "cluster_create info Started",
	}, told(of.Events))
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 50, TotalCount: 4}, of.PageInfo)
	assert.Contains(t, of.Events[0].Data.Message, "no address is left")
	of, err = client.DescribeClusterEvents(ctx, &ack.DescribeClusterEventsRequest{ClusterID: id, TaskID: &failed.TaskID})
	require.NoError(t, err)
	assert.Len(t, of.Events, 2)

	region, err := client.DescribeEventsForRegion(ctx, &ack.DescribeEventsForRegionRequest{RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	assert.Len(t, region.Events, 2)
	_, err = client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: other})
	require.NoError(t, err)
	srv.Advance(time.Hour)
	region, err = client.DescribeEventsForRegion(ctx, &ack.DescribeEventsForRegionRequest{RegionID: "cn-hangzhou", ClusterID: &other})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"cluster_delete info Succeeded", "cluster_delete info Started", "cluster_create info Succeeded", "cluster_create info Started",
	}, told(region.Events), "events outlive the cluster")
	_, err = client.DescribeClusterEvents(ctx, &ack.DescribeClusterEventsRequest{ClusterID: other})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)

	all, err := client.DescribeEvents(ctx, &ack.DescribeEventsRequest{Type: new(ack.EventType("Cluster_Create"))})
	require.NoError(t, err)
	assert.Len(t, all.Events, 4, "the case of a type does not matter")
	all, err = client.DescribeEvents(ctx, &ack.DescribeEventsRequest{ClusterID: &id, MaxResults: new(int32(3))})
	require.NoError(t, err)
	assert.Len(t, all.Events, 3)
	all, err = client.DescribeEvents(ctx, &ack.DescribeEventsRequest{ClusterID: &id, MaxResults: new(int32(3)), NextToken: &all.NextToken})
	require.NoError(t, err)
	assert.Len(t, all.Events, 1)
	assert.Empty(t, all.NextToken)
}

func TestClusterLogs(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{})
	log, err := client.DescribeClusterLogs(ctx, &ack.DescribeClusterLogsRequest{ClusterID: id})
	require.NoError(t, err)
	var lines []string
	for i, line := range log.Items {
		lines = append(lines, line.ClusterLog)
		assert.EqualValues(t, i+1, line.ID)
		assert.NotEmpty(t, line.Created)
	}
	assert.Equal(t, []string{
		"start to update cluster status to initial", "start to create cluster " + id,
		"succeeded to create cluster " + id, "start to update cluster status to running",
	}, lines)
}

func TestControlPlaneLog(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{ControlPlaneLogTTL: new("90")})
	check := func() *ack.CheckControlPlaneLogEnableResponse {
		out, err := client.CheckControlPlaneLogEnable(ctx, &ack.CheckControlPlaneLogEnableRequest{ClusterID: id})
		require.NoError(t, err)
		return out
	}
	log := check()
	assert.Equal(t, []string{"apiserver", "kcm", "scheduler"}, log.Components)
	assert.Equal(t, "90", *log.LogTTL)
	assert.Equal(t, "k8s-log-"+id, *log.LogProject)
	started, err := client.UpdateControlPlaneLog(ctx, &ack.UpdateControlPlaneLogRequest{ClusterID: id, LogProject: new("mine"), Aliuid: log.Aliuid})
	require.NoError(t, err)
	assert.Len(t, check().Components, 3, "it takes time")
	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	log = check()
	assert.Len(t, log.Components, 6)
	assert.Equal(t, "30", *log.LogTTL)
	assert.Equal(t, "mine", *log.LogProject)
	_, err = client.UpdateControlPlaneLogAndWait(ctx, &ack.UpdateControlPlaneLogRequest{ClusterID: id, Components: []string{}})
	require.NoError(t, err)
	assert.Empty(t, check().Components)
	for _, in := range []ack.UpdateControlPlaneLogRequest{{LogTTL: new("0")}, {Aliuid: new("1")}} {
		in.ClusterID = id
		_, err = client.UpdateControlPlaneLog(ctx, &in)
		require.ErrorIs(t, err, roa.CodeInvalidParameter)
	}
	dedicated := running(t, client, &ack.CreateClusterRequest{Name: "dedicated", ClusterType: new(ack.ClusterTypeKubernetes)})
	_, err = client.CheckControlPlaneLogEnable(ctx, &ack.CheckControlPlaneLogEnableRequest{ClusterID: dedicated})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
}

func TestAuditLog(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	dedicated := ack.ClusterTypeKubernetes
	id := running(t, client, &ack.CreateClusterRequest{ClusterType: &dedicated, AuditLogConfig: &ack.AuditLogOptions{Enabled: new(true)}})
	audit := func() *ack.GetClusterAuditProjectResponse {
		out, err := client.GetClusterAuditProject(ctx, &ack.GetClusterAuditProjectRequest{ClusterID: id})
		require.NoError(t, err)
		return out
	}
	assert.True(t, audit().AuditEnabled)
	assert.Equal(t, "k8s-log-"+id, audit().SLSProjectName)
	update := func(disable bool, project *string) error {
		_, err := client.UpdateClusterAuditLogConfigAndWait(ctx, &ack.UpdateClusterAuditLogConfigRequest{
			ClusterID: id, Disable: &disable, SLSProjectName: project,
		})
		return err
	}
	require.ErrorIs(t, update(false, new("mine")), roa.CodeInvalidParameter, "only managed clusters move it")
	require.NoError(t, update(true, nil))
	assert.False(t, audit().AuditEnabled)
	require.NoError(t, update(false, new("mine")))
	assert.Equal(t, "mine", audit().SLSProjectName)
}

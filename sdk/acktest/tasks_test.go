package acktest

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestTasksOfCluster(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{KubernetesVersion: new("1.31.1-aliyun.1"), ClusterSpec: new(ack.ClusterSpecACKProSmall)})
	for range 3 {
		_, err := client.ModifyClusterAndWait(ctx, &ack.ModifyClusterRequest{ClusterID: id, EnableRRSA: new(true)})
		require.NoError(t, err)
	}
	srv.FailNext("UpgradeCluster", Failure{Code: "400", Message: "stuck"})
	_, err := client.UpgradeClusterAndWait(ctx, &ack.UpgradeClusterRequest{ClusterID: id})
	require.Error(t, err)
	list := func(in ack.DescribeClusterTasksRequest) *ack.DescribeClusterTasksResponse {
		in.ClusterID = id
		out, err := client.DescribeClusterTasks(ctx, &in)
		require.NoError(t, err)
		return out
	}
	all := list(ack.DescribeClusterTasksRequest{})
	require.Len(t, all.Tasks, 5)
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 20, TotalCount: 5}, all.PageInfo)
	assert.Equal(t, "cluster_upgrade", all.Tasks[0].TaskType, "the latest first")
	assert.Equal(t, ack.TaskError{Code: "400", Message: "stuck"}, all.Tasks[0].Error)
	assert.Empty(t, all.Tasks[0].Stages, "the list tells less")
	assert.NotEmpty(t, list(ack.DescribeClusterTasksRequest{Detail: new(true)}).Tasks[0].Stages)
	assert.Len(t, list(ack.DescribeClusterTasksRequest{State: new(ack.TaskStateSuccess)}).Tasks, 4)
	assert.Len(t, list(ack.DescribeClusterTasksRequest{Type: new("cluster_modify")}).Tasks, 3)
	assert.Len(t, list(ack.DescribeClusterTasksRequest{TargetID: &id}).Tasks, 5)
	assert.Empty(t, list(ack.DescribeClusterTasksRequest{TargetID: new("np1")}).Tasks)

	var numbered, tokened []string
	for task, err := range client.DescribeClusterTasksAll(ctx, &ack.DescribeClusterTasksRequest{ClusterID: id, PageSize: new(int32(2))}) {
		require.NoError(t, err)
		numbered = append(numbered, task.TaskID)
	}
	in := ack.DescribeClusterTasksRequest{MaxResults: new(int32(2))}
	for in.NextToken == nil || *in.NextToken != "" {
		page := list(in)
		for _, task := range page.Tasks {
			tokened = append(tokened, task.TaskID)
		}
		in.NextToken = &page.NextToken
	}
	assert.Len(t, numbered, 5)
	assert.Equal(t, numbered, tokened)
	_, err = client.DescribeClusterTasks(ctx, &ack.DescribeClusterTasksRequest{ClusterID: id, NextToken: new("?")})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = client.DescribeClusterTasks(ctx, &ack.DescribeClusterTasksRequest{ClusterID: "c0"})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

func TestTaskInfo(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithStartTime(newYear))
	client := srv.Client(t)
	ctx := t.Context()
	created, err := client.CreateCluster(ctx, &ack.CreateClusterRequest{Name: "demo", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	begin := srv.Now()
	srv.Advance(90 * time.Second)
	task, err := client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: created.TaskID})
	require.NoError(t, err)
	assert.Equal(t, ack.TaskTarget{ID: created.ClusterID, Type: "cluster"}, task.Target)
	assert.Equal(t, "create_control_plane", task.CurrentStage)
	assert.Equal(t, []ack.TaskStage{
		{State: "success", Message: "prepare_network", StartTime: "2026-01-01 00:00:00", EndTime: "2026-01-01 00:01:00"},
		{State: "running", Message: "create_control_plane", StartTime: "2026-01-01 00:01:00"},
	}, task.Stages)
	require.Len(t, task.Events, 2)
	assert.Equal(t, strconv.FormatInt(begin.Add(time.Minute).UnixMilli(), 10), task.Events[1].Timestamp)

	for name, do := range map[string]func(string) error{
		"pause": func(id string) error {
			_, err := client.PauseTask(ctx, &ack.PauseTaskRequest{TaskID: id})
			return err
		},
		"resume": func(id string) error {
			_, err := client.ResumeTask(ctx, &ack.ResumeTaskRequest{TaskID: id})
			return err
		},
		"cancel": func(id string) error {
			_, err := client.CancelTask(ctx, &ack.CancelTaskRequest{TaskID: id})
			return err
		},
	} {
		require.ErrorIs(t, do(created.TaskID), conflict, name)
		require.ErrorIs(t, do("T-0"), roa.CodeInvalidResourceNotFound, name)
	}
	_, err = client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: "T-0"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
}

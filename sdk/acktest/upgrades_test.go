package acktest

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// upgradeStatus returns the state and step of the latest upgrade of a cluster.
func upgradeStatus(t *testing.T, client *ack.Client, id string) *ack.GetUpgradeStatusResponse {
	t.Helper()
	out, err := client.GetUpgradeStatus(t.Context(), &ack.GetUpgradeStatusRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	return out
}

func oldCluster(t *testing.T, client *ack.Client) string {
	t.Helper()
	return running(t, client, &ack.CreateClusterRequest{KubernetesVersion: new("1.31.1-aliyun.1")})
}

func TestUpgrade(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := oldCluster(t, client)
	status := upgradeStatus(t, client, id)
	assert.Empty(t, status.Status)
	assert.Equal(t, ack.UpgradeStepNotStart, status.UpgradeStep)

	started, err := client.UpgradeCluster(ctx, &ack.UpgradeClusterRequest{ClusterID: id, NextVersion: new("1.32.1-aliyun.1")})
	require.NoError(t, err)
	status = upgradeStatus(t, client, id)
	assert.Equal(t, ack.UpgradeStateRunning, status.Status)
	assert.Equal(t, ack.UpgradeStepPrechecking, status.UpgradeStep)
	assert.NotEmpty(t, status.PrecheckReportID)
	assert.Equal(t, ack.ClusterStateUpgrading, detail(t, client, id).State)
	_, err = client.UpgradeCluster(ctx, &ack.UpgradeClusterRequest{ClusterID: id, NextVersion: new("1.32.1-aliyun.1")})
	require.ErrorIs(t, err, conflict)

	srv.Advance(2 * time.Minute)
	assert.Equal(t, ack.UpgradeStepUpgrading, upgradeStatus(t, client, id).UpgradeStep)
	assert.Equal(t, "1.31.1-aliyun.1", detail(t, client, id).CurrentVersion)
	srv.Advance(8 * time.Minute)
	assert.Equal(t, "1.32.1-aliyun.1", detail(t, client, id).CurrentVersion, "the nodes follow")
	task, err := client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Equal(t, "cluster_upgrade", task.TaskType)
	assert.Equal(t, map[string]any{"next_version": "1.32.1-aliyun.1"}, task.Parameters)
	assert.Len(t, task.Stages, 3)
	status = upgradeStatus(t, client, id)
	assert.Equal(t, ack.UpgradeStateSuccess, status.Status)
	assert.Equal(t, ack.UpgradeStepSuccess, status.UpgradeStep)
	c := detail(t, client, id)
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	assert.Equal(t, "1.33.3-aliyun.1", c.NextVersion)
	assert.Equal(t, "1.31.1-aliyun.1", c.InitVersion)
}

func TestUpgradeRefusals(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := oldCluster(t, client)
	newest := running(t, client, &ack.CreateClusterRequest{Name: "newest"})
	for name, test := range map[string]struct {
		in   ack.UpgradeClusterRequest
		code roa.Code
	}{
		"minor left out":    {ack.UpgradeClusterRequest{ClusterID: id, NextVersion: new("1.33.1-aliyun.1")}, roa.CodeInvalidParameter},
		"backwards":         {ack.UpgradeClusterRequest{ClusterID: id, NextVersion: new("1.30.1-aliyun.1")}, roa.CodeInvalidParameter},
		"unknown version":   {ack.UpgradeClusterRequest{ClusterID: id, NextVersion: new("1.32.2-aliyun.1")}, roa.CodeInvalidParameter},
		"another component": {ack.UpgradeClusterRequest{ClusterID: id, ComponentName: new("docker")}, roa.CodeInvalidParameter},    //nolint:staticcheck // deprecated
		"other version":     {ack.UpgradeClusterRequest{ClusterID: id, Version: new("1.30.1-aliyun.1")}, roa.CodeInvalidParameter}, //nolint:staticcheck // deprecated
		"nothing newer":     {ack.UpgradeClusterRequest{ClusterID: newest}, conflict},
		"no cluster":        {ack.UpgradeClusterRequest{ClusterID: "c0"}, ack.CodeErrorClusterNotFound},
	} {
		_, err := client.UpgradeCluster(ctx, &test.in)
		require.ErrorIs(t, err, test.code, name)
	}
	assert.Equal(t, ack.ClusterStateRunning, detail(t, client, id).State)
	_, err := client.PauseClusterUpgrade(ctx, &ack.PauseClusterUpgradeRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.ErrorIs(t, err, conflict)
}

func TestUpgradePausedAndCanceled(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := oldCluster(t, client)
	started, err := client.UpgradeCluster(ctx, &ack.UpgradeClusterRequest{ClusterID: id, MasterOnly: new(true)})
	require.NoError(t, err)
	srv.Advance(90 * time.Second)
	_, err = client.ResumeUpgradeCluster(ctx, &ack.ResumeUpgradeClusterRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.ErrorIs(t, err, conflict, "it is not paused")
	_, err = client.PauseClusterUpgrade(ctx, &ack.PauseClusterUpgradeRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	state := func() ack.TaskState {
		out, err := client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
		require.NoError(t, err)
		return out.State
	}
	assert.Equal(t, ack.TaskStatePausing, state())
	assert.Equal(t, ack.UpgradeStateRunning, upgradeStatus(t, client, id).Status)
	_, err = client.WaitTaskPaused(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	srv.Advance(24 * time.Hour)
	assert.Equal(t, ack.UpgradeStatePause, upgradeStatus(t, client, id).Status)
	assert.Equal(t, ack.UpgradeStepPause, upgradeStatus(t, client, id).UpgradeStep)

	_, err = client.ResumeUpgradeCluster(ctx, &ack.ResumeUpgradeClusterRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.Equal(t, ack.TaskStateResuming, state())
	srv.Advance(5*time.Second + 7*time.Minute + 30*time.Second - 1)
	assert.Equal(t, ack.TaskStateRunning, state(), "the rest of the stage is as long as before")
	_, err = client.CancelClusterUpgrade(ctx, &ack.CancelClusterUpgradeRequest{ClusterID: id}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.Equal(t, ack.TaskStateCancelling, state())
	_, err = client.WaitTaskCanceled(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	assert.Equal(t, ack.UpgradeStateFail, upgradeStatus(t, client, id).Status)
	c := detail(t, client, id)
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	assert.Equal(t, "1.31.1-aliyun.1", c.CurrentVersion)
	srv.Advance(time.Hour)
	assert.Equal(t, ack.TaskStateCanceled, state())
}

// TestUpgradeCanceledWithNodes holds that what has been upgraded stays.
func TestUpgradeCanceledWithNodes(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := oldCluster(t, client)
	started, err := client.UpgradeCluster(ctx, &ack.UpgradeClusterRequest{ClusterID: id})
	require.NoError(t, err)
	srv.Advance(10 * time.Minute)
	_, err = client.CancelTask(ctx, &ack.CancelTaskRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	_, err = client.CancelTask(ctx, &ack.CancelTaskRequest{TaskID: started.TaskID})
	require.ErrorIs(t, err, roa.ErrConflict, "it is being canceled")
	srv.Advance(time.Minute)
	assert.Equal(t, "1.32.1-aliyun.1", detail(t, client, id).CurrentVersion)
}

func TestUpgradeFails(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := oldCluster(t, client)
	srv.FailNext("UpgradeCluster", Failure{Code: "Precheck", Message: "a node is not ready", Stage: "precheck"})
	_, err := client.UpgradeClusterAndWait(ctx, &ack.UpgradeClusterRequest{ClusterID: id})
	require.ErrorContains(t, err, "a node is not ready")
	status := upgradeStatus(t, client, id)
	assert.Equal(t, ack.UpgradeStateFail, status.Status)
	assert.Equal(t, "a node is not ready", status.ErrorMessage)
	assert.Equal(t, ack.UpgradeStepPrechecking, status.UpgradeStep)
	assert.Equal(t, ack.ClusterStateUpdatingFailed, detail(t, client, id).State)
	_, err = client.UpgradeClusterAndWait(ctx, &ack.UpgradeClusterRequest{ClusterID: id})
	require.NoError(t, err, "it can be tried again")
	assert.Equal(t, ack.ClusterStateRunning, detail(t, client, id).State)
}

func TestVersions(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	list := func(in ack.DescribeKubernetesVersionMetadataRequest) []ack.KubernetesVersion {
		in.Region, in.ClusterType = cmp.Or(in.Region, "cn-hangzhou"), cmp.Or(in.ClusterType, ack.ClusterTypeManagedKubernetes)
		out, err := client.DescribeKubernetesVersionMetadata(t.Context(), &in)
		require.NoError(t, err)
		return out.Items
	}
	creatable := list(ack.DescribeKubernetesVersionMetadataRequest{})
	for _, v := range creatable {
		assert.True(t, v.Creatable)
		assert.Empty(t, v.UpgradableVersions)
		assert.NotEmpty(t, v.Images)
	}
	supported := list(ack.DescribeKubernetesVersionMetadataRequest{Mode: new(ack.VersionModeSupported), QueryUpgradableVersion: new(true)})
	assert.Greater(t, len(supported), len(creatable))
	paths := make(map[string][]string)
	for _, v := range supported {
		assert.Empty(t, v.UpgradableVersions, "no version was asked for")
		one := list(ack.DescribeKubernetesVersionMetadataRequest{KubernetesVersion: &v.Version, QueryUpgradableVersion: new(true)})
		paths[v.Version] = one[0].UpgradableVersions
	}
	assert.Equal(t, []string{"1.30.1-aliyun.1", "1.30.7-aliyun.1"}, paths["1.28.9-aliyun.1"])
	assert.Equal(t, []string{"1.30.7-aliyun.1", "1.31.1-aliyun.1"}, paths["1.30.1-aliyun.1"])
	assert.Equal(t, []string{"1.33.3-aliyun.1", "1.34.1-aliyun.1"}, paths["1.33.1-aliyun.1"])
	assert.Empty(t, paths["1.34.1-aliyun.1"])
	one := list(ack.DescribeKubernetesVersionMetadataRequest{
		KubernetesVersion: new("1.26.3-aliyun.1"), Runtime: new(ack.ContainerRuntimeDocker), MultiAZ: new(true),
	})
	require.Len(t, one, 1)
	assert.False(t, one[0].Creatable)
	assert.Empty(t, one[0].Images)
	assert.Equal(t, "true", one[0].MultiAZ)
	for name, test := range map[string]struct {
		in   ack.DescribeKubernetesVersionMetadataRequest
		none bool
	}{
		"region":        {ack.DescribeKubernetesVersionMetadataRequest{Region: "cn-nowhere"}, true},
		"type":          {ack.DescribeKubernetesVersionMetadataRequest{ClusterType: "Swarm"}, true},
		"profile":       {ack.DescribeKubernetesVersionMetadataRequest{Profile: new(ack.ClusterProfile("Space"))}, true},
		"edge":          {ack.DescribeKubernetesVersionMetadataRequest{Profile: new(ack.ClusterProfileEdge)}, false},
		"of no meaning": {ack.DescribeKubernetesVersionMetadataRequest{ClusterType: ack.ClusterTypeExternalKubernetes, Profile: new(ack.ClusterProfile("Space"))}, false},
	} {
		assert.Equal(t, test.none, len(list(test.in)) == 0, name)
	}
}

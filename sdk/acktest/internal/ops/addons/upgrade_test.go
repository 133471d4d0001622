package addons_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const old, newer = "v1.9.3.10-7dfca203-aliyun", "v1.11.3.5-5321daf49-aliyun"

// setupOld returns a server with a cluster whose coredns can be upgraded.
func setupOld(t *testing.T) (*acktest.Server, *ack.Client, string) {
	t.Helper()
	return setup(t, &ack.CreateClusterRequest{Addons: []ack.ClusterAddon{{Name: coredns, Version: new(old)}}})
}

func upgrade(t *testing.T, client *ack.Client, id string, item ack.AddonUpgrade) (string, error) {
	t.Helper()
	out, err := client.UpgradeClusterAddons(t.Context(), &ack.UpgradeClusterAddonsRequest{ClusterID: id, Items: []ack.AddonUpgrade{item}})
	if err != nil {
		return "", err
	}
	return out.TaskID, nil
}

func status(t *testing.T, client *ack.Client, id, name string) ack.AddonUpgradeStatus {
	t.Helper()
	one, err := client.DescribeClusterAddonUpgradeStatus(t.Context(), &ack.DescribeClusterAddonUpgradeStatusRequest{ClusterID: id, ComponentID: name})
	require.NoError(t, err)
	many, err := client.DescribeClusterAddonsUpgradeStatus(t.Context(), &ack.DescribeClusterAddonsUpgradeStatusRequest{
		ClusterID: id, ComponentIDs: []string{name, "metrics-server"},
	})
	require.NoError(t, err)
	require.Len(t, one.Entries, 1)
	require.Contains(t, many.Entries, "metrics-server")
	assert.Equal(t, one.Entries[name], many.Entries[name])
	return one.Entries[name]
}

func TestUpgrade(t *testing.T) {
	t.Parallel()
	for policy, takes := range map[ack.AddonUpgradePolicy]time.Duration{
		"": 2 * time.Minute, ack.AddonUpgradePolicyOverwrite: 2 * time.Minute, ack.AddonUpgradePolicyCanary: 3 * time.Minute,
	} {
		srv, client, id := setupOld(t)
		assert.Empty(t, status(t, client, id, coredns).Tasks, "it came with the cluster")
		start := srv.Now().Truncate(time.Second) // as responses have it
		_, err := upgrade(t, client, id, ack.AddonUpgrade{
			ComponentName: coredns, Version: new(old), NextVersion: newer, Policy: &policy, Config: new(roa.Secret(`{"CpuRequest":"800m"}`)),
		})
		require.NoError(t, err)
		assert.Equal(t, ack.AddonStateUpgrading, get(t, client, id, coredns).State)
		assert.Equal(t, ack.AddonUpgradeTask{Status: ack.AddonUpgradeStateUpgrading, CreatedAt: start}, status(t, client, id, coredns).Tasks)
		assert.Equal(t, "false", status(t, client, id, coredns).AddonInfo.ReadyToUpgrade)
		srv.Advance(takes - 1)
		assert.Equal(t, old, get(t, client, id, coredns).Version)
		srv.Advance(1)
		after := get(t, client, id, coredns)
		assert.Equal(t, newer, after.Version)
		assert.Equal(t, ack.AddonStateActive, after.State)
		assert.JSONEq(t, `{"CpuRequest":"800m"}`, after.Config.Reveal())
		assert.Equal(t, ack.AddonUpgradeTask{
			Status: ack.AddonUpgradeStateSuccess, CreatedAt: start, FinishedAt: start.Add(takes),
		}, status(t, client, id, coredns).Tasks)
	}
}

func TestUpgradeKeepsConfig(t *testing.T) {
	t.Parallel()
	config := roa.Secret(`{"CpuRequest":"1"}`)
	_, client, id := setup(t, &ack.CreateClusterRequest{Addons: []ack.ClusterAddon{{Name: coredns, Version: new(old), Config: &config}}})
	_, err := client.UpgradeClusterAddonsAndWait(t.Context(), &ack.UpgradeClusterAddonsRequest{ClusterID: id, Items: []ack.AddonUpgrade{
		{ComponentName: coredns, NextVersion: newer},
	}})
	require.NoError(t, err)
	assert.Equal(t, config, get(t, client, id, coredns).Config)
}

func TestUpgradeRefusals(t *testing.T) {
	t.Parallel()
	_, client, id := setupOld(t)
	for name, test := range map[string]struct {
		item ack.AddonUpgrade
		want roa.Code
	}{
		"not installed": {ack.AddonUpgrade{ComponentName: npd, NextVersion: "1.2.28"}, ack.CodeAddonNotFound},
		"unknown":       {ack.AddonUpgrade{ComponentName: "nothing", NextVersion: "1"}, ack.CodeAddonNotFound},
		"back":          {ack.AddonUpgrade{ComponentName: coredns, NextVersion: "1.8.4.1"}, roa.CodeInvalidParameter},
		"no version":    {ack.AddonUpgrade{ComponentName: coredns, NextVersion: "v99"}, roa.CodeInvalidParameter},
		"stale":         {ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer, Version: new("1.8.4.1")}, "OperationConflict"},
		"policy":        {ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer, Policy: new(ack.AddonUpgradePolicy("blue"))}, roa.CodeInvalidParameter},
		"configuration": {ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer, Config: new(roa.Secret("[]"))}, roa.CodeInvalidParameter},
	} {
		_, err := upgrade(t, client, id, test.item)
		require.ErrorIs(t, err, test.want, name)
	}
	item := ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer}
	for _, items := range [][]ack.AddonUpgrade{{}, {item, item}} {
		_, err := client.UpgradeClusterAddons(t.Context(), &ack.UpgradeClusterAddonsRequest{ClusterID: id, Items: items})
		require.ErrorIs(t, err, roa.CodeInvalidParameter)
	}
	assert.Equal(t, ack.AddonStateActive, get(t, client, id, coredns).State)
	_, err := upgrade(t, client, id, item)
	require.NoError(t, err)
	_, err = upgrade(t, client, id, item)
	require.ErrorIs(t, err, roa.Code("OperationConflict"), "one at a time")
}

func TestUpgradeFails(t *testing.T) {
	t.Parallel()
	srv, client, id := setupOld(t)
	srv.FailNext("UpgradeClusterAddons", acktest.Failure{Code: "ImagePull", Stage: "canary"})
	canary := ack.AddonUpgradePolicyCanary
	_, err := upgrade(t, client, id, ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer, Policy: &canary})
	require.NoError(t, err)
	srv.Advance(70 * time.Second)
	assert.Equal(t, ack.AddonStateFailed, get(t, client, id, coredns).State)
	assert.Equal(t, old, get(t, client, id, coredns).Version)
	assert.Equal(t, ack.AddonUpgradeStateFailed, status(t, client, id, coredns).Tasks.Status)
	_, err = upgrade(t, client, id, ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer})
	require.NoError(t, err, "one that failed can be tried again")
}

func TestPauseResumeCancel(t *testing.T) {
	t.Parallel()
	srv, client, id := setupOld(t)
	ctx := t.Context()
	pause := func(name string) error {
		_, err := client.PauseComponentUpgrade(ctx, &ack.PauseComponentUpgradeRequest{ClusterID: id, ComponentID: name})
		return err
	}
	resume := func() error {
		_, err := client.ResumeComponentUpgrade(ctx, &ack.ResumeComponentUpgradeRequest{ClusterID: id, ComponentID: coredns})
		return err
	}
	cancel := func() error {
		_, err := client.CancelComponentUpgrade(ctx, &ack.CancelComponentUpgradeRequest{ClusterID: id, ComponentID: coredns})
		return err
	}
	conflict := roa.Code("OperationConflict")
	for _, err := range []error{pause(coredns), resume(), cancel()} {
		require.ErrorIs(t, err, conflict, "nothing is being upgraded")
	}
	require.ErrorIs(t, pause(npd), ack.CodeAddonNotFound)

	_, err := upgrade(t, client, id, ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer})
	require.NoError(t, err)
	require.ErrorIs(t, resume(), conflict, "it runs")
	srv.Advance(30 * time.Second)
	require.NoError(t, pause(coredns))
	srv.Advance(time.Hour)
	assert.Equal(t, ack.AddonUpgradeStatePaused, status(t, client, id, coredns).Tasks.Status)
	assert.Equal(t, old, get(t, client, id, coredns).Version)
	require.NoError(t, resume())
	srv.Advance(2 * time.Minute)
	assert.Equal(t, newer, get(t, client, id, coredns).Version)
	require.ErrorIs(t, cancel(), conflict, "it is done")
}

func TestCancel(t *testing.T) {
	t.Parallel()
	srv, client, id := setupOld(t)
	task, err := upgrade(t, client, id, ack.AddonUpgrade{ComponentName: coredns, NextVersion: newer})
	require.NoError(t, err)
	srv.Advance(time.Minute)
	_, err = client.CancelComponentUpgrade(t.Context(), &ack.CancelComponentUpgradeRequest{ClusterID: id, ComponentID: coredns})
	require.NoError(t, err)
	srv.Advance(time.Hour)
	assert.Equal(t, old, get(t, client, id, coredns).Version)
	assert.Equal(t, ack.AddonStateActive, get(t, client, id, coredns).State)
	assert.True(t, status(t, client, id, coredns).Tasks.IsCanceled)
	assert.Equal(t, ack.AddonUpgradeStateCanceled, status(t, client, id, coredns).Tasks.Status)
	info, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: task})
	require.NoError(t, err)
	assert.Equal(t, ack.TaskStateCanceled, info.State)
}

func TestStatusOfOthers(t *testing.T) {
	t.Parallel()
	_, client, id := setup(t, nil)
	assert.Equal(t, ack.AddonVersion{ComponentName: npd}, status(t, client, id, npd).AddonInfo, "nothing else is told of it")
	assert.Equal(t, ack.AddonUpgradeStatus{AddonInfo: ack.AddonVersion{ComponentName: "metric-server"}}, status(t, client, id, "metric-server"))
	_, err := client.InstallClusterAddons(t.Context(), &ack.InstallClusterAddonsRequest{ClusterID: id, Items: []ack.AddonInstall{{Name: npd}}})
	require.NoError(t, err)
	assert.Equal(t, ack.AddonUpgradeStateRunning, status(t, client, id, npd).Tasks.Status, "an installation")
	_, err = client.DescribeClusterAddonUpgradeStatus(t.Context(), &ack.DescribeClusterAddonUpgradeStatusRequest{ClusterID: "c0", ComponentID: npd})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

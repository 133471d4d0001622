package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// selfUpgrading is a cluster that upgrades itself on Mondays and Thursdays from three to six. The clock starts on a Thursday at midnight.
func selfUpgrading(channel ack.ClusterAutoUpgradeChannel) *ack.CreateClusterRequest {
	return &ack.CreateClusterRequest{
		Name: "demo", RegionID: "cn-beijing", KubernetesVersion: new("1.33.1-aliyun.1"), ClusterSpec: new(ack.ClusterSpecACKProSmall),
		MaintenanceWindow: &ack.MaintenanceWindow{
			Enable: new(true), MaintenanceTime: new("03:00:00Z"), Duration: new("3h"), WeeklyPeriod: new("Monday,Thursday"),
		},
		OperationPolicy: &ack.OperationPolicy{ClusterAutoUpgrade: &ack.ClusterAutoUpgrade{Enabled: new(true), Channel: &channel}},
	}
}

func plans(t *testing.T, client *ack.Client, in ack.ListOperationPlansForRegionRequest) []ack.OperationPlan {
	t.Helper()
	in.RegionID = "cn-beijing"
	out, err := client.ListOperationPlansForRegion(t.Context(), &in)
	require.NoError(t, err)
	return out.Plans
}

// newYear is a Thursday.
var newYear = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

func TestOperationPlan(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithStartTime(newYear))
	client := srv.Client(t)
	id := running(t, client, selfUpgrading(ack.ClusterAutoUpgradeChannelRapid))
	scheduled := plans(t, client, ack.ListOperationPlansForRegionRequest{ClusterID: &id})
	require.Len(t, scheduled, 1)
	p := scheduled[0]
	assert.Equal(t, ack.OperationPlanTypeClusterUpgradeMaster, p.Type)
	assert.Equal(t, ack.OperationPlanStateScheduled, p.State)
	opens := time.Date(2026, time.January, 1, 3, 0, 0, 0, time.UTC)
	assert.Equal(t, opens, p.StartTime)
	assert.Equal(t, opens.Add(3*time.Hour), p.EndTime)
	assert.Empty(t, p.TaskID)

	srv.Advance(opens.Sub(srv.Now()))
	executing := plans(t, client, ack.ListOperationPlansForRegionRequest{State: new(ack.OperationPlanStateExecuting)})
	require.Len(t, executing, 1)
	assert.Equal(t, ack.ClusterStateUpgrading, detail(t, client, id).State)
	_, err := client.CancelOperationPlan(t.Context(), &ack.CancelOperationPlanRequest{PlanID: p.PlanID})
	require.ErrorIs(t, err, conflict, "it is being executed")
	_, err = client.WaitTask(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: executing[0].TaskID})
	require.NoError(t, err)
	assert.Equal(t, "1.34.1-aliyun.1", detail(t, client, id).CurrentVersion)
	executed := plans(t, client, ack.ListOperationPlansForRegionRequest{})
	require.Len(t, executed, 1, "there is nothing newer to plan")
	assert.Equal(t, ack.OperationPlanStateExecuted, executed[0].State)
	assert.Empty(t, plans(t, client, ack.ListOperationPlansForRegionRequest{Type: new(ack.OperationPlanTypeCVEFix)}))
}

// TestNoPlanForBasicCluster holds that the maintenance window is for Pro clusters: others have none in force.
func TestNoPlanForBasicCluster(t *testing.T) {
	t.Parallel()
	client := NewServer(t, WithStartTime(newYear)).Client(t)
	in := selfUpgrading(ack.ClusterAutoUpgradeChannelRapid)
	in.ClusterSpec = new(ack.ClusterSpecACKStandard)
	id := running(t, client, in)
	assert.Empty(t, plans(t, client, ack.ListOperationPlansForRegionRequest{}))
	_, err := client.MigrateCluster(t.Context(), &ack.MigrateClusterRequest{ClusterID: id})
	require.NoError(t, err)
}

func TestOperationPlanOfBusyCluster(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithStartTime(newYear))
	client := srv.Client(t)
	id := running(t, client, selfUpgrading(ack.ClusterAutoUpgradeChannelPatch))
	opens := time.Date(2026, time.January, 1, 3, 0, 0, 0, time.UTC)
	srv.Advance(opens.Sub(srv.Now()) - time.Second)
	_, err := client.ModifyCluster(t.Context(), &ack.ModifyClusterRequest{ClusterID: id, EnableRRSA: new(true)})
	require.NoError(t, err)
	srv.Advance(time.Minute)
	all := plans(t, client, ack.ListOperationPlansForRegionRequest{})
	require.Len(t, all, 2)
	assert.Equal(t, ack.OperationPlanStateScheduled, all[0].State, "the latest first")
	assert.Equal(t, opens.AddDate(0, 0, 4), all[0].StartTime, "on Monday")
	assert.Equal(t, ack.OperationPlanStateValidatingFailed, all[1].State)
	assert.NotEmpty(t, all[1].StateReason.Message)
	srv.Advance(5 * 24 * time.Hour)
	assert.Equal(t, "1.33.3-aliyun.1", detail(t, client, id).CurrentVersion, "the channel takes patches alone")
	assert.Len(t, plans(t, client, ack.ListOperationPlansForRegionRequest{}), 2)
}

func TestCancelOperationPlan(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithStartTime(newYear))
	client := srv.Client(t)
	ctx := t.Context()
	id := running(t, client, selfUpgrading(ack.ClusterAutoUpgradeChannelPatch))
	p := plans(t, client, ack.ListOperationPlansForRegionRequest{})[0]
	_, err := client.CancelOperationPlan(ctx, &ack.CancelOperationPlanRequest{PlanID: p.PlanID})
	require.NoError(t, err)
	_, err = client.CancelOperationPlan(ctx, &ack.CancelOperationPlanRequest{PlanID: p.PlanID})
	require.ErrorIs(t, err, conflict)
	_, err = client.CancelOperationPlan(ctx, &ack.CancelOperationPlanRequest{PlanID: "P-0"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	srv.Advance(30 * 24 * time.Hour)
	assert.Equal(t, "1.33.1-aliyun.1", detail(t, client, id).CurrentVersion)
	old, err := client.ListOperationPlans(ctx, &ack.ListOperationPlansRequest{Type: new(ack.OperationPlanTypeClusterUpgrade)})
	require.NoError(t, err)
	require.Len(t, old.Plans, 1)
	assert.Equal(t, ack.OperationPlanTypeClusterUpgrade, old.Plans[0].Type)
	assert.Equal(t, ack.OperationPlanStateCanceled, old.Plans[0].State)
	assert.Empty(t, old.Plans[0].StateReason)
	assert.Equal(t, "CanceledByUser", plans(t, client, ack.ListOperationPlansForRegionRequest{})[0].StateReason.Code)

	_, err = client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, OperationPolicy: &ack.OperationPolicy{
		ClusterAutoUpgrade: &ack.ClusterAutoUpgrade{Enabled: new(true), Channel: new(ack.ClusterAutoUpgradeChannelStable)},
	}})
	require.NoError(t, err)
	assert.Len(t, plans(t, client, ack.ListOperationPlansForRegionRequest{State: new(ack.OperationPlanStateScheduled)}), 1)
	_, err = client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, MaintenanceWindow: &ack.MaintenanceWindow{Enable: new(false)}})
	require.NoError(t, err)
	assert.Empty(t, plans(t, client, ack.ListOperationPlansForRegionRequest{State: new(ack.OperationPlanStateScheduled)}))
}

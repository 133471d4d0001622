package inspections_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const rule = "FREQ=DAILY;BYHOUR=10;BYMINUTE=15"

func reports(t *testing.T, client *ack.Client, cluster string) []ack.InspectReport {
	t.Helper()
	out, err := client.ListClusterInspectReports(t.Context(), &ack.ListClusterInspectReportsRequest{ClusterID: cluster})
	require.NoError(t, err)
	return out.Reports
}

func TestInspection(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	ctx := t.Context()
	run := &ack.RunClusterInspectRequest{ClusterID: cluster, ClientToken: new("token")}
	started, err := client.RunClusterInspect(ctx, run)
	require.NoError(t, err)
	again, err := client.RunClusterInspect(ctx, run)
	require.NoError(t, err)
	assert.Equal(t, started.ReportID, again.ReportID)
	assert.Equal(t, started.TaskID, again.TaskID)
	get := &ack.GetClusterInspectReportDetailRequest{ClusterID: cluster, ReportID: started.ReportID}
	out, err := client.GetClusterInspectReportDetail(ctx, get)
	require.NoError(t, err)
	assert.Equal(t, ack.InspectReportStatusCreated, out.Status)
	assert.Empty(t, out.CheckItemResults)
	done, err := client.WaitInspectionFinished(ctx, get)
	require.NoError(t, err)
	assert.NotZero(t, done.EndTime)
	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: started.TaskID})
	require.NoError(t, err)
	counts := map[ack.InspectOutcome]int32{}
	for _, result := range done.CheckItemResults {
		counts[result.Result]++
	}
	s := done.Summary
	assert.Equal(t, s.NormalCount, counts[ack.InspectOutcomeFalse])
	assert.Equal(t, s.AdviceCount+s.WarnCount+s.ErrorCount, counts[ack.InspectOutcomeTrue])
	assert.Positive(t, s.AdviceCount, "the cluster is not protected")
	assert.Equal(t, s, reports(t, client, cluster)[0].Summary)

	srv.FailNext("RunClusterInspect", acktest.Failure{Code: "Broken", Message: "broken"})
	failing, err := client.RunClusterInspect(ctx, &ack.RunClusterInspectRequest{ClusterID: cluster})
	require.NoError(t, err)
	_, err = client.WaitInspectionFinished(ctx, &ack.GetClusterInspectReportDetailRequest{ClusterID: cluster, ReportID: failing.ReportID})
	require.ErrorContains(t, err, "failed")
	assert.Equal(t, failing.ReportID, reports(t, client, cluster)[0].ReportID, "the newest is first")
}

func TestReportFiltersAndPages(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	ctx := t.Context()
	started, err := client.RunClusterInspect(ctx, &ack.RunClusterInspectRequest{ClusterID: cluster})
	require.NoError(t, err)
	get := func(in ack.GetClusterInspectReportDetailRequest) []ack.InspectCheckResult {
		in.ClusterID, in.ReportID = cluster, started.ReportID
		var results []ack.InspectCheckResult
		for result, err := range client.GetClusterInspectReportDetailAll(ctx, &in) {
			require.NoError(t, err)
			results = append(results, result)
		}
		return results
	}
	_, err = client.WaitInspectionFinished(ctx, &ack.GetClusterInspectReportDetailRequest{ClusterID: cluster, ReportID: started.ReportID})
	require.NoError(t, err)
	all := get(ack.GetClusterInspectReportDetailRequest{})
	assert.Equal(t, all, get(ack.GetClusterInspectReportDetailRequest{MaxResults: new(int32(2))}), "pages make up the whole")
	for name, test := range map[string]struct {
		in    ack.GetClusterInspectReportDetailRequest
		suits func(*ack.InspectCheckResult) bool
	}{
		"category": {
			ack.GetClusterInspectReportDetailRequest{Category: new(ack.InspectCategorySecurity)},
			func(r *ack.InspectCheckResult) bool { return r.Category == ack.InspectCategorySecurity },
		},
		"level": {
			ack.GetClusterInspectReportDetailRequest{Level: new(ack.InspectLevelWarning)},
			func(r *ack.InspectCheckResult) bool { return r.Level == ack.InspectLevelWarning },
		},
		"target": {
			ack.GetClusterInspectReportDetailRequest{TargetType: new("Cluster")},
			func(r *ack.InspectCheckResult) bool { return r.TargetType == "Cluster" },
		},
		"found": {
			ack.GetClusterInspectReportDetailRequest{EnableFilter: new(true)},
			func(r *ack.InspectCheckResult) bool { return r.Result == ack.InspectOutcomeTrue },
		},
	} {
		var want []ack.InspectCheckResult
		for _, result := range all {
			if test.suits(&result) {
				want = append(want, result)
			}
		}
		assert.Less(t, len(want), len(all), name)
		assert.Equal(t, want, get(test.in), name)
		assert.NotEmpty(t, want, name)
	}
	assert.Equal(t, "集群状态", get(ack.GetClusterInspectReportDetailRequest{Language: new(ack.GetClusterInspectReportDetailLanguageZhCN)})[0].Name)
	_, err = client.GetClusterInspectReportDetail(ctx, &ack.GetClusterInspectReportDetailRequest{
		ClusterID: cluster, ReportID: started.ReportID, NextToken: new("?"),
	})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
}

func TestConfig(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	ctx := t.Context()
	get := func() (*ack.GetClusterInspectConfigResponse, error) {
		return client.GetClusterInspectConfig(ctx, &ack.GetClusterInspectConfigRequest{ClusterID: cluster})
	}
	const day = 24 * time.Hour
	shanghai := time.FixedZone("", 8*60*60) // as clusters have it that name no time zone
	midnight := srv.Now().Truncate(day).Add(day - 8*time.Hour).In(shanghai)
	if midnight.Before(srv.Now()) {
		midnight = midnight.Add(day)
	}
	srv.Advance(midnight.Sub(srv.Now()))
	_, err := get()
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	create := &ack.CreateClusterInspectConfigRequest{ClusterID: cluster, Enabled: true, Recurrence: rule, DisabledCheckItems: []string{"ClusterStatus"}}
	_, err = client.CreateClusterInspectConfig(ctx, create)
	require.NoError(t, err)
	_, err = client.CreateClusterInspectConfig(ctx, create)
	require.ErrorContains(t, err, "has a configuration")
	out, err := get()
	require.NoError(t, err)
	assert.True(t, out.Enabled)
	assert.Equal(t, rule, out.Recurrence)
	assert.Equal(t, []string{"ClusterStatus"}, out.DisabledCheckItems)

	srv.Advance(3 * day)
	list := reports(t, client, cluster)
	require.Len(t, list, 3, "one for each day")
	assert.Equal(t, midnight.Add(2*day+10*time.Hour+15*time.Minute).UTC(), list[0].StartTime)
	detail, err := client.GetClusterInspectReportDetail(ctx, &ack.GetClusterInspectReportDetailRequest{ClusterID: cluster, ReportID: list[0].ReportID})
	require.NoError(t, err)
	assert.Equal(t, ack.InspectOutcomeDisable, detail.CheckItemResults[0].Result)

	_, err = client.UpdateClusterInspectConfig(ctx, &ack.UpdateClusterInspectConfigRequest{ClusterID: cluster, ScheduleTime: new("FREQ=DAILY;BYHOUR=25;BYMINUTE=0")})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	_, err = client.UpdateClusterInspectConfig(ctx, &ack.UpdateClusterInspectConfigRequest{ClusterID: cluster, ScheduleTime: new("FREQ=DAILY;BYHOUR=23;BYMINUTE=59")})
	require.NoError(t, err)
	srv.Advance(day)
	list = reports(t, client, cluster)
	require.Len(t, list, 4)
	assert.Equal(t, midnight.Add(4*day-time.Minute).UTC(), list[0].StartTime)
	_, err = client.UpdateClusterInspectConfig(ctx, &ack.UpdateClusterInspectConfigRequest{ClusterID: cluster, Enabled: new(false)})
	require.NoError(t, err)
	out, err = get()
	require.NoError(t, err)
	assert.False(t, out.Enabled)
	assert.Equal(t, "FREQ=DAILY;BYHOUR=23;BYMINUTE=59", out.Recurrence)
	_, err = client.DeleteClusterInspectConfig(ctx, &ack.DeleteClusterInspectConfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	_, err = client.DeleteClusterInspectConfig(ctx, &ack.DeleteClusterInspectConfigRequest{ClusterID: cluster})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	srv.Advance(5 * day)
	assert.Len(t, reports(t, client, cluster), 4, "reports stay, and there are no new ones")
}

// TestTimezone holds that inspections follow the time zone of the cluster, also into another one.
func TestTimezone(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	ctx := t.Context()
	_, err := client.CreateClusterInspectConfig(ctx, &ack.CreateClusterInspectConfigRequest{ClusterID: cluster, Enabled: true, Recurrence: rule})
	require.NoError(t, err)
	for _, test := range []struct {
		zone string
		want int // hour in UTC
	}{{"Asia/Shanghai", 2}, {"UTC", 10}, {"America/Phoenix", 17}, {"none", 10}} {
		_, err := client.ModifyClusterAndWait(ctx, &ack.ModifyClusterRequest{ClusterID: cluster, Timezone: &test.zone})
		require.NoError(t, err)
		srv.Advance(24 * time.Hour)
		started := reports(t, client, cluster)[0].StartTime
		assert.Equal(t, []int{test.want, 15}, []int{started.Hour(), started.Minute()}, test.zone)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	for _, bad := range []string{
		"daily", "FREQ=WEEKLY;BYHOUR=1;BYMINUTE=1", "FREQ=DAILY;BYHOUR=1", "FREQ=DAILY;BYHOUR=1;BYMINUTE=60", "FREQ=DAILY;BYHOUR=-1;BYMINUTE=1",
		"FREQ=DAILY;BYHOUR=1;BYMINUTE=1;COUNT=3", "FREQ=DAILY;BYHOUR=1;BYMINUTE=1;UNTIL=20270101T000000Z", "FREQ=DAILY;BYHOUR=1;BYHOUR=2;BYMINUTE=1",
	} {
		_, err := client.CreateClusterInspectConfig(t.Context(), &ack.CreateClusterInspectConfigRequest{ClusterID: cluster, Enabled: true, Recurrence: bad})
		require.ErrorIs(t, err, roa.CodeInvalidParameter, bad)
	}
	_, err := client.RunClusterInspect(t.Context(), &ack.RunClusterInspectRequest{ClusterID: "c1"})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

package checks_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	ctx := t.Context()
	started, err := client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{
		ClusterID: cluster, Type: ack.ClusterCheckTypeClusterUpgrade, Options: map[string]string{"next_version": "9.9.9"},
	})
	require.NoError(t, err)
	assert.Contains(t, started.CheckID, cluster+"-clustercheck-")
	get := &ack.GetClusterCheckRequest{ClusterID: cluster, CheckID: started.CheckID}
	out, err := client.GetClusterCheck(ctx, get)
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterCheckStatus("Running"), out.Status)
	assert.Zero(t, out.FinishedAt)
	done, err := client.WaitClusterCheckSucceeded(ctx, get)
	require.NoError(t, err)
	assert.Equal(t, "task succeed", done.Message)
	assert.NotZero(t, done.FinishedAt)
	assert.Equal(t, map[string]any{"error": map[string]any{
		"Message": "The cluster cannot be upgraded to this version.", "Targets": []any{map[string]any{"Target": cluster}},
	}}, done.CheckItems["ClusterVersion"][0]["Level"])
	assert.Equal(t, map[string]any{"normal": map[string]any{"Message": "", "Targets": []any{map[string]any{"Target": cluster}}}},
		done.CheckItems["ClusterResource"][0]["Level"])

	srv.FailNext("RunClusterCheck", acktest.Failure{Code: "Broken", Message: "no access"})
	failing, err := client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{ClusterID: cluster, Type: ack.ClusterCheckTypeClusterMigrate, Target: new("x")})
	require.NoError(t, err)
	_, err = client.WaitClusterCheckSucceeded(ctx, &ack.GetClusterCheckRequest{ClusterID: cluster, CheckID: failing.CheckID})
	require.ErrorContains(t, err, "no access")

	list := func(in ack.ListClusterChecksRequest) (ids []string) {
		in.ClusterID = cluster
		out, err := client.ListClusterChecks(ctx, &in)
		require.NoError(t, err)
		for _, check := range out.Checks {
			assert.Nil(t, check.CheckItems)
			ids = append(ids, check.CheckID)
		}
		return ids
	}
	assert.Equal(t, []string{failing.CheckID, started.CheckID}, list(ack.ListClusterChecksRequest{}))
	assert.Equal(t, []string{started.CheckID}, list(ack.ListClusterChecksRequest{Type: new(ack.ClusterCheckTypeClusterUpgrade)}))
	assert.Equal(t, []string{failing.CheckID}, list(ack.ListClusterChecksRequest{Target: new("x")}))
	assert.Empty(t, list(ack.ListClusterChecksRequest{Target: new("x"), Type: new(ack.ClusterCheckTypeClusterUpgrade)}))
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	for name, test := range map[string]struct {
		in   ack.RunClusterCheckRequest
		code roa.Code
	}{
		"no cluster":   {ack.RunClusterCheckRequest{ClusterID: "c1", Type: ack.ClusterCheckTypeClusterMigrate}, ack.CodeErrorClusterNotFound},
		"no version":   {ack.RunClusterCheckRequest{ClusterID: cluster, Type: ack.ClusterCheckTypeMasterUpgrade}, roa.CodeMissingParameter},
		"no target":    {ack.RunClusterCheckRequest{ClusterID: cluster, Type: ack.ClusterCheckTypeNodePoolUpgrade}, roa.CodeMissingParameter},
		"no such pool": {ack.RunClusterCheckRequest{ClusterID: cluster, Type: ack.ClusterCheckTypeNodePoolUpgrade, Target: new("np1")}, ack.CodeErrorNodePoolNotFound},
		"no such type": {ack.RunClusterCheckRequest{ClusterID: cluster, Type: "Moon"}, roa.CodeInvalidParameter},
	} {
		_, err := client.RunClusterCheck(t.Context(), &test.in)
		require.ErrorIs(t, err, test.code, name)
	}
	out, err := client.ListClusterChecks(t.Context(), &ack.ListClusterChecksRequest{ClusterID: cluster})
	require.NoError(t, err)
	assert.Empty(t, out.Checks)
	_, err = client.GetClusterCheck(t.Context(), &ack.GetClusterCheckRequest{ClusterID: cluster, CheckID: "1"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
}

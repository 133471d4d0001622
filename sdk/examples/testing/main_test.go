package main

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// create creates a cluster and waits until it runs.
func create(t *testing.T, client *ack.Client, name string) string {
	t.Helper()
	out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{
		Name: name, RegionID: client.Region(), ClusterType: new(ack.ClusterTypeManagedKubernetes),
		VPCID: new("vpc-bp1ixo1ouhygr34hgabcd"), VSwitchIDs: []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
	})
	require.NoError(t, err)
	return out.ClusterID
}

func TestCleanUp(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	old := create(t, client, "old")
	srv.Advance(48 * time.Hour)
	create(t, client, "new")

	deleted, err := cleanUp(t.Context(), client, srv.Now().Add(-24*time.Hour))
	require.NoError(t, err)
	assert.Equal(t, []string{"old"}, deleted)
	_, err = client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: old})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)

	sent := srv.RequestsFor("DeleteCluster")
	require.Len(t, sent, 1)
	var in ack.DeleteClusterRequest
	require.NoError(t, sent[0].Into(&in))
	assert.Equal(t, ack.DeleteClusterRequest{ClusterID: old, RetainAllResources: new(false)}, in)
}

func TestCleanUpAtTheTurnOfTheYear(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithStartTime(time.Date(2025, time.December, 31, 12, 0, 0, 0, time.UTC)))
	client := srv.Client(t)
	create(t, client, "last-year")

	deleted, err := cleanUp(t.Context(), client, time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	assert.Equal(t, []string{"last-year"}, deleted)
}

// TestCleanUpOfRunningClock has a clock that nothing moves on: a day is over in less than a tenth of a second.
func TestCleanUpOfRunningClock(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithSpeed(1e6))
	client := srv.Client(t)
	create(t, client, "old")

	deleted, err := cleanUp(t.Context(), client, srv.Now())
	require.NoError(t, err)
	assert.Equal(t, []string{"old"}, deleted)
}

func TestCleanUpIsForbidden(t *testing.T) {
	t.Parallel()
	owner := acktest.User{AccessKeyID: "owner", AccessKeySecret: "made-up-1"}
	reader := acktest.User{
		AccessKeyID: "reader", AccessKeySecret: "made-up-2", RAMUser: "20001",
		Policies: []string{`{"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["cs:Describe*", "cs:Get*"], "Resource": "*"}]}`},
	}
	srv := acktest.NewServer(t, acktest.WithUser(owner), acktest.WithUser(reader))
	create(t, srv.Client(t), "old") // as the owner, who comes first
	client, err := ack.New(srv.OptionsOf(reader)...)
	require.NoError(t, err)

	_, err = cleanUp(t.Context(), client, srv.Now())
	require.ErrorIs(t, err, roa.ErrForbidden)
	require.ErrorContains(t, err, "cs:DeleteCluster")
	last := srv.RequestsFor("DeleteCluster")[0]
	assert.Equal(t, []any{"reader", http.StatusForbidden, "Forbidden.RAM"}, []any{last.Caller, last.Status, last.ErrorCode})
}

func TestCleanUpWaitsItsTurn(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithRateLimit("DescribeClusterDetail", 1, 20*time.Second))
	client := srv.Client(t)
	create(t, client, "old")

	_, err := cleanUp(t.Context(), client, srv.Now())
	require.NoError(t, err)
	throttled := 0
	for _, r := range srv.RequestsFor("DescribeClusterDetail") {
		if r.Status == http.StatusTooManyRequests {
			throttled++
		}
	}
	assert.Positive(t, throttled, "the client waited by the clock of the server, and tried again")
}

func TestCleanUpFromSnapshot(t *testing.T) {
	t.Parallel()
	prepared := acktest.NewServer(t)
	create(t, prepared.Client(t), "old")
	snapshot, err := prepared.Snapshot()
	require.NoError(t, err)
	for name, failure := range map[string]*acktest.Failure{
		"deletes": nil,
		"fails":   {Code: "DependencyViolation", Message: "A load balancer is in use."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := acktest.NewServer(t, acktest.WithSnapshot(snapshot))
			if failure != nil {
				srv.FailNext("DeleteCluster", *failure)
			}
			deleted, err := cleanUp(t.Context(), srv.Client(t), srv.Now())
			assert.Equal(t, failure == nil, err == nil, "%v", err)
			assert.Equal(t, failure == nil, len(deleted) == 1)
		})
	}
}

func TestSeedsMakeIDs(t *testing.T) {
	t.Parallel()
	first := create(t, acktest.NewServer(t, acktest.WithSeed(7)).Client(t), "a")
	second := create(t, acktest.NewServer(t, acktest.WithSeed(7)).Client(t), "a")
	assert.Equal(t, first, second)
}

func TestKubernetesOfCluster(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	id := create(t, client, "web")
	_, err := client.CreateClusterNodePoolAndWait(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID: id, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
		ScalingGroup: &ack.ScalingGroupSpec{
			InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-bp1ads3kwl9v9jzbzabcd"}, DesiredSize: new(int64(2)),
		},
	})
	require.NoError(t, err)

	source := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	config, err := source.Config(t.Context())
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, config.BaseURL()+"/api/v1/nodes", http.NoBody)
	require.NoError(t, err)
	resp, err := source.HTTPClient().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close() //nolint:errcheck // it is read
	var nodes struct{ Items []any }
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&nodes))
	assert.Len(t, nodes.Items, 2)
}

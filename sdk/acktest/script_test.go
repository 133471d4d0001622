package acktest

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// recorder is a test that remembers its errors and ends when its test says so.
type recorder struct {
	testing.TB

	errors   []string
	cleanups []func()
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) end() {
	for _, f := range r.cleanups {
		f()
	}
}

func TestUnusedResponsesFailTheTest(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	srv := NewServer(r)
	srv.Respond("DeleteCluster", Response{Status: 404})
	srv.Respond("DescribeClusterDetail", Response{Body: `{"state":"used"}`})
	srv.Respond("DescribeClusterDetail", Response{Body: `{"state":"left"}`})
	srv.Respond("DescribeClusterDetail", Response{Body: "{}", When: func(Request) bool { return false }})
	_, err := srv.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c"})
	require.NoError(t, err)
	assert.Empty(t, r.errors)
	r.end()
	assert.Equal(t, []string{
		"acktest: a response that was scripted for DeleteCluster was never asked for",
		"acktest: a response that was scripted for DescribeClusterDetail was never asked for",
		"acktest: a response that was scripted for DescribeClusterDetail was never asked for",
	}, r.errors)
}

func TestRespondComparesTheBody(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		operation string
		response  Response
		problem   string // that is reported
	}{
		{"DescribeClusterNodePools", Response{Body: `{"node_pools":[]}`}, "the spec has no field /node_pools; did you mean nodepools?"},
		{"DescribeClusterNodePools", Response{Body: `{"nodepools":[{},{"NodepoolInfo":{}}]}`},
			"the spec has no field /nodepools/1/NodepoolInfo; did you mean nodepool_info?"},
		{"DescribeClusterNodePools", Response{Status: 202, Body: `{"nodepools":[{"status":{"sate":""}}]}`},
			"the spec has no field /nodepools/0/status/sate; did you mean state?"},
		{"DescribeKubernetesVersionMetadata", Response{Body: `[{"Version":"1"}]`}, "the spec has no field /0/Version; did you mean version?"},
		{"DescribeClusterAddonsUpgradeStatus", Response{Body: `{"flannel":{"AddonInfo":{}}}`},
			"the spec has no field /flannel/AddonInfo; did you mean addon_info?"},
		{"DescribeClusterDetail", Response{Body: `{"zebra":1}`}, "the spec has no field /zebra"},
		{"DescribeClusterNodePools", Response{Body: `{"nodepools":"a text"}`}, "/nodepools: value must be an array"},
		{"DescribeClusterDetail", Response{Body: `{"size":"3"}`}, "/size: value must be an integer"},
		{"DescribeClusterNodePools", Response{Body: `[]`}, "/: value must be an object"},
		{"DescribeClusterNodePools", Response{Body: `{"node_pools`}, "value is not one JSON text"},
		{"DescribeClusterNodePools", Response{}, "value is not one JSON text"},
		{"DeleteClusterNodes", Response{Body: `{"task_id":1}`}, "/task_id: value must be a string"},

		{"DescribeClusterAddonsUpgradeStatus", Response{Body: `{"any name":{"addon_info":{}}}`}, ""},
		{"DescribeClusterNodePools", Response{Body: `{"nodepools":[{"nodepool_info":{"name":"a"}}]}`}, ""},
		{"DescribeClusterDetail", Response{Body: `{"state":"a new one","size":null}`}, ""},
		{"DescribeClusterNodePools", Response{Drift: true, Body: `{"node_pools":[]}`}, ""},
		{"DescribeClusterNodePools", Response{Drift: true, Body: `{"node_pools`}, ""},
		{"DescribeClusterNodePools", Response{Status: 300, Body: `{"node_pools":[]}`}, ""},
		{"DescribeClusterNodePools", Response{Status: 400, Body: `{"node_pools":[]}`}, ""},
	} {
		t.Run(tt.operation+" "+tt.response.Body, func(t *testing.T) {
			t.Parallel()
			srv, err := Start(WithExamples())
			require.NoError(t, err)
			defer srv.Close()
			if tt.problem == "" {
				assert.NotPanics(t, func() { srv.Respond(tt.operation, tt.response) })
				return
			}
			assert.PanicsWithError(t, "acktest: script response of "+tt.operation+": "+tt.problem+" (set Drift if that is meant)",
				func() { srv.Respond(tt.operation, tt.response) })
		})
	}
}

// TestExamplesAreResponses scripts the example of every operation as a response.
func TestExamplesAreResponses(t *testing.T) {
	t.Parallel()
	srv, err := Start(WithExamples())
	require.NoError(t, err)
	defer srv.Close()
	for _, op := range srv.spec.Operations() {
		script := Response{Status: op.Example.Status, Header: op.Example.Header, Body: op.Example.Body}
		assert.NotPanics(t, func() { srv.Respond(op.Name, script) }, op.Name)
	}
}

// TestWhenChoosesRequests lets one of three regions fail, whichever asks first.
func TestWhenChoosesRequests(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples())
	srv.Respond("DescribeClustersForRegion", Response{
		Status: http.StatusForbidden, Body: `{"code":"Forbidden.Region"}`, When: func(r Request) bool { return r.Region == "cn-beijing" },
	})
	srv.Respond("DescribeClustersForRegion", Response{Body: `{"clusters":[{"cluster_id":"first"}]}`})
	client := srv.Client(t)
	for _, region := range []string{"eu-central-1", "cn-beijing", "cn-hangzhou"} {
		regional, err := client.InRegion(region)
		require.NoError(t, err)
		out, err := regional.DescribeClustersForRegion(t.Context(), &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing"})
		switch region {
		case "eu-central-1":
			require.NoError(t, err)
			assert.Equal(t, "first", out.Clusters[0].ClusterID)
		case "cn-beijing":
			require.ErrorIs(t, err, roa.ErrForbidden)
		default:
			require.NoError(t, err, "the scripts are used up, and the example follows")
		}
	}
	var regions []string
	for _, r := range srv.Requests() {
		regions = append(regions, r.Region)
	}
	assert.Equal(t, []string{"eu-central-1", "cn-beijing", "cn-hangzhou"}, regions)
}

package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/credentials"
)

// TestListAll lists 25 clusters, of which the server gives 10 a page.
func TestListAll(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_REGION_ID", "cn-beijing")
	options, err := credentials.FromEnvironment()
	require.NoError(t, err)
	srv := acktest.NewServer(t, acktest.WithQuota(acktest.Quota{ManagedClusters: 25}))
	client, err := ack.New(append(options, srv.Options()...)...)
	require.NoError(t, err)

	var want []string
	for n := range 25 {
		created, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: fmt.Sprintf("test-%d", n), RegionID: client.Region()})
		require.NoError(t, err)
		want = append(want, fmt.Sprintf("%s test-%d initial", created.ClusterID, n))
	}
	var out bytes.Buffer
	require.NoError(t, list(t.Context(), &out, client))
	assert.ElementsMatch(t, want, strings.Split(strings.TrimSpace(out.String()), "\n"))
	assert.Len(t, srv.RequestsFor("DescribeClustersForRegion"), 3)
}

func TestListFails(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.Respond("DescribeClustersForRegion", acktest.Response{Status: 403, Body: `{"code": "Forbidden.RAM"}`})
	var out bytes.Buffer
	require.ErrorContains(t, list(t.Context(), &out, srv.Client(t)), "Forbidden.RAM")
	assert.Empty(t, out.String())
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const regionCount = 30

func thirtyRegions(t *testing.T) []string {
	t.Helper()
	require.Greater(t, len(ack.Regions()), regionCount)
	return ack.Regions()[:regionCount]
}

func TestCountClusters(t *testing.T) {
	t.Parallel()
	regions := thirtyRegions(t)
	srv := acktest.NewServer(t, acktest.WithQuota(acktest.Quota{Clusters: 300, ManagedClusters: 300})) // it stands for all regions
	client := srv.Client(t)
	for i := range 10 * regionCount {
		_, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: fmt.Sprintf("cluster-%d", i), RegionID: regions[i%regionCount]})
		require.NoError(t, err)
	}
	srv.Respond("DescribeClustersForRegion", acktest.Response{
		Status: http.StatusForbidden, Body: `{"code": "Forbidden.RAM"}`,
		When: func(r acktest.Request) bool { return r.Region == regions[7] },
	})
	counts := countClusters(t.Context(), client, regions)

	for i, c := range counts {
		assert.Equal(t, regions[i], c.region, "in the order that was asked for")
	}
	var out bytes.Buffer
	report(&out, counts)
	assert.Contains(t, out.String(), "290 clusters in 29 regions; failed: 1\n")
	assert.Equal(t, regionCount+1, strings.Count(out.String(), "\n"))
	assert.Equal(t, 1, strings.Count(out.String(), "Forbidden.RAM"))
}

// TestThirtyRegionsLeaveNothing connects to the endpoint of each region. A
// connection is what keeps goroutines and memory, on both sides.
func TestThirtyRegionsLeaveNothing(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples(), acktest.WithCredentials("id", "secret", ""))
	network := &network{server: strings.TrimPrefix(srv.URL, "https://")}
	client, err := ack.New(
		roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")), roa.WithTransport(network.transport(t, srv)))
	require.NoError(t, err)
	for _, region := range thirtyRegions(t) {
		_, err := countIn(t.Context(), client, region)
		require.NoError(t, err)
	}
	opened := network.opened.Load()
	assert.Greater(t, opened, int64(1), "regions have endpoints of their own")
	assert.LessOrEqual(t, opened, int64(regionCount), "and a connection each at most")
	client.CloseIdleConnections()
	assert.Equal(t, opened, network.closed.Load())
}

// network leads every address to the fake server, and counts the connections.
type network struct {
	server         string
	opened, closed atomic.Int64
}

func (n *network) transport(t *testing.T, srv *acktest.Server) *http.Transport {
	t.Helper()
	trusting, ok := srv.HTTPClient().Transport.(*http.Transport)
	require.True(t, ok)
	config := trusting.TLSClientConfig.Clone()
	config.ServerName = "example.com" // what the certificate of the fake server is for
	return &http.Transport{DialContext: n.dial, TLSClientConfig: config}
}

func (n *network) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", n.server)
	if err != nil {
		return nil, fmt.Errorf("dial fake server: %w", err)
	}
	n.opened.Add(1)
	return &countedConn{Conn: conn, closed: &n.closed}, nil
}

// countedConn tells when it is closed, once.
type countedConn struct {
	net.Conn

	done   atomic.Bool
	closed *atomic.Int64
}

func (c *countedConn) Close() error {
	if c.done.CompareAndSwap(false, true) {
		c.closed.Add(1)
	}
	return c.Conn.Close()
}

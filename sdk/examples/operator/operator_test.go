package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A world is a fake server with a cluster that runs, and an operator of it. Its clock stands still until the operator rests.
type world struct {
	srv   *acktest.Server
	begin time.Time // by its clock
	o     operator
	log   bytes.Buffer
}

func newWorld(t *testing.T, pools ...pool) *world {
	t.Helper()
	w := &world{srv: acktest.NewServer(t)}
	w.begin = w.srv.Now()
	client := w.srv.Client(t, roa.WithoutRetry())
	created, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	w.o = operator{api: client, wanted: cluster{ID: created.ClusterID, Pools: pools}, log: slog.New(slog.NewTextHandler(&w.log, nil))}
	return w
}

// until lets the operator run until the cluster has so many nodes that run, for a day at most.
func (w *world) until(t *testing.T, nodes int) {
	t.Helper()
	reached := errors.New("reached")
	end := w.srv.Now().Add(24 * time.Hour)
	err := w.o.run(t.Context(), func(ctx context.Context, d time.Duration) error {
		w.srv.Advance(d)
		if w.running(t) == nodes {
			return reached
		}
		if w.srv.Now().After(end) {
			return errors.New("a day is over")
		}
		return ctx.Err()
	})
	require.ErrorIs(t, err, reached, w.log.String())
}

func (w *world) running(t *testing.T) int {
	t.Helper()
	client := w.srv.Client(t)
	n := 0
	for node, err := range client.DescribeClusterNodesAll(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: w.o.wanted.ID}) {
		require.NoError(t, err)
		if node.State == ack.NodeStateRunning {
			n++
		}
	}
	return n
}

func workers() pool {
	return pool{Name: "workers", InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-bp1ads3kwl9v9jzbzabcd"}, Size: 2}
}

func TestOperatorScales(t *testing.T) {
	t.Parallel()
	w := newWorld(t, workers())
	w.until(t, 2)
	w.o.wanted.Pools[0].Size = 5
	w.until(t, 5)
	w.o.wanted.Pools[0].Size = 1
	w.until(t, 1)
	w.o.wanted.Pools = append(w.o.wanted.Pools, pool{Name: "more", InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, Size: 2})
	w.until(t, 3)
}

func TestOperatorBearsFailures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, workers())
	w.until(t, 2)
	w.srv.FailNext("ModifyClusterNodePool", acktest.Failure{Code: "NoStock", Message: "The instance type is sold out.", Stage: "create_instances"})
	w.srv.FailNext("ModifyClusterNodePool", acktest.Failure{Code: "JoinTimeout", Message: "The nodes did not join."})
	w.o.wanted.Pools[0].Size = 4
	w.until(t, 4)
	assert.Len(t, w.srv.RequestsFor("ModifyClusterNodePool"), 3, "machines were sold out, then nodes did not join")
	assert.Len(t, w.srv.RequestsFor("RemoveNodePoolNodes"), 1)
}

func TestOperatorBearsFaults(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	w := newWorld(t, workers())
	w.srv.Inject(acktest.Fault{Operation: "DescribeClusterNodePools", Throttle: 20 * time.Second, Count: 3})
	w.srv.Inject(acktest.Fault{Operation: "CreateClusterNodePool", Reset: true, Count: 1})              // nothing was done
	w.srv.Inject(acktest.Fault{Operation: "CreateClusterNodePool", Reset: true, After: true, Count: 1}) // and now it was
	w.srv.Inject(acktest.Fault{Operation: "DescribeClusterDetail", Status: http.StatusBadGateway, HTML: true, Skip: 5, Count: 1})
	w.until(t, 2)
	w.srv.FailNext("ModifyClusterNodePool", acktest.Failure{Code: "NoStock", Message: "The instance type is sold out.", Stage: "create_instances"})
	w.o.wanted.Pools[0].Size = 3
	w.until(t, 3)
	pools, err := w.srv.Client(t).DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: w.o.wanted.ID})
	require.NoError(t, err)
	names := map[string]int{}
	for _, p := range pools.NodePools {
		names[p.NodePoolInfo.Name]++
	}
	assert.Equal(t, 1, names["workers"], "a pool is not made twice when a response is lost")
	t.Logf("%v by the clock of the server took %v in real time", w.srv.Now().Sub(w.begin), time.Since(begin))
}

func TestOperatorStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t, workers())
	w.srv.Respond("CreateClusterNodePool", acktest.Response{Status: http.StatusForbidden, Body: `{"code": "Forbidden.RAM"}`})
	err := w.o.run(t.Context(), func(context.Context, time.Duration) error { return nil })
	require.ErrorIs(t, err, roa.ErrForbidden)
	require.ErrorContains(t, err, "node pool workers: ")

	w.o.wanted.ID = "c-missing"
	require.ErrorIs(t, w.o.run(t.Context(), nil), roa.ErrNotFound)
}

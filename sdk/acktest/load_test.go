package acktest

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

// connections is how many clients send requests at the same time.
const connections = 64

// BenchmarkLoad measures requests of many clients, with and without the state of the server: what it costs to remember. An error of any request
// fails it. Each client makes clusters, looks at them, scales them and deletes them again, so that the heap stays
// within what the server remembers of the last requests, tasks and events. One iteration is one request:
//
//	go test ./sdk/acktest -run '^$' -bench Load -benchtime 50000x
func BenchmarkLoad(b *testing.B) {
	b.Run("state", func(b *testing.B) { benchmarkLoad(b, WithQuota(plenty)) })
	b.Run("examples", func(b *testing.B) { benchmarkLoad(b, WithExamples()) })
}

func benchmarkLoad(b *testing.B, opts ...Option) {
	b.Helper()
	srv := NewServer(b, opts...)
	before := heap()
	var failed, clients atomic.Int64
	b.SetParallelism((connections + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		l := load{srv: srv, client: srv.Client(b), name: fmt.Sprintf("load-%d", clients.Add(1))}
		for step := 0; pb.Next(); step++ {
			if err := l.request(b.Context(), step); err != nil && failed.Add(1) == 1 {
				b.Errorf("request %d of a client: %v", step, err)
			}
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(failed.Load()), "errors")
	b.ReportMetric(float64(before)/(1<<20), "MiB-before")
	b.ReportMetric(float64(heap())/(1<<20), "MiB-after")
	require.NotEmpty(b, srv.Requests())
}

// heap returns how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A load is a client with the cluster that it works on.
type load struct {
	srv                 *Server
	client              *ack.Client
	name, cluster, pool string
}

// request sends the request of a step. After ten steps, the cluster is gone again.
func (l *load) request(ctx context.Context, step int) error {
	switch step % 10 {
	case 0:
		out, err := l.client.CreateCluster(ctx, &ack.CreateClusterRequest{Name: l.name, RegionID: "cn-hangzhou"})
		if err == nil {
			l.cluster = out.ClusterID
			l.srv.Advance(settled)
		}
		return err
	case 1:
		out, err := l.client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
			ClusterID: l.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(int64(2))},
		})
		if err == nil {
			l.pool = out.NodePoolID
			l.srv.Advance(settled)
		}
		return err
	case 2, 6:
		_, err := l.client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: l.cluster})
		return err
	case 3, 7:
		_, err := l.client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{RegionID: "cn-hangzhou"})
		return err
	case 4:
		_, err := l.client.ScaleClusterNodePool(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: l.cluster, NodePoolID: l.pool, Count: new(int64(2))})
		l.srv.Advance(settled)
		return err
	case 5:
		_, err := l.client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: l.cluster})
		return err
	case 8:
		_, err := l.client.DescribeEvents(ctx, &ack.DescribeEventsRequest{ClusterID: new(l.cluster)})
		return err
	default:
		_, err := l.client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: l.cluster})
		l.srv.Advance(settled)
		return err
	}
}

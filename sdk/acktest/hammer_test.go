package acktest

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackfake"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// A hammer does at random what tests do with a server, in many goroutines at the same time. Requests may fail, as others restore snapshots meanwhile.
type hammer struct {
	t   *testing.T
	srv *Server

	mu        sync.Mutex
	clusters  []string
	snapshots [][]byte
	configs   []*kubeconfig.Config
}

// pick returns one of a list, or the zero value where it is empty.
func pick[T any](h *hammer, random *rand.Rand, list *[]T) (out T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(*list) > 0 {
		out = (*list)[random.IntN(len(*list))]
	}
	return out
}

func keep[T any](h *hammer, list *[]T, value T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*list = append(*list, value)
}

// control does something that is no request.
func (h *hammer) control(random *rand.Rand) {
	switch random.IntN(7) {
	case 0:
		h.srv.FailNext("CreateClusterNodePool", Failure{Message: "as wanted"})
	case 1:
		end := h.srv.Inject(Fault{Group: "Clusters", Delay: time.Second, Share: 0.5, Count: 1 + random.IntN(3), Reset: random.IntN(2) == 0})
		if random.IntN(2) == 0 {
			end()
		}
	case 2:
		h.srv.Respond("DescribeClusterDetail", Response{Status: http.StatusTooManyRequests, Body: `{"code":"Throttling.User"}`})
	case 3:
		h.srv.Override(ackfake.Overrides{DescribeEvents: func(context.Context, *ack.DescribeEventsRequest) (*ack.DescribeEventsResponse, error) {
			return nil, roafake.Pass
		}})
	case 4:
		saved, err := h.srv.Snapshot()
		if assert.NoError(h.t, err) {
			keep(h, &h.snapshots, saved)
		}
	case 5:
		if saved := pick(h, random, &h.snapshots); saved != nil {
			assert.NoError(h.t, h.srv.Restore(saved))
		}
	default:
		h.srv.Advance(time.Duration(random.IntN(600)) * time.Second)
	}
}

// request sends a request to the service.
func (h *hammer) request(ctx context.Context, random *rand.Rand, client *ack.Client) {
	id := or(pick(h, random, &h.clusters))
	switch random.IntN(7) {
	case 0:
		name := fmt.Sprintf("hammer-%d", random.Uint32())
		if out, err := client.CreateCluster(ctx, &ack.CreateClusterRequest{Name: name, RegionID: "cn-hangzhou"}); err == nil {
			keep(h, &h.clusters, out.ClusterID)
		}
	case 1:
		_, _ = client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
			ClusterID: id, NodePoolInfo: &ack.NodePoolInfoSpec{Name: fmt.Sprintf("pool-%d", random.Uint32())},
			ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(random.Int64N(3))},
		})
	case 2:
		_, _ = client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	case 3:
		_, _ = client.DescribeEvents(ctx, &ack.DescribeEventsRequest{})
	case 4:
		_, _ = client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: id})
	case 5:
		_, _ = client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id})
	default:
		out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
		if err != nil {
			return
		}
		if config, err := kubeconfig.Parse(out.Config); assert.NoError(h.t, err) {
			keep(h, &h.configs, config)
		}
	}
}

// inside sends a request to the Kubernetes API of a cluster, which may be gone.
func (h *hammer) inside(ctx context.Context, random *rand.Rand) {
	config := pick(h, random, &h.configs)
	if config == nil {
		return
	}
	method, path, body := http.MethodGet, "/api/v1/nodes", ""
	switch random.IntN(4) {
	case 0:
		method, path = http.MethodPost, podsPath
		body = fmt.Sprintf(`{"metadata":{"name":"pod-%d"},"spec":{"containers":[{"name":"a","image":"b"}]}}`, random.Uint32())
	case 1:
		method, path, body = http.MethodPost, "/api/v1/namespaces", fmt.Sprintf(`{"metadata":{"name":"n-%d"}}`, random.Uint32())
	case 2:
		path += "?watch=true&timeoutSeconds=1"
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 5*time.Millisecond) // it would go on
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, method, config.BaseURL()+path, strings.NewReader(body))
	if !assert.NoError(h.t, err) {
		return
	}
	req.Header.Set("Content-Type", "application/json")
	client := config.HTTPClient()
	defer client.CloseIdleConnections()
	if resp, err := client.Do(req); err == nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		assert.NotEqual(h.t, http.StatusInternalServerError, resp.StatusCode, "%s %s", method, path)
	}
}

// begin leaves a cluster and its kubeconfig, as no chance makes sure that one comes to be.
func (h *hammer) begin(ctx context.Context, client *ack.Client) {
	created, err := client.CreateCluster(ctx, &ack.CreateClusterRequest{Name: "hammer", RegionID: "cn-hangzhou"})
	require.NoError(h.t, err)
	h.srv.Advance(time.Hour)
	out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: created.ClusterID})
	require.NoError(h.t, err)
	config, err := kubeconfig.Parse(out.Config)
	require.NoError(h.t, err)
	h.clusters, h.configs = []string{created.ClusterID}, []*kubeconfig.Config{config}
}

// TestHammer does everything at once for a while. Nothing waits for ever, the server goes on to serve, and every snapshot is a state in itself.
func TestHammer(t *testing.T) {
	t.Parallel()
	const goroutines, steps = 16, 25
	srv, err := Start(WithSeed(7)) // not all faults happen
	require.NoError(t, err)
	defer srv.Close()
	h := &hammer{t: t, srv: srv}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	h.begin(ctx, srv.Client(t))
	var wg sync.WaitGroup
	for i := range goroutines {
		random := rand.New(rand.NewPCG(uint64(i), 12)) //nolint:gosec // tests must be repeatable
		client := srv.Client(t)
		wg.Go(func() {
			for range steps {
				switch random.IntN(4) {
				case 0:
					h.control(random)
				case 1:
					h.inside(ctx, random)
				default:
					h.request(ctx, random, client)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		require.Fail(t, "somebody waits for ever")
	}
	require.NotEmpty(t, h.snapshots)
	for _, saved := range h.snapshots {
		next, err := Start(WithSnapshot(saved))
		require.NoError(t, err)
		assertSound(t, next)
		next.Close()
	}
	require.NoError(t, srv.Restore(h.snapshots[0]))
	assertSound(t, srv)
}

// assertSound holds what is true of every state once nothing is under way: nodes have their pools, counts match, and tasks have ended.
func assertSound(t *testing.T, srv *Server) {
	t.Helper()
	ctx, client := t.Context(), srv.Client(t)
	srv.Advance(settled)
	for c, err := range client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{}) {
		require.NoError(t, err)
		list, err := client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: c.ClusterID})
		require.NoError(t, err)
		want, got := map[string]int64{}, map[string]int64{}
		for _, p := range list.NodePools {
			want[p.NodePoolInfo.NodePoolID] = p.Status.TotalNodes
			got[p.NodePoolInfo.NodePoolID] = 0
		}
		for n, err := range client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: c.ClusterID, PageSize: new("100")}) {
			require.NoError(t, err)
			got[n.NodePoolID]++
		}
		assert.Equal(t, want, got, "nodes by pool")
		for task, err := range client.DescribeClusterTasksAll(ctx, &ack.DescribeClusterTasksRequest{ClusterID: c.ClusterID}) {
			require.NoError(t, err)
			assert.NotEqual(t, ack.TaskStateRunning, task.State, "every task ends")
		}
	}
}

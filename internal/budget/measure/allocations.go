// Package measure counts what package limits compares: allocations of calls through
// the generated client, lines and names of Go files, and bytes of programs. All of it is the same in each run of the same code under the same version
// of Go. It imports the SDK, the standard library and its own siblings.
package measure

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A call is something to count the allocations of, with the responses that it gets.
type call struct {
	name      string
	responses []response
	options   []roa.Option
	do        func(ctx context.Context, client *ack.Client) error
}

const (
	small = `{"name":"shop","cluster_id":"c82e6987e2961451182edacd74faf1234","state":"running","size":3,` +
		`"region_id":"cn-beijing","created":"2020-08-20T10:51:29+08:00","tags":[{"key":"env","value":"prod"}]}`
	drifted    = `{"name":"shop","cluster_id":"c82e6987e2961451182edacd74faf1234","state":"running","size":"3","unheard_of":true}`
	kubeconfig = `{"config":"apiVersion: v1\nkind: Config\nclusters: []\n","expiration":"2024-03-10T09:56:17Z"}`
	created    = `{"nodepool_id":"np31da1b38983f4511b490fc62108a1234","task_id":"T-5faa48fb31b6b8078d000006"}`
	refused    = `{"code":"ErrorClusterNotFound","message":"cluster not found","requestId":"687C5BAA-D103-4993-884B-C35E4314A1E1","status":404}`
	busy       = `{"code":"ServiceUnavailable","message":"try again","requestId":"687C5BAA-D103-4993-884B-C35E4314A1E1","status":503}`
)

// ignoreDrift asks for differences between responses and the spec.
var ignoreDrift = roa.WithDriftHook(func(roa.Drift) {})

// calls are all whose allocations have a limit.
func calls() []call {
	getSmall, listNodes := []response{{http.StatusOK, small}}, func(count int) []response {
		return []response{{http.StatusOK, nodes(0, count, count)}}
	}
	return []call{
		{name: "small GET", responses: getSmall, do: get},
		{name: "small GET, signed with HMAC-SHA1", responses: getSmall, options: []roa.Option{roa.WithSignature(roa.ROAHMACSHA1)}, do: get},
		{name: "small GET, validated", responses: getSmall, options: []roa.Option{roa.WithValidation()}, do: get},
		{name: "small GET, retried after a 503", responses: []response{{http.StatusServiceUnavailable, busy}, {http.StatusOK, small}}, do: get},
		{name: "small GET, refused with a 404", responses: []response{{http.StatusNotFound, refused}}, do: getRefused},
		{name: "small GET, with a drift hook", responses: getSmall, options: []roa.Option{ignoreDrift}, do: get},
		{name: "small GET that drifts, with a drift hook", responses: []response{{http.StatusOK, drifted}}, options: []roa.Option{ignoreDrift}, do: get},
		{name: "kubeconfig", responses: []response{{http.StatusOK, kubeconfig}}, do: getKubeconfig},
		{name: "list of 1 node", responses: listNodes(1), do: list},
		{name: "list of 100 nodes", responses: listNodes(100), do: list},
		{name: "pages of 100 nodes, twice", responses: []response{{http.StatusOK, nodes(0, 100, 200)}, {http.StatusOK, nodes(100, 100, 200)}}, do: pages},
		{name: "POST of a node pool", responses: []response{{http.StatusOK, created}}, do: create},
		{name: "POST of a node pool, validated", responses: []response{{http.StatusOK, created}}, options: []roa.Option{roa.WithValidation()}, do: create},
		{name: "wait of one poll", responses: getSmall, do: wait},
	}
}

func get(ctx context.Context, client *ack.Client) error {
	_, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: "c82e6987e2961451182edacd74faf1234"})
	return err
}

func getKubeconfig(ctx context.Context, client *ack.Client) error {
	_, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c82e6987e2961451182edacd74faf1234"})
	return err
}

func getRefused(ctx context.Context, client *ack.Client) error {
	if err := get(ctx, client); !errors.Is(err, roa.ErrNotFound) {
		return fmt.Errorf("a 404 was expected, and not: %w", err)
	}
	return nil
}

var nodesRequest = &ack.DescribeClusterNodesRequest{ClusterID: "c82e6987e2961451182edacd74faf1234", PageSize: new("100")}

func list(ctx context.Context, client *ack.Client) error {
	_, err := client.DescribeClusterNodes(ctx, nodesRequest)
	return err
}

func pages(ctx context.Context, client *ack.Client) error {
	count := 0
	for page, err := range client.DescribeClusterNodesPages(ctx, nodesRequest) {
		if err != nil {
			return err
		}
		count += len(page.Nodes)
	}
	if count != 200 {
		return fmt.Errorf("there were %d nodes", count)
	}
	return nil
}

var poolRequest = &ack.CreateClusterNodePoolRequest{
	ClusterID:    "c82e6987e2961451182edacd74faf1234",
	NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
	ScalingGroup: &ack.ScalingGroupSpec{
		InstanceTypes:      []string{"ecs.g7.xlarge", "ecs.g7.2xlarge"},
		VSwitchIDs:         []string{"vsw-wz9mfnhmssud6eicu1234"},
		SystemDiskCategory: new(ack.DiskCategoryCloudESSD),
		SystemDiskSize:     new(int64(120)),
		Tags:               []ack.Tag{{Key: "env", Value: new("prod")}},
	},
	KubernetesConfig: &ack.KubernetesConfig{Labels: []ack.NodeLabel{{Key: "env", Value: new("prod")}}},
	AutoScaling:      &ack.AutoScaling{Enable: new(true), MinInstances: new(int64(1)), MaxInstances: new(int64(10))},
}

func create(ctx context.Context, client *ack.Client) error {
	_, err := client.CreateClusterNodePool(ctx, poolRequest)
	return err
}

func wait(ctx context.Context, client *ack.Client) error {
	_, err := client.WaitClusterRunning(ctx, &ack.DescribeClusterDetailRequest{ClusterID: "c82e6987e2961451182edacd74faf1234"})
	return err
}

// runs is how often a call is made and counted.
const runs = 100

// count returns how many allocations the call takes. The collector rests meanwhile, as
// it empties the pools that calls take buffers from.
func (c call) count(ctx context.Context) (int, error) {
	options := append(slices.Clone(c.options),
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials("id", "secret", "")),
		roa.WithHTTPClient(&http.Client{Transport: &canned{responses: c.responses}}),
		roa.WithSleep(func(context.Context, time.Duration) error { return nil }))
	client, err := ack.New(options...)
	if err != nil {
		return 0, err
	}
	var failed error
	once := func() {
		if err := c.do(ctx, client); err != nil {
			failed = err
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	_ = testing.AllocsPerRun(runs, once) // fills pools and caches
	counted := testing.AllocsPerRun(runs, once)
	if failed != nil {
		return 0, fmt.Errorf("count allocations of %s: %w", c.name, failed)
	}
	return int(counted), nil
}

// Allocations counts the heap allocations of calls over a transport without a network.
func Allocations(ctx context.Context) (limits.Group, error) {
	g := limits.Group{
		Name:  "allocations",
		About: "Heap allocations of one call through the generated client and the client of net/http, without a connection: the response lies in memory.",
	}
	counted := map[string]int{}
	for _, c := range calls() {
		n, err := c.count(ctx)
		if err != nil {
			return g, err
		}
		counted[c.name] = n
		g.Numbers = append(g.Numbers, limits.Number{Name: c.name, Value: n})
	}
	g.Numbers = append(g.Numbers, limits.Number{
		Name: "99 nodes more in a list", Value: counted["list of 100 nodes"] - counted["list of 1 node"],
	})
	return g, nil
}

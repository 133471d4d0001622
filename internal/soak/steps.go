package soak

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// actions are what an operator does with a running cluster.
func (l *life) actions() []func(context.Context) {
	return []func(context.Context){
		l.createPool, l.createPool, l.createPool, l.grow, l.grow, l.deletePool, l.removeNode,
		l.look, l.look, l.list, l.list, l.giveUp, l.giveUp,
		l.upgrade, l.install, l.tag, l.examine, l.template, l.kubernetes, l.operate,
	}
}

// createPool creates a node pool, and looks for it by its name.
func (l *life) createPool(ctx context.Context) {
	name := l.name("pool")
	c := l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
			ClusterID: l.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: name},
			ScalingGroup: &ack.ScalingGroupSpec{
				InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(l.random.Int64N(3)),
			},
		})
		return err
	})
	var found []string
	if !l.insist(ctx, "list node pools", func(ctx context.Context) error {
		out, err := l.client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: l.cluster})
		if err != nil {
			return err
		}
		found = nil
		for _, p := range out.NodePools {
			if p.NodePoolInfo.Name == name {
				found = append(found, p.NodePoolInfo.NodePoolID)
			}
		}
		return nil
	}) {
		return
	}
	if c.found = len(found); c.found > 0 {
		l.pools = append(l.pools, found[0])
		l.awaitActive(ctx, found[0])
	}
}

func (l *life) awaitActive(ctx context.Context, pool string) {
	l.await(ctx, func(ctx context.Context) error {
		_, err := l.client.WaitNodePoolActive(ctx, l.poolDetail(pool), waitLimit)
		return err
	})
}

func (l *life) poolDetail(pool string) *ack.DescribeClusterNodePoolDetailRequest {
	return &ack.DescribeClusterNodePoolDetailRequest{ClusterID: l.cluster, NodePoolID: pool}
}

// pool returns one of the node pools, or an id that nothing has.
func (l *life) pool() string {
	if len(l.pools) == 0 {
		return "np-nothing"
	}
	return l.pools[l.random.IntN(len(l.pools))]
}

// wanted returns how many nodes a pool is to have.
func (l *life) wanted(ctx context.Context, pool string) (n int64, ok bool) {
	ok = l.insist(ctx, "describe a node pool", func(ctx context.Context) error {
		out, err := l.client.DescribeClusterNodePoolDetail(ctx, l.poolDetail(pool))
		if err != nil {
			return err
		}
		if out.ScalingGroup.DesiredSize == nil {
			return errors.New("the pool has no size")
		}
		n = *out.ScalingGroup.DesiredSize
		return nil
	})
	return n, ok
}

// grow adds a node to a pool, and looks whether it is one that is wanted more.
func (l *life) grow(ctx context.Context) {
	if len(l.pools) == 0 {
		return
	}
	pool := l.pool()
	before, ok := l.wanted(ctx, pool)
	if !ok {
		return
	}
	c := l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.ScaleClusterNodePool(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: l.cluster, NodePoolID: pool, Count: new(int64(1))})
		return err
	})
	if after, ok := l.wanted(ctx, pool); ok {
		c.found = int(after - before)
	}
	l.awaitActive(ctx, pool)
}

// deletePool deletes a node pool, and does so again until it is gone.
func (l *life) deletePool(ctx context.Context) {
	if len(l.pools) == 0 {
		return
	}
	pool := l.pool()
	l.pools = slices.DeleteFunc(l.pools, func(p string) bool { return p == pool })
	l.insistGone(ctx, "delete a node pool", func(ctx context.Context) error {
		_, err := l.client.DeleteClusterNodepool(ctx, &ack.DeleteClusterNodepoolRequest{ClusterID: l.cluster, NodePoolID: pool, Force: new(true)})
		return err
	})
	l.await(ctx, func(ctx context.Context) error {
		_, err := l.client.WaitNodePoolDeleted(ctx, l.poolDetail(pool), waitLimit)
		return err
	})
}

// removeNode removes a node of a pool.
func (l *life) removeNode(ctx context.Context) {
	pool := l.pool()
	var nodes []ack.Node
	l.try(ctx, func(ctx context.Context) (err error) {
		nodes, err = collectAll(l.client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: l.cluster, NodePoolID: &pool}))
		return err
	})
	if len(nodes) == 0 {
		return
	}
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.RemoveNodePoolNodes(ctx, &ack.RemoveNodePoolNodesRequest{
			ClusterID: l.cluster, NodePoolID: pool, InstanceIDs: []string{nodes[0].InstanceID}, ReleaseNode: new(true),
		})
		return err
	})
	l.awaitActive(ctx, pool)
}

// look reads single things.
func (l *life) look(ctx context.Context) {
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.DescribeClusterDetail(ctx, l.detail())
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.DescribeClusterNodePoolDetail(ctx, l.poolDetail(l.pool())) // which may be one that is not there
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.ListClusterAddonInstances(ctx, &ack.ListClusterAddonInstancesRequest{ClusterID: l.cluster})
		return err
	})
}

// list goes through lists of many pages.
func (l *life) list(ctx context.Context) {
	l.try(ctx, func(ctx context.Context) error {
		_, err := collectAll(l.client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{PageSize: new(int64(2))}))
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		_, err := collectAll(l.client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: l.cluster, PageSize: new("2")}))
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		_, err := collectAll(l.client.DescribeClusterTasksAll(ctx, &ack.DescribeClusterTasksRequest{ClusterID: l.cluster, PageSize: new(int32(3))}))
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		for _, err := range l.client.DescribeClusterEventsAll(ctx, &ack.DescribeClusterEventsRequest{ClusterID: l.cluster}) {
			return err // leaves the list early
		}
		return nil
	})
}

// giveUp ends calls before they are through, unsafe ones included.
func (l *life) giveUp(ctx context.Context) {
	l.hasten(ctx, "RunClusterCheck", func(ctx context.Context) error {
		// It may be carried out later: nothing else looks at what it does.
		_, err := l.client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{ClusterID: l.cluster, Type: ack.ClusterCheckTypeClusterUpgrade})
		return err
	})
	l.hasten(ctx, "DescribeClustersV1", func(ctx context.Context) error {
		_, err := collectAll(l.client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{PageSize: new(int64(1))}))
		return err
	})
}

// upgrade upgrades the cluster and waits for the task, which may be one that was not told of.
func (l *life) upgrade(ctx context.Context) {
	var task string
	l.try(ctx, func(ctx context.Context) error {
		out, err := l.client.UpgradeCluster(ctx, &ack.UpgradeClusterRequest{ClusterID: l.cluster})
		if err == nil {
			task = out.TaskID
		}
		return err
	})
	if task != "" {
		l.await(ctx, func(ctx context.Context) error {
			_, err := l.client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: task}, waitLimit)
			return err
		})
	}
	l.awaitRunning(ctx)
}

func (l *life) install(ctx context.Context) {
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.InstallClusterAddons(ctx, &ack.InstallClusterAddonsRequest{
			ClusterID: l.cluster, Items: []ack.AddonInstall{{Name: "ack-node-problem-detector"}},
		})
		return err
	})
	l.awaitRunning(ctx)
}

func (l *life) tag(ctx context.Context) {
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.TagResources(ctx, &ack.TagResourcesRequest{
			ResourceIDs: []string{l.cluster}, ResourceType: "CLUSTER", RegionID: region, Tags: []ack.Tag{{Key: "life", Value: new(l.name("tag"))}},
		})
		return err
	})
}

// examine starts a check and a diagnosis.
func (l *life) examine(ctx context.Context) {
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{ClusterID: l.cluster, Type: ack.ClusterCheckTypeClusterUpgrade})
		return err
	})
	l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
			ClusterID: l.cluster, Type: new(ack.DiagnosisTypeNode), Target: map[string]any{"name": "nobody"},
		})
		return err
	})
}

// template creates an orchestration template, looks for it and deletes it.
func (l *life) template(ctx context.Context) {
	name := l.name("template")
	c := l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.CreateTemplate(ctx, &ack.CreateTemplateRequest{Name: name, TemplateType: new("kubernetes"), Template: roa.Secret("kind: ConfigMap")})
		return err
	})
	var found []string
	if !l.insist(ctx, "list templates", func(ctx context.Context) error {
		all, err := collectAll(l.client.DescribeTemplatesAll(ctx, &ack.DescribeTemplatesRequest{TemplateType: new("kubernetes"), PageSize: new(int64(100))}))
		if err != nil {
			return err
		}
		found = nil
		for _, t := range all {
			if t.Name == name {
				found = append(found, t.ID)
			}
		}
		return nil
	}) {
		return
	}
	c.found = len(found)
	for _, id := range found {
		l.insistGone(ctx, "delete a template", func(ctx context.Context) error {
			_, err := l.client.DeleteTemplate(ctx, &ack.DeleteTemplateRequest{TemplateID: id})
			return err
		})
	}
}

// kubernetes reads the kubeconfig and calls the API of the cluster with it.
func (l *life) kubernetes(ctx context.Context) {
	var config *kubeconfig.Config
	c := l.try(ctx, func(ctx context.Context) (err error) {
		config, err = kubeconfig.Fetch(ctx, l.client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: l.cluster})
		return err
	})
	if c.err != nil {
		return
	}
	client := config.HTTPClient()
	defer client.CloseIdleConnections()
	l.inside(ctx, client, http.MethodGet, config.BaseURL()+"/api/v1/nodes", "")
	pod := fmt.Sprintf(`{"metadata":{"name":%q},"spec":{"containers":[{"name":"a","image":"b"}]}}`, l.name("pod"))
	l.inside(ctx, client, http.MethodPost, config.BaseURL()+"/api/v1/namespaces/default/pods", pod)
}

// inside calls the API of the cluster, where no faults happen.
func (l *life) inside(ctx context.Context, client *http.Client, method, url, body string) {
	status, err := send(ctx, client, method, url, body)
	if err != nil || status/100 != 2 {
		l.stuck = append(l.stuck, fmt.Sprintf("worker %d: %s %s responds with %d: %v", l.number, method, url, status, err))
	}
}

func send(ctx context.Context, client *http.Client, method, url, body string) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// operate follows the kubeconfig of the cluster as programs do that run for long.
func (l *life) operate(ctx context.Context) {
	source := kubeconfig.NewSource(l.client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: l.cluster})
	client := source.HTTPClient()
	defer client.CloseIdleConnections()
	var config *kubeconfig.Config
	c := l.try(ctx, func(ctx context.Context) (err error) {
		config, err = source.Config(ctx)
		return err
	})
	if c.err == nil {
		l.inside(ctx, client, http.MethodGet, config.BaseURL()+"/api/v1/namespaces", "")
	}
}

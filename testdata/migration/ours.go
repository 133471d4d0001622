package migration

import (
	"context"
	"errors"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Ours does the tasks with ackgen.
type Ours struct {
	Client *ack.Client
	// Delay is the time between two polls.
	Delay time.Duration
}

// Nodes returns the names of all nodes of a cluster.
func (o Ours) Nodes(ctx context.Context, clusterID string) ([]string, error) {
	var names []string
	for node, err := range o.Client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: clusterID, PageSize: new("100")}) {
		if err != nil {
			return nil, err
		}
		names = append(names, node.NodeName)
	}
	return names, nil
}

// Create creates a cluster, waits until it is ready, and returns its id.
func (o Ours) Create(ctx context.Context, name, region string) (string, error) {
	out, err := o.Client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{
		Name: name, RegionID: region, ClusterType: new(ack.ClusterTypeManagedKubernetes),
	}, roa.WaitDelay(o.Delay, o.Delay))
	if err != nil {
		return "", err
	}
	return out.ClusterID, nil
}

// Kubeconfig returns a kubeconfig that is valid for an hour.
func (o Ours) Kubeconfig(ctx context.Context, clusterID string) (string, error) {
	out, err := o.Client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID: clusterID, TemporaryDurationMinutes: new(int64(60)),
	})
	if err != nil {
		return "", err
	}
	return out.Config.Reveal(), nil
}

// State returns the state of a cluster, "gone" when there is no such cluster,
// and "busy" when the service goes on throttling.
func (o Ours) State(ctx context.Context, clusterID string) (string, error) {
	out, err := o.Client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: clusterID})
	switch {
	case err == nil:
		return string(out.State), nil
	case errors.Is(err, roa.ErrNotFound):
		return "gone", nil
	case errors.Is(err, roa.ErrThrottled):
		return "busy", nil
	default:
		return "", err
	}
}

// Tag puts a tag on a cluster.
func (o Ours) Tag(ctx context.Context, region, clusterID, key, value string) error {
	_, err := o.Client.TagResources(ctx, &ack.TagResourcesRequest{
		ResourceIDs:  []string{clusterID},
		ResourceType: ack.TagResourceTypeCluster,
		RegionID:     region,
		Tags:         []ack.Tag{{Key: key, Value: &value}},
	})
	return err
}

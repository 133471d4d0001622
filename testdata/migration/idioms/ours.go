package idioms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Ours works with ackgen.
type Ours struct {
	Client *ack.Client
	Delay  time.Duration // between two polls
}

// newOurs returns a client of ackgen.
func newOurs(region, id, secret string) (*ack.Client, error) {
	return ack.New(roa.WithRegion(region), roa.WithCredentials(roa.StaticCredentials(id, secret, "")))
}

// Create starts to create a cluster, and returns its id and that of the task.
func (o Ours) Create(ctx context.Context, region, name string) (cluster, task string, err error) {
	out, err := o.Client.CreateCluster(ctx, &ack.CreateClusterRequest{
		Name:        name,
		RegionID:    region,
		ClusterType: new(ack.ClusterTypeManagedKubernetes),
		Tags:        []ack.Tag{{Key: "team", Value: new("web")}},
	}, roa.CallTimeout(20*time.Second))
	if err != nil {
		return "", "", err
	}
	return out.ClusterID, out.TaskID, nil
}

// State returns the state of a cluster, or "gone".
func (o Ours) State(ctx context.Context, id string) (string, error) {
	out, err := o.Client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	if errors.Is(err, roa.ErrNotFound) {
		return "gone", nil
	}
	if refused, ok := errors.AsType[*roa.APIError](err); ok && errors.Is(err, roa.ErrThrottled) {
		return "", fmt.Errorf("try again later, request %s: %w", refused.RequestID, err)
	}
	if err != nil {
		return "", err
	}
	return string(out.State), nil
}

// Nodes returns the names of all nodes of a cluster.
func (o Ours) Nodes(ctx context.Context, id string) ([]string, error) {
	var names []string
	for node, err := range o.Client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id, PageSize: new("100")}) {
		if err != nil {
			return nil, err
		}
		names = append(names, node.NodeName)
	}
	return names, nil
}

// Wait returns when a task has ended well.
func (o Ours) Wait(ctx context.Context, task string) error {
	_, err := o.Client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: task}, roa.WaitDelay(o.Delay, o.Delay))
	if failed, ok := errors.AsType[*roa.TaskError](err); ok {
		return fmt.Errorf("the task failed with %s", failed.Code)
	}
	return err
}

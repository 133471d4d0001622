package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A cluster says which node pools there are to be.
type cluster struct {
	ID    string `json:"cluster_id"`
	Pools []pool `json:"pools"`
}

// A pool is a node pool as it is to be.
type pool struct {
	Name          string   `json:"name"`
	InstanceTypes []string `json:"instance_types"`
	VSwitchIDs    []string `json:"vswitch_ids"`
	Size          int64    `json:"size"`
}

// api is what an operator needs of a client: the interfaces of its operations, which clients, mocks and wrappers have.
type api interface {
	ack.DescribeClusterDetailCaller
	ack.DescribeClusterNodePoolsCaller
	ack.CreateClusterNodePoolCaller
	ack.ModifyClusterNodePoolCaller
	ack.DescribeClusterNodesCaller
	ack.RemoveNodePoolNodesCaller
}

// An operator keeps the pools of a cluster as they are wanted.
type operator struct {
	api    api
	wanted cluster
	log    *slog.Logger
}

// How long an operator rests: while something is under way, when all is as it should be, and after the service refused or did not respond.
const (
	whileBusy  = 15 * time.Second
	whenDone   = 5 * time.Minute
	afterError = 30 * time.Second
)

// run looks again and again, until the context ends, or the cluster is gone, or the service refuses for good.
func (o *operator) run(ctx context.Context, sleep func(context.Context, time.Duration) error) error {
	for {
		rest, err := o.look(ctx)
		if err != nil {
			return err
		}
		if err := sleep(ctx, rest); err != nil {
			return err
		}
	}
}

// look takes the steps that can be taken now, and returns when to look again.
func (o *operator) look(ctx context.Context) (time.Duration, error) {
	rest, err := o.reconcile(ctx)
	switch {
	case err == nil:
		return rest, nil
	case passes(err):
		// Whether a request was carried out whose response was lost shows at the next look.
		o.log.Warn("trying again later", "error", err)
		return afterError, nil
	default:
		return 0, err
	}
}

// passes reports whether an error is one of the moment.
func passes(err error) bool {
	for _, class := range []error{roa.ErrThrottled, roa.ErrConflict, roa.ErrServer} {
		if errors.Is(err, class) {
			return true
		}
	}
	class := roa.ErrorClass(err)
	return class == "connection" || class == "timeout"
}

// reconcile compares what is with what is wanted.
func (o *operator) reconcile(ctx context.Context) (time.Duration, error) {
	found, err := o.api.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: o.wanted.ID})
	if err != nil {
		return 0, err
	}
	if found.State != ack.ClusterStateRunning {
		o.log.Info("waiting for the cluster", "state", found.State)
		return whileBusy, nil
	}
	list, err := o.api.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: o.wanted.ID})
	if err != nil {
		return 0, err
	}
	there := make(map[string]ack.NodePool, len(list.NodePools))
	for _, p := range list.NodePools {
		there[p.NodePoolInfo.Name] = p
	}
	rest := whenDone
	for _, wanted := range o.wanted.Pools {
		is, ok := there[wanted.Name]
		busy, err := o.step(ctx, wanted, is, ok)
		if err != nil {
			return 0, fmt.Errorf("node pool %s: %w", wanted.Name, err)
		}
		if busy {
			rest = whileBusy
		}
	}
	return rest, nil
}

// step brings one pool nearer to what is wanted. It reports whether that is under way.
func (o *operator) step(ctx context.Context, wanted pool, is ack.NodePool, there bool) (busy bool, err error) {
	id := is.NodePoolInfo.NodePoolID
	switch {
	case !there:
		o.log.Info("creating a node pool", "pool", wanted.Name, "size", wanted.Size)
		_, err = o.api.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
			ClusterID:    o.wanted.ID,
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: wanted.Name},
			ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: wanted.InstanceTypes, VSwitchIDs: wanted.VSwitchIDs, DesiredSize: new(wanted.Size)},
		})
		return true, err
	case is.Status.State != ack.NodePoolStateActive:
		o.log.Info("waiting for a node pool", "pool", wanted.Name, "state", is.Status.State, "nodes", is.Status.TotalNodes)
		return true, nil
	case is.Status.FailedNodes > 0:
		return true, o.removeFailed(ctx, id)
	case is.Status.TotalNodes != wanted.Size:
		o.log.Info("scaling a node pool", "pool", wanted.Name, "from", is.Status.TotalNodes, "to", wanted.Size)
		_, err = o.api.ModifyClusterNodePool(ctx, &ack.ModifyClusterNodePoolRequest{
			ClusterID: o.wanted.ID, NodePoolID: id, ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(wanted.Size)},
		})
		return true, err
	}
	return false, nil
}

// removeFailed removes the nodes of a pool that did not come up, with their machines.
func (o *operator) removeFailed(ctx context.Context, poolID string) error {
	in := &ack.DescribeClusterNodesRequest{ClusterID: o.wanted.ID, NodePoolID: new(poolID), State: new(ack.NodeStateFilterFailed), PageSize: new("100")}
	var failed []string
	for node, err := range ack.DescribeClusterNodesPager.All(ctx, o.api.DescribeClusterNodes, in) {
		if err != nil {
			return err
		}
		failed = append(failed, node.InstanceID)
	}
	o.log.Info("removing nodes that failed", "instances", failed)
	_, err := o.api.RemoveNodePoolNodes(ctx, &ack.RemoveNodePoolNodesRequest{
		ClusterID: o.wanted.ID, NodePoolID: poolID, InstanceIDs: failed, ReleaseNode: new(true),
	})
	return err
}

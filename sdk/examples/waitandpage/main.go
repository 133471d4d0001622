// Command waitandpage creates a cluster with a node pool, waits until they run, ranges over the nodes, and deletes the cluster again. It does so
// at a fake ACK server in its own process; its functions work the same with the real service.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "waitandpage:", err)
		os.Exit(1)
	}
}

// run takes every step and tells about it on w.
func run(w io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	srv, err := acktest.Start()
	if err != nil {
		return err
	}
	defer srv.Close()
	client, err := ack.New(srv.Options()...)
	if err != nil {
		return err
	}
	progress := func(p roa.Progress) { fmt.Fprintln(w, line(p)) }
	out, err := createCluster(ctx, client, demo(), 40*time.Minute, progress)
	if err != nil {
		return err
	}
	if _, err := addPool(ctx, client, workers(out.ClusterID, 2)); err != nil {
		return err
	}
	if err := waitForNodes(ctx, client, out.ClusterID, 2); err != nil {
		return err
	}
	names, err := notRunning(ctx, client, out.ClusterID)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, out.ClusterID, "runs; nodes that do not:", names)

	if err := deleteCluster(ctx, client, out.ClusterID); err != nil {
		return err
	}
	fmt.Fprintln(w, out.ClusterID, "is gone")
	return nil
}

// demo is a cluster without nodes of its own.
func demo() *ack.CreateClusterRequest {
	return &ack.CreateClusterRequest{
		Name:        "demo",
		RegionID:    "cn-beijing",
		ClusterType: new(ack.ClusterTypeManagedKubernetes),
		VPCID:       new("vpc-bp1ixo1ouhygr34hgabcd"),
		VSwitchIDs:  []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
	}
}

// workers is a node pool of a cluster with so many nodes.
func workers(clusterID string, count int64) *ack.CreateClusterNodePoolRequest {
	return &ack.CreateClusterNodePoolRequest{
		ClusterID:    clusterID,
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
		ScalingGroup: &ack.ScalingGroupSpec{
			InstanceTypes: []string{"ecs.g7.xlarge"},
			VSwitchIDs:    []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
			DesiredSize:   &count,
		},
	}
}

// createCluster returns once the cluster is there. A task id in a response that
// comes with an error is for [goOn].
func createCluster(
	ctx context.Context, client *ack.Client, in *ack.CreateClusterRequest, timeout time.Duration, progress func(roa.Progress),
) (*ack.CreateClusterResponse, error) {
	out, err := client.CreateClusterAndWait(ctx, in, roa.WaitTimeout(timeout), roa.WaitProgress(progress))
	if taskErr, ok := errors.AsType[*roa.TaskError](err); ok {
		return out, fmt.Errorf("task %s failed in stage %s with %s: %w", taskErr.TaskID, taskErr.Stage, taskErr.Code, err)
	}
	if waitErr, ok := errors.AsType[*roa.WaitError](err); ok && errors.Is(err, roa.ErrWaitTimeout) {
		return out, fmt.Errorf("still %s after %d polls: %w", waitErr.State, waitErr.Attempts, err)
	}
	return out, err
}

// line describes a poll.
func line(p roa.Progress) string {
	switch {
	case p.Err != nil:
		return fmt.Sprintf("%s: %v; trying again in %v", p.Waiter, p.Err, p.Next)
	case p.Known:
		return fmt.Sprintf("%s is %s after %v", p.Waiter, p.State, p.Elapsed.Round(time.Second))
	default:
		return fmt.Sprintf("%s has a state that is new: %q", p.Waiter, p.State)
	}
}

// goOn waits for a task that was started earlier, perhaps by another process.
// Its id is all that has to be kept.
func goOn(ctx context.Context, tasks ack.TasksAPI, taskID string) error {
	_, err := ack.TaskWaiter.Wait(ctx, tasks.DescribeTaskInfo, &ack.DescribeTaskInfoRequest{TaskID: taskID})
	return err
}

// poolsAndTasks is what addPool needs of a client. A client has it, and so does
// a mock of all operations.
type poolsAndTasks interface {
	ack.NodePoolsAPI
	ack.TasksAPI
}

// addPool returns the id of a node pool once its task is over.
func addPool(ctx context.Context, api poolsAndTasks, in *ack.CreateClusterNodePoolRequest) (string, error) {
	out, err := ack.CreateClusterNodePoolTask.CallAndWait(ctx, api.CreateClusterNodePool, api.DescribeTaskInfo, in, roa.WaitTimeout(20*time.Minute))
	if err != nil {
		return "", err
	}
	return out.NodePoolID, nil
}

// waitForNodes returns once so many nodes run.
func waitForNodes(ctx context.Context, client *ack.Client, clusterID string, count int) error {
	in := &ack.DescribeClusterNodesRequest{ClusterID: clusterID, PageSize: new("100")}
	_, err := client.WaitNodesRunning(ctx, in, count, roa.WaitTimeout(20*time.Minute), roa.WaitDelay(5*time.Second, 15*time.Second))
	return err
}

// deleteCluster returns once the cluster is gone.
func deleteCluster(ctx context.Context, client *ack.Client, clusterID string) error {
	_, err := client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: clusterID})
	if err != nil && !errors.Is(err, roa.ErrNotFound) {
		return err
	}
	_, err = client.WaitClusterDeleted(ctx, &ack.DescribeClusterDetailRequest{ClusterID: clusterID}, roa.WaitTimeout(time.Hour))
	return err
}

// notRunning returns the names of the nodes that do not run.
func notRunning(ctx context.Context, client *ack.Client, clusterID string) ([]string, error) {
	var names []string
	for node, err := range client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: clusterID, PageSize: new("100")}) {
		if err != nil {
			return nil, err
		}
		if node.State != ack.NodeStateRunning {
			names = append(names, node.NodeName)
		}
	}
	return names, nil
}

// countNodes counts the nodes from page 3 on. It takes an interface, so that
// tests can use a mock.
func countNodes(ctx context.Context, api ack.NodesAPI, clusterID string) (int, error) {
	in := &ack.DescribeClusterNodesRequest{ClusterID: clusterID, PageNumber: new("3"), PageSize: new("50")}
	n := 0
	for page, err := range ack.DescribeClusterNodesPager.Pages(ctx, api.DescribeClusterNodes, in) {
		if err != nil {
			return 0, err
		}
		n += len(page.Nodes)
	}
	return n, nil
}

package soak

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// steps is how much a worker does with a cluster in one life.
const steps = 12

// A life is that of one cluster, which belongs to one worker.
type life struct {
	*worker

	cluster string
	pools   []string
	serial  int // of the names
}

// live creates a cluster, works on it and deletes it.
func (w *worker) live(ctx context.Context) {
	w.lives++
	l := &life{worker: w}
	if !l.create(ctx) {
		return
	}
	l.awaitRunning(ctx)
	actions := l.actions()
	for range steps {
		actions[w.random.IntN(len(actions))](ctx)
	}
	l.delete(ctx)
}

// name returns a name that nothing else has.
func (l *life) name(kind string) string {
	l.serial++
	return fmt.Sprintf("%s-%d-%d-%d", kind, l.number, l.lives, l.serial)
}

// create creates the cluster and looks for it by its name, as only that tells whether it is there when the response was lost.
func (l *life) create(ctx context.Context) bool {
	in := &ack.CreateClusterRequest{Name: l.name("cluster"), RegionID: region, KubernetesVersion: new("1.31.1-aliyun.1")}
	c := l.try(ctx, func(ctx context.Context) error {
		_, err := l.client.CreateCluster(ctx, in)
		return err
	})
	var found []string
	if !l.insist(ctx, "list clusters", func(ctx context.Context) (err error) {
		found, err = clustersNamed(ctx, l.client, in.Name)
		return err
	}) {
		return false
	}
	if c.found = len(found); c.found == 0 {
		return false
	}
	l.cluster = found[0]
	return true
}

// clustersNamed returns the ids of the clusters of a name that are not about to go.
func clustersNamed(ctx context.Context, client *ack.Client, name string) (ids []string, err error) {
	all, err := collectAll(client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{Name: &name}))
	for _, c := range all {
		if c.Name == name {
			ids = append(ids, c.ClusterID)
		}
	}
	return ids, err
}

func (l *life) detail() *ack.DescribeClusterDetailRequest {
	return &ack.DescribeClusterDetailRequest{ClusterID: l.cluster}
}

func (l *life) awaitRunning(ctx context.Context) {
	for range patience {
		c := l.await(ctx, func(ctx context.Context) error {
			_, err := l.client.WaitClusterRunning(ctx, l.detail(), waitLimit)
			return err
		})
		if c.err == nil {
			return
		}
	}
	l.stuck = append(l.stuck, fmt.Sprintf("worker %d: cluster %s does not come up", l.number, l.cluster))
}

// delete deletes the cluster, and again until it is gone: another change may be under way.
func (l *life) delete(ctx context.Context) {
	for range patience {
		l.try(ctx, func(ctx context.Context) error {
			_, err := l.client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: l.cluster, RetainAllResources: new(false)})
			return err
		})
		l.await(ctx, func(ctx context.Context) error {
			_, err := l.client.WaitClusterDeleted(ctx, l.detail(), waitLimit)
			return err
		})
		c := l.try(ctx, func(ctx context.Context) error {
			_, err := l.client.DescribeClusterDetail(ctx, l.detail())
			return err
		})
		if errors.Is(c.err, roa.ErrNotFound) {
			return
		}
	}
	l.stuck = append(l.stuck, fmt.Sprintf("worker %d: cluster %s cannot be deleted", l.number, l.cluster))
}

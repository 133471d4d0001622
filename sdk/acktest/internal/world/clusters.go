package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Cluster is a cluster with all that belongs to it, so that nothing is left when it goes.
type Cluster struct {
	ack.Cluster

	NodePools Table[NodePool]
	Nodes     Table[Node] // by instance id
}

// Cluster returns the cluster of an id, or the fault that there is none.
func (w *World) Cluster(id string) (*Cluster, error) {
	if c := w.Clusters.Get(id); c != nil {
		return c, nil
	}
	return nil, ClusterNotFound(id)
}

// ReadyCluster returns the cluster of an id that takes changes at present, or the fault why it does not.
func (w *World) ReadyCluster(id string) (*Cluster, error) {
	c, err := w.Cluster(id)
	if err != nil {
		return nil, err
	}
	if c.State != ack.ClusterStateRunning {
		return nil, Conflict("The cluster %s is %s, not running.", id, c.State)
	}
	return c, nil
}

// CreateCluster adds a cluster, which is ready when the task ends.
func (w *World) CreateCluster(c *Cluster) *Task {
	c.ClusterID, c.Created = w.NewHexID("c", 32), w.Now()
	w.Clusters.Put(c.ClusterID, c)
	return w.Start(createCluster, &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}})
}

// DeleteCluster starts to delete a cluster.
func (w *World) DeleteCluster(c *Cluster) *Task {
	w.Drop(c.ClusterID, nil)
	return w.Start(deleteCluster, &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}})
}

// setState changes what a cluster is doing.
func (w *World) setState(id string, state ack.ClusterState) {
	if c := w.Clusters.Get(id); c != nil {
		c.State, c.Updated = state, w.Now()
	}
}

// to returns the function of a kind that only changes the state of the cluster.
func to(state ack.ClusterState) func(*World, *Task) {
	return func(w *World, t *Task) { w.setState(t.ClusterID, state) }
}

func creatingCluster() *Kind {
	return &Kind{
		Type: "cluster_create",
		Stages: []Stage{
			{Name: "prepare_network", After: time.Minute},
			{Name: "create_control_plane", After: 5 * time.Minute},
			{Name: "install_addons", After: 2 * time.Minute},
		},
		Start:  to(ack.ClusterStateInitial),
		Finish: to(ack.ClusterStateRunning),
		Fail:   to(ack.ClusterStateFailed),
	}
}

func deletingCluster() *Kind {
	return &Kind{
		Type: "cluster_delete",
		Stages: []Stage{
			{Name: "delete_nodes", After: 2 * time.Minute},
			{Name: "delete_control_plane", After: 3 * time.Minute},
		},
		Start:  to(ack.ClusterStateDeleting),
		Finish: func(w *World, t *Task) { w.Clusters.Delete(t.ClusterID) },
		Fail:   to(ack.ClusterStateDeleteFailed),
	}
}

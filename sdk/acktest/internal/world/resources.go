package world

import (
	"fmt"
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
)

// addResource notes a cloud resource that was made for a cluster. Its name is that in the stack of the cluster.
func (w *World) addResource(c *Cluster, r ack.ClusterResource, name string) {
	r.ClusterID, r.Created, r.AutoCreate, r.CreatorType = c.ClusterID, w.Now(), new(int64(1)), ack.ClusterResourceCreatorTypeSystem
	r.DeleteBehavior.DeleteByDefault = r.ExtraInfo == nil
	r.DeleteBehavior.Changeable = r.ExtraInfo != nil
	r.ResourceInfo = name // the rest is made of it when somebody asks
	c.Resources = append(c.Resources, r)
}

// DescribeResources returns the cloud resources of a cluster as the service describes them.
func (c *Cluster) DescribeResources() []ack.ClusterResource {
	out := slices.Clone(c.Resources)
	if out == nil {
		out = []ack.ClusterResource{}
	}
	for i := range out {
		r := &out[i]
		r.State = c.resourceState()
		r.ResourceInfo = fmt.Sprintf(`{"Id":%q,"Name":%q,"Status":%q}`, r.ResourceInfo, r.ResourceInfo, r.State)
		if r.Dependencies == nil {
			r.Dependencies = []ack.ClusterResourceDependency{}
		}
	}
	return out
}

// resourceState returns how far all resources of a cluster are: they come and go with it.
func (c *Cluster) resourceState() ack.ClusterResourceState {
	switch c.State {
	case ack.ClusterStateInitial:
		return ack.ClusterResourceStateCreateInProgress
	case ack.ClusterStateFailed:
		return ack.ClusterResourceStateCreateFailed
	case ack.ClusterStateDeleting:
		return ack.ClusterResourceStateDeleteInProgress
	case ack.ClusterStateDeleteFailed:
		return ack.ClusterResourceStateDeleteFailed
	}
	return ack.ClusterResourceStateCreateComplete
}

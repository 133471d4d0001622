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

// ingress is the add-on that has a load balancer.
const ingress = "nginx-ingress-controller"

// allResources returns the cloud resources of a cluster, with those that its add-ons made.
func (c *Cluster) allResources() []ack.ClusterResource {
	out := slices.Clone(c.Resources)
	for name := range c.Addons.All() {
		for _, r := range c.addonResources(name) {
			if !slices.ContainsFunc(out, isResource(r.InstanceID)) { // an add-on takes what an earlier one left
				out = append(out, r)
			}
		}
	}
	return out
}

func isResource(id string) func(ack.ClusterResource) bool {
	return func(r ack.ClusterResource) bool { return r.InstanceID == id }
}

// addonResources returns the cloud resources that an add-on of a cluster makes.
func (c *Cluster) addonResources(name string) []ack.ClusterResource {
	if name != ingress {
		return nil
	}
	return []ack.ClusterResource{{
		ClusterID: c.ClusterID, InstanceID: c.ingressBalancer(), ResourceType: "ALIYUN::SLB::LoadBalancer", ResourceInfo: "nginx-ingress-lb",
		Created: c.Created, AutoCreate: new(int64(1)), CreatorType: ack.ClusterResourceCreatorTypeAddon,
		AssociatedObject: ack.ClusterResourceObject{Kind: "Service", Namespace: "kube-system", Name: "nginx-ingress-lb"},
		DeleteBehavior:   ack.ClusterResourceDeleteBehavior{DeleteByDefault: true, Changeable: true},
		ExtraInfo:        map[string]any{"type": string(ack.ClusterDeleteOptionResourceTypeSLB)},
	}}
}

// leave removes an add-on from a cluster. Its cloud resources go with it, or stay.
func (c *Cluster) leave(a *Addon) {
	for _, r := range c.addonResources(a.Name) {
		c.Resources = slices.DeleteFunc(slices.Clone(c.Resources), isResource(r.InstanceID))
		if a.Leaves {
			c.Resources = append(c.Resources, r)
		}
	}
	c.Addons.Delete(a.Name)
}

// ingressBalancer returns the id of the load balancer of the ingress controller, which follows from that of the cluster.
func (c *Cluster) ingressBalancer() string {
	if c.Addons.Get(ingress) == nil {
		return ""
	}
	return "lb-" + c.ClusterID[1:22]
}

// DescribeResources returns the cloud resources of a cluster as the service describes them.
func (c *Cluster) DescribeResources() []ack.ClusterResource {
	out := c.allResources()
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

package world

import (
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

const kubelet = "kubelet"

// NodeComponents returns the programs that can be installed on nodes of a cluster. The kubelet and the container runtime have
// the versions of the cluster and of new nodes. No source lists the others.
func (c *Cluster) NodeComponents() []ack.NodePoolComponent {
	const anything = `{"type":"object"}`
	return []ack.NodePoolComponent{
		{Name: kubelet, Version: c.CurrentVersion, ConfigSchema: `{"type":"object","properties":{"cpuManagerPolicy":{"type":"string","enum":["none","static"]}}}`},
		{Name: "containerd", Version: newestRuntime(c.CurrentVersion), ConfigSchema: anything},
		{Name: "node-problem-detector", Version: "0.8.19", ConfigSchema: anything},
	}
}

// firstComponents gives a new pool the kubelet and what its request names.
func (p *NodePool) firstComponents(c *Cluster) {
	named := p.NodeComponents
	p.NodeComponents = []ack.NodeComponent{{Name: kubelet, Version: c.CurrentVersion, ConfigRevision: "1"}}
	for _, component := range named {
		p.NodeComponents = SetComponent(p.NodeComponents, component)
	}
}

// SetComponent returns components with one that is added, or takes the place of that of its name. A version that is not given
// stays, as do settings, whose revision grows when they change.
func SetComponent(list []ack.NodeComponent, component ack.NodeComponent) []ack.NodeComponent {
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(other ack.NodeComponent) bool { return other.Name == component.Name })
	if i < 0 {
		component.ConfigRevision = "1"
		return append(list, component)
	}
	before := list[i]
	if component.Version != "" {
		list[i].Version = component.Version
	}
	overlay(&list[i].Config, &component.Config)
	if !reflect.DeepEqual(before.Config, list[i].Config) {
		revision, _ := strconv.Atoi(before.ConfigRevision) // It is a number, as only we write it.
		list[i].ConfigRevision = strconv.Itoa(revision + 1)
	}
	return list
}

// ChangeComponents makes of the components of a pool the given ones.
func (w *World) ChangeComponents(c *Cluster, p *NodePool, list []ack.NodeComponent, nodes []*Node, how Rollout) *Task {
	next := p.NodePool
	next.NodeComponents = list
	p.Next = &NodePoolChange{NodePool: next}
	return w.roll(changeComponents, c, p, nodes, how, Stage{Name: "change_components", After: time.Minute})
}

func changingComponents() *Kind {
	return rolling{stage: "change_components", done: func(*World, *Task, *Node) {}}.kind("nodepool_components")
}

// Components returns the components of a pool with the state of each: it is what the change under way does to it. No source
// lists the states but active.
func (p *NodePool) Components() []ack.NodeComponent {
	list := slices.Clone(p.NodeComponents)
	for i := range list {
		list[i].State = "active"
		if p.Next != nil {
			list[i].State = stateIn(p.Next.NodeComponents, p.NodeComponents[i])
		}
	}
	if p.Next == nil {
		return list
	}
	for _, component := range p.Next.NodeComponents {
		if !slices.ContainsFunc(list, func(other ack.NodeComponent) bool { return other.Name == component.Name }) {
			component.State = "installing"
			list = append(list, component)
		}
	}
	return list
}

// stateIn returns the state of a component that has the given ones before it.
func stateIn(next []ack.NodeComponent, component ack.NodeComponent) string {
	i := slices.IndexFunc(next, func(other ack.NodeComponent) bool { return other.Name == component.Name })
	switch {
	case i < 0:
		return "deleting"
	case !reflect.DeepEqual(next[i], component):
		return "updating"
	}
	return "active"
}

package nodecomponents

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// How many components pages have: no source tells.
const (
	usualPage = 10
	maxPage   = 100
)

func pageSize(wanted *int32) int32 {
	if n := behavior.Value(wanted); n > 0 {
		return min(n, maxPage)
	}
	return usualPage
}

// A change is what requests of both generations ask for.
type change struct {
	clusterID, poolID string
	set               []ack.NodeComponent
	remove            string // name of a component
	installed         bool   // what changes must be there already
	nodes             []string
	leaveNodes        bool
	how               world.Rollout
}

// start checks the change and starts it.
func (ch change) start(w *world.World) (*world.Task, error) {
	c, p, err := w.ReadyNodePool(ch.clusterID, ch.poolID)
	if err != nil {
		return nil, err
	}
	nodes, err := c.NodesNamed(ch.poolID, ch.nodes)
	if err != nil {
		return nil, err
	}
	if ch.leaveNodes {
		nodes = nil
	}
	list := slices.Clone(p.NodeComponents)
	for _, component := range ch.set {
		if err := ch.check(c, p, &component); err != nil {
			return nil, err
		}
		list = world.SetComponent(list, component)
	}
	if ch.remove != "" {
		if !has(list, ch.remove) {
			return nil, world.NotFound("node component", ch.remove)
		}
		if len(ch.nodes) == 0 {
			list = slices.DeleteFunc(list, func(other ack.NodeComponent) bool { return other.Name == ch.remove })
		}
	}
	return w.ChangeComponents(c, p, list, nodes, ch.how), nil
}

// check returns the fault of a component that there is not, and gives one that is new a version.
func (ch change) check(c *world.Cluster, p *world.NodePool, component *ack.NodeComponent) error {
	offers := c.NodeComponents()
	i := slices.IndexFunc(offers, func(o ack.NodePoolComponent) bool { return o.Name == component.Name })
	switch known := has(p.NodeComponents, component.Name); {
	case i < 0, ch.installed && !known:
		return world.NotFound("node component", component.Name)
	case component.Version == "" && !known:
		component.Version = offers[i].Version
	}
	return nil
}

func has(list []ack.NodeComponent, name string) bool {
	return slices.ContainsFunc(list, func(other ack.NodeComponent) bool { return other.Name == name })
}

// rollout returns how a change reaches nodes. Where the service decides, it is one node at a time, as older requests say.
func rollout(policy *ack.NodeComponentRollout) world.Rollout {
	if policy == nil {
		return world.Rollout{}
	}
	return world.Rollout{
		Batch:    behavior.Value(policy.MaxParallelism),
		Interval: time.Duration(behavior.Value(policy.BatchInterval)) * time.Second,
		Pause:    behavior.Value(policy.PausePolicy),
		MayFail:  behavior.Value(policy.MaxFailedNodes),
	}
}

// installRollout is rollout for older requests.
func installRollout(policy *ack.ComponentInstallRollout) world.Rollout {
	if policy == nil {
		return world.Rollout{}
	}
	return rollout(&ack.NodeComponentRollout{
		MaxParallelism: policy.MaxParallelism, BatchInterval: policy.BatchInterval, PausePolicy: policy.PausePolicy, MaxFailedNodes: policy.MaxFailedNodes,
	})
}

func installConfig(config *ack.ComponentInstallConfig) ack.NodeComponentConfig {
	if config == nil {
		return ack.NodeComponentConfig{}
	}
	return ack.NodeComponentConfig{CustomConfig: config.CustomConfig, Envs: config.Envs}
}

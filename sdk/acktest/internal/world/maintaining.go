package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// RepairNodePool repairs nodes of a pool: what does not work, works again.
func (w *World) RepairNodePool(c *Cluster, p *NodePool, nodes []*Node) *Task {
	return w.roll(repairNodePool, c, p, nodes, Rollout{Batch: int64(len(nodes))}, Stage{Name: "repair_nodes", After: 3 * time.Minute})
}

func repairingNodePool() *Kind {
	return rolling{stage: "repair_nodes", done: recoverNode}.kind("nodepool_repair")
}

// ConfigureNodes changes how the software on nodes of a pool is configured, batch by batch, and that of nodes to come. The
// service does not report the configuration of containerd.
func (w *World) ConfigureNodes(c *Cluster, p *NodePool, in *ack.ModifyNodePoolNodeConfigRequest, nodes []*Node, how Rollout) *Task {
	next := p.NodePool
	if in.KubeletConfig != nil {
		overlay(&next.NodeConfig.KubeletConfiguration, in.KubeletConfig)
	}
	if in.OSConfig != nil {
		overlay(&next.NodeConfig.NodeOSConfig, in.OSConfig)
	}
	p.Next = &NodePoolChange{NodePool: next}
	return w.roll(configureNodes, c, p, nodes, how, Stage{Name: "configure_nodes", After: 2 * time.Minute})
}

func configuringNodes() *Kind {
	return rolling{stage: "configure_nodes", begin: interrupt, done: recoverNode}.kind("nodepool_node_config")
}

// OperateNode runs a maintenance operation on one node. Its pool takes other changes meanwhile.
func (w *World) OperateNode(c *Cluster, n *Node) *Task {
	return w.Start(operateNode, &Task{ClusterID: c.ClusterID, Names: []string{n.InstanceID}, Target: ack.TaskTarget{ID: n.NodeName, Type: "node"}})
}

func operatingNode() *Kind {
	return &Kind{
		Type:   "node_operation",
		Stages: []Stage{{Name: "run_operation", After: time.Minute}},
		Start:  announce,
		Finish: func(w *World, t *Task) {
			for n := range w.nodesOf(t) {
				if n.settled() {
					n.run()
				}
				t.result(n.InstanceID, ack.TaskResultStatusSuccess)
			}
		},
		Fail: func(w *World, t *Task) {
			for n := range w.nodesOf(t) {
				t.result(n.InstanceID, ack.TaskResultStatusFailed)
			}
		},
	}
}

// ConfigureAutoscaling changes how a cluster scales its nodes: what the request leaves out stays.
func (w *World) ConfigureAutoscaling(c *Cluster, in *ack.CreateAutoscalingConfigRequest) *Task {
	c.NextAutoscaling = &ack.CreateAutoscalingConfigRequest{}
	overlay(c.NextAutoscaling, in)
	return w.Start(configureScaling, &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}})
}

func configuringScaling() *Kind {
	return &Kind{
		Type:   "cluster_autoscaling_config",
		Stages: []Stage{{Name: "apply_config", After: time.Minute}},
		Finish: func(w *World, t *Task) {
			c := w.Clusters.Get(t.ClusterID)
			overlay(&c.Autoscaling, c.NextAutoscaling)
			c.NextAutoscaling = nil
		},
		Fail: func(w *World, t *Task) { w.Clusters.Get(t.ClusterID).NextAutoscaling = nil },
	}
}

package world

import (
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// An EdgeMachine is a computer outside of the cloud that is registered with the account.
type EdgeMachine struct {
	ack.EdgeMachine

	// How far its activation has come.
	Activation ack.EdgeMachineActivationState
	Step       string
	Progress   int64
	Log        []EdgeLog
	// The cluster and node pool that it is a node of, if any.
	ClusterID, NodePoolID string
	ProductKey, Device    string // for the tunnel
}

// An EdgeLog is a line in the log of an activation.
type EdgeLog struct {
	Content   string `json:"content"`
	ID        int    `json:"id"`
	Level     int    `json:"level"`
	Timestamp int64  `json:"timestamp"` // in milliseconds since 1970
}

// States of an activation besides ack.EdgeMachineActivationStateActivated. No source tells how the service calls them.
const (
	EdgeActivating ack.EdgeMachineActivationState = "ACTIVATING"
	edgeFailed     ack.EdgeMachineActivationState = "FAILED"
)

// EdgeMachine returns the edge machine of an id, or the fault that there is none.
func (w *World) EdgeMachine(id string) (*EdgeMachine, error) {
	if m := w.EdgeMachines.Get(id); m != nil {
		return m, nil
	}
	return nil, NotFound("edge machine", id)
}

// ActivateEdgeMachine registers a machine and starts to activate it.
func (w *World) ActivateEdgeMachine(m *EdgeMachine) {
	m.EdgeMachineID, m.ProductKey, m.Device = w.NewHexID("cc", 31), w.NewID("a1", 9), strings.ToUpper(w.NewID("edge", 12))
	m.Created, m.Updated, m.Name = w.Now(), w.Now(), m.Hostname
	m.LifeState, m.OnlineState, m.Activation = ack.EdgeMachineLifeStateWaitOnline, ack.EdgeMachineOnlineStateOffline, EdgeActivating
	w.EdgeMachines.Put(m.EdgeMachineID, m)
	w.Start(activateEdgeMachine, &Task{Hidden: true, Target: ack.TaskTarget{ID: m.EdgeMachineID, Type: "edge_machine"}})
}

// DeleteEdgeMachine starts to remove a machine from the account.
func (w *World) DeleteEdgeMachine(m *EdgeMachine) {
	w.Start(deleteEdgeMachine, &Task{Hidden: true, Target: ack.TaskTarget{ID: m.EdgeMachineID, Type: "edge_machine"}})
}

// activatingEdgeMachine has the steps that the samples of the service show.
func activatingEdgeMachine() *Kind {
	return &Kind{
		Type: "edge_machine_activate",
		Stages: []Stage{
			{Name: "颁发激活凭证", After: 10 * time.Second},
			{Name: "检查系统环境", After: 20 * time.Second},
			{Name: "初始化主机配置", After: time.Minute},
		},
		Start: func(w *World, t *Task) { w.logStep(t, "颁发激活凭证", 0, "") },
		Enter: func(w *World, t *Task, stage string) {
			w.logStep(t, stage, int64(len(t.Stages)-1), t.Stages[len(t.Stages)-2].Name)
		},
		Finish: func(w *World, t *Task) {
			if m := w.logStep(t, "", 3, t.Stage()); m != nil {
				m.Hostname = strings.ToLower(w.NewID(m.Model+"-", 10))
				m.Name, m.Activation, m.ActiveTime = m.Hostname, ack.EdgeMachineActivationStateActivated, w.Now()
				m.LifeState, m.OnlineState = ack.EdgeMachineLifeStateActivated, ack.EdgeMachineOnlineStateOnline
			}
		},
		Fail: func(w *World, t *Task) {
			if m := w.activating(t); m != nil {
				m.Activation, m.Step = edgeFailed, step(t.Stage(), "执行失败")
				m.log(w.Now(), m.Step)
			}
		},
	}
}

// activating returns the machine that a task activates, or nil if it is being deleted meanwhile, or gone.
func (w *World) activating(t *Task) *EdgeMachine {
	if m := w.EdgeMachines.Get(t.Target.ID); m != nil && m.LifeState != ack.EdgeMachineLifeStateDeleting {
		return m
	}
	return nil
}

// logStep notes that the activation of a machine has ended one step and begun the next; either may be empty.
func (w *World) logStep(t *Task, begun string, done int64, ended string) *EdgeMachine {
	m := w.activating(t)
	if m == nil {
		return nil
	}
	if ended != "" {
		m.Step = step(ended, "执行成功")
		m.log(w.Now(), m.Step)
	}
	if begun != "" {
		m.Step = step(begun, "执行开始")
		m.log(w.Now(), m.Step)
	}
	m.Progress, m.Updated = done*100/3, w.Now()
	return m
}

func step(name, how string) string { return "步骤 '" + name + "' " + how }

func (m *EdgeMachine) log(now time.Time, content string) {
	m.Log = append(m.Log, EdgeLog{Content: content, ID: len(m.Log), Level: 3, Timestamp: now.UnixMilli()})
}

func deletingEdgeMachine() *Kind {
	return &Kind{
		Type:   "edge_machine_delete",
		Stages: []Stage{{Name: "delete_machine", After: 30 * time.Second}},
		Start: func(w *World, t *Task) {
			if m := w.EdgeMachines.Get(t.Target.ID); m != nil {
				m.LifeState, m.OnlineState, m.Updated = ack.EdgeMachineLifeStateDeleting, ack.EdgeMachineOnlineStateOffline, w.Now()
			}
		},
		Finish: func(w *World, t *Task) { w.EdgeMachines.Delete(t.Target.ID) },
	}
}

// edgeNode returns the node that a machine is, or nil. Its instance id is that of the machine.
func (w *World) edgeNode(m *EdgeMachine) *Node {
	if c := w.Clusters.Get(m.ClusterID); c != nil {
		return c.Nodes.Get(m.EdgeMachineID)
	}
	return nil
}

// IsEdgeNode reports whether a machine is a node of a cluster.
func (w *World) IsEdgeNode(m *EdgeMachine) bool { return w.edgeNode(m) != nil }

// AddEdgeMachine starts to make a machine a node.
func (w *World) AddEdgeMachine(c *Cluster, p *NodePool, m *EdgeMachine) {
	m.ClusterID, m.NodePoolID = c.ClusterID, p.NodePoolInfo.NodePoolID
	n := w.addNode(c, p.template(c, "edge"), m.EdgeMachineID)
	n.NodeName, n.HostName, n.InstanceName, n.State = m.Hostname, m.Hostname, m.Name, ack.NodeStateInitial
	n.Labels["kubernetes.io/hostname"] = n.NodeName
	n.IsAliyunNode, n.InstanceStatus, n.InstanceChargeType, n.ImageID = false, ack.InstanceStatusRunning, "", ""
	n.InstanceType, n.InstanceTypeFamily = m.Model, ""
	w.Start(addEdgeMachine, &Task{
		Hidden: true, ClusterID: c.ClusterID, NodePoolID: m.NodePoolID, Target: ack.TaskTarget{ID: m.EdgeMachineID, Type: "edge_machine"},
	})
}

func addingEdgeMachine() *Kind {
	with := func(f func(*Node)) func(*World, *Task) {
		return func(w *World, t *Task) {
			if m := w.EdgeMachines.Get(t.Target.ID); m != nil {
				if n := w.edgeNode(m); n != nil {
					f(n)
				}
			}
		}
	}
	return &Kind{
		Type:   "edge_machine_add",
		Stages: []Stage{{Name: "join_cluster", After: 2 * time.Minute}},
		Finish: with((*Node).run),
		Fail:   with(func(n *Node) { n.State = ack.NodeStateFailed }),
	}
}

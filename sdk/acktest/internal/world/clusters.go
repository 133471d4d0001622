package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
)

// A Cluster is a cluster with all that belongs to it, so that nothing is left when it goes.
type Cluster struct {
	ack.Cluster

	NodePools Table[NodePool]
	Nodes     Table[Node]           // by instance id
	Addons    Table[Addon]          // by name
	Policies  Table[PolicyInstance] // by the name of the instance
	Triggers  Table[Trigger]

	Public          bool   // whether the API server is reached from the internet
	PublicURL       string // of the API server; empty where or while there is none
	PrivateURL      string
	APIAddress      string             // where the Kubernetes API was served last
	Objects         *kube.Snapshot     // what the Kubernetes API kept when the state was saved; nil where it was not served
	SNAT            bool               // whether nodes reach the internet
	Installed       []ack.ClusterAddon // what the cluster was created with
	Encryption      Encryption
	AuditLog        AuditLog
	ControlPlaneLog ControlPlaneLog
	SystemEvents    ack.SystemEventsLogging
	Resources       []ack.ClusterResource
	Protected       []ack.ResourceDeleteProtection
	Plans           Table[ack.OperationPlan]
	Log             []ack.ClusterLog // the oldest line first

	Addresses      int // of nodes that were given out
	RepairPolicies Table[ack.RepairPolicy]
	// Autoscaling holds the settings in force, and NextAutoscaling those that are being applied.
	Autoscaling     ack.CreateAutoscalingConfigRequest
	NextAutoscaling *ack.CreateAutoscalingConfigRequest

	Namespaces     []string // sorted
	Grants         []Grant
	Authority      *Authority // nil until it is needed: see Signer
	Holders        Table[Holder]
	Checks         Table[Check]
	Diagnoses      Table[Diagnosis]
	InspectConfig  *InspectConfig // nil where the cluster is not inspected regularly
	InspectReports Table[InspectReport]
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

// IsManaged reports whether the service runs the control plane.
func (c *Cluster) IsManaged() bool {
	return c.ClusterType == ack.ClusterTypeManagedKubernetes || c.ClusterType == ack.ClusterTypeASK
}

// IsPro reports whether a cluster is a managed one of the Pro edition.
func (c *Cluster) IsPro() bool {
	return c.ClusterType == ack.ClusterTypeManagedKubernetes && c.ClusterSpec != ack.ClusterSpecACKStandard
}

// IsRegistered reports whether a cluster runs elsewhere, and is connected by an agent.
func (c *Cluster) IsRegistered() bool { return c.ClusterType == ack.ClusterTypeExternalKubernetes }

// IsServerless reports whether a cluster needs no nodes.
func (c *Cluster) IsServerless() bool { return isServerless(&c.Cluster) }

// setState changes what a cluster is doing.
func (w *World) setState(id string, state ack.ClusterState) {
	c := w.Clusters.Get(id)
	if c == nil || c.State == state {
		return
	}
	c.State, c.Updated = state, w.Now()
	w.note(c, "start to update cluster status to "+string(state))
	w.Touch(id)
}

// to returns the function of a kind that only changes the state of the cluster.
func to(state ack.ClusterState) func(*World, *Task) {
	return func(w *World, t *Task) { w.setState(t.ClusterID, state) }
}

// CreateCluster adds a cluster, which is ready when the task ends.
func (w *World) CreateCluster(c *Cluster) *Task {
	c.ClusterID, c.Created, c.Updated = w.NewHexID("c", 32), w.Now(), w.Now()
	w.complete(c)
	c.Namespaces = firstNamespaces()
	w.own(c)
	w.Clusters.Put(c.ClusterID, c)
	return w.Start(createCluster, &Task{ClusterID: c.ClusterID})
}

// installingAddonsStage is the stage in which a new cluster gets its add-ons.
const installingAddonsStage = "install_addons"

func creatingCluster() *Kind {
	return &Kind{
		Type:  "cluster_create",
		Event: ack.EventTypeClusterCreate,
		Stages: []Stage{
			{Name: "prepare_network", After: time.Minute},
			{Name: "create_control_plane", After: 5 * time.Minute},
			{Name: installingAddonsStage, After: 2 * time.Minute},
		},
		Start: to(ack.ClusterStateInitial),
		Enter: func(w *World, t *Task, stage string) {
			if stage == installingAddonsStage {
				w.setAddons(t.ClusterID, ack.AddonStateInstalling)
			}
		},
		Finish: (*World).created,
		Fail:   all(to(ack.ClusterStateFailed), failFirstNodes),
	}
}

// created makes a new cluster ready. A registered one waits for its agent.
func (w *World) created(t *Task) {
	c := w.Clusters.Get(t.ClusterID)
	w.setAddons(c.ClusterID, ack.AddonStateActive)
	startFirstNodes(w, t)
	if c.IsRegistered() {
		w.setState(c.ClusterID, ack.ClusterStateWaiting)
		return
	}
	w.expose(c)
	w.setState(c.ClusterID, ack.ClusterStateRunning)
	w.plan(c)
}

// ConnectAgent lets the agent of a registered cluster that waits for it connect in a while.
func (w *World) ConnectAgent(c *Cluster) {
	connecting := func(t *Task) bool { return t.Kind == connectAgent && t.ClusterID == c.ClusterID && t.Active() }
	if c.State == ack.ClusterStateWaiting && w.Latest(connecting) == nil {
		w.Start(connectAgent, &Task{ClusterID: c.ClusterID, Hidden: true})
	}
}

func connectingAgent() *Kind {
	return &Kind{
		Stages: []Stage{{Name: "connect_agent", After: time.Minute}},
		Finish: to(ack.ClusterStateRunning),
		Fail:   to(ack.ClusterStateDisconnected),
	}
}

// DeleteCluster starts to delete a cluster, and those of its resources that are not kept. Instances that were started for the cluster are
// released, unless they are on subscription.
func (w *World) DeleteCluster(c *Cluster, keep func(*ack.ClusterResource) bool) *Task {
	w.Drop(c.ClusterID, nil)
	t := &Task{ClusterID: c.ClusterID}
	for _, r := range c.allResources() {
		if !keep(&r) {
			t.result(r.InstanceID, ack.TaskResultStatusInitial)
		}
	}
	for id, n := range c.Nodes.All() {
		ours := n.IsAliyunNode && n.Source != sourceAttached && n.InstanceChargeType != ack.ChargeTypePrePaid
		r := ack.ClusterResource{InstanceID: id, DeleteBehavior: ack.ClusterResourceDeleteBehavior{DeleteByDefault: true}}
		if ours && !keep(&r) {
			t.Names = append(t.Names, id)
		}
	}
	return w.Start(deleteCluster, t)
}

func deletingCluster() *Kind {
	return &Kind{
		Type:  "cluster_delete",
		Event: ack.EventTypeClusterDelete,
		Stages: []Stage{
			{Name: "delete_nodes", After: 2 * time.Minute},
			{Name: "delete_control_plane", After: 3 * time.Minute},
		},
		Start: to(ack.ClusterStateDeleting),
		Enter: func(w *World, t *Task, _ string) {
			c := w.Clusters.Get(t.ClusterID)
			c.Nodes, c.NodePools = Table[Node]{}, Table[NodePool]{}
			for _, id := range t.Names {
				w.release(id)
			}
		},
		Finish: func(w *World, t *Task) {
			t.setResults(ack.TaskResultStatusSuccess)
			w.Clusters.Delete(t.ClusterID)
		},
		Fail: func(w *World, t *Task) {
			t.setResults(ack.TaskResultStatusFailed)
			w.setState(t.ClusterID, ack.ClusterStateDeleteFailed)
		},
	}
}

func (t *Task) setResults(status ack.TaskResultStatus) {
	for i := range t.Results {
		t.Results[i].Status = status
	}
}

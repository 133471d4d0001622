package acktest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// clusterAPIs serve the Kubernetes APIs of clusters, each on a port of its own from when somebody asks for a kubeconfig of the cluster.
type clusterAPIs struct {
	state *world.State

	mu     sync.Mutex
	closed bool
	byID   map[string]*clusterAPI
	former map[string]*clusterAPI // while the clusters are replaced: those whose server nobody has taken over yet
}

type clusterAPI struct {
	account string
	api     *kube.API
	server  *kube.Server
}

// serveClusters serves the clusters of a state, which nobody uses yet.
func serveClusters(state *world.State) *clusterAPIs {
	a := &clusterAPIs{state: state, byID: make(map[string]*clusterAPI)}
	state.ServeClusters(a)
	state.Listen(a.changed)
	return a
}

// Serve implements [world.KubernetesAPIs].
func (a *clusterAPIs) Serve(account string, c *world.Cluster, authority *pki.Authority) (address string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return "", fmt.Errorf("serve the API of cluster %s: the server is closed", c.ClusterID)
	}
	served := a.byID[c.ClusterID]
	if served == nil {
		api := a.newAPI(account, c)
		served = &clusterAPI{account: account, api: api, server: a.serverOf(c, api, authority)}
		a.byID[c.ClusterID] = served
	}
	if _, err := served.server.URL(); err != nil {
		return "", err
	}
	return served.server.Address(), nil
}

// serverOf returns the server of the cluster from before, whose connections go on, or else a new one.
func (a *clusterAPIs) serverOf(c *world.Cluster, api *kube.API, authority *pki.Authority) *kube.Server {
	if former := a.former[c.ClusterID]; former != nil && former.server.Continue(api, authority, c.APIAddress) {
		delete(a.former, c.ClusterID)
		return former.server
	}
	for _, former := range a.former {
		if former.server.Address() == c.APIAddress {
			_ = former.server.Close() // its address is wanted
		}
	}
	return kube.NewServer(api, authority, c.APIAddress)
}

// Objects implements [world.KubernetesAPIs].
func (a *clusterAPIs) Objects(clusterID string) *kube.Snapshot {
	a.mu.Lock()
	defer a.mu.Unlock()
	served := a.byID[clusterID]
	if served == nil {
		return nil
	}
	return served.api.Snapshot()
}

// newAPI returns the API of a cluster, with what one from before kept. Who may do what there is decided by permissions.
func (a *clusterAPIs) newAPI(account string, c *world.Cluster) *kube.API {
	id := c.ClusterID
	api := kube.NewAPI(&source{state: a.state, account: account, cluster: id}, a.state.Now)
	if c.Objects != nil {
		api.Restore(c.Objects)
	}
	api.MakeNamespaces(c.Namespaces)
	api.Changed = a.state.NoteChange
	api.NodeEdited = func(e kube.NodeEdit) { a.editNode(account, id, e) }
	api.NamespacesChanged = func(names []string) { a.state.SetNamespaces(account, id, names) }
	api.Allowed = func(user, verb, _, namespace string) bool { return a.state.Allow(account, id, user, verb, namespace) }
	return api
}

// editNode brings what a client has changed of a node in Kubernetes to the node that the service knows.
func (a *clusterAPIs) editNode(account, cluster string, e kube.NodeEdit) {
	a.state.EditNode(account, cluster, e.UID, nodeConfig(e.Removed, nil), nodeConfig(e.Added, e.Unschedulable))
}

// nodeConfig returns labels and taints as a node pool has them.
func nodeConfig(marks kube.NodeMarks, unschedulable *bool) *ack.KubernetesConfig {
	config := &ack.KubernetesConfig{Unschedulable: unschedulable}
	for key, value := range marks.Labels {
		config.Labels = append(config.Labels, ack.NodeLabel{Key: key, Value: &value})
	}
	for _, t := range marks.Taints {
		config.Taints = append(config.Taints, ack.Taint{Key: t.Key, Value: &t.Value, Effect: (*ack.TaintEffect)(&t.Effect)})
	}
	return config
}

// changed tells the APIs of clusters that their nodes may have changed, and ends those of clusters that are gone.
func (a *clusterAPIs) changed(clusterIDs []string) {
	for _, id := range clusterIDs {
		a.mu.Lock()
		served := a.byID[id]
		a.mu.Unlock()
		switch {
		case served == nil:
		case a.state.HasCluster(served.account, id):
			served.api.NodesChanged()
		default:
			a.end(id)
		}
	}
}

func (a *clusterAPIs) end(id string) {
	a.mu.Lock()
	served := a.byID[id]
	delete(a.byID, id)
	a.mu.Unlock()
	if served != nil {
		_ = served.server.Close() // of a listener on loopback
	}
}

// close ends all APIs for good. What they keep can still be saved.
func (a *clusterAPIs) close() {
	a.mu.Lock()
	a.closed = true
	all := slices.AppendSeq(slices.Collect(maps.Values(a.byID)), maps.Values(a.former))
	a.mu.Unlock()
	for _, served := range all {
		_ = served.server.Close() // of a listener on loopback
	}
}

// Replace implements [world.KubernetesAPIs].
func (a *clusterAPIs) Replace(clusters func() error) error {
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		return errors.New("the server is closed")
	}
	a.former, a.byID = a.byID, make(map[string]*clusterAPI)
	for _, served := range a.former {
		served.api.Close()
	}
	a.mu.Unlock()
	err := clusters()
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, served := range a.former {
		_ = served.server.Close() // of a listener on loopback
	}
	a.former = nil
	return err
}

// A source is the cluster of an API, as the state knows it.
type source struct {
	state            *world.State
	account, cluster string
}

func (s *source) Version() (version string) {
	s.state.LookAt(s.account, s.cluster, func(c *world.Cluster) { version = c.CurrentVersion })
	return version
}

func (s *source) Nodes() (nodes []kube.Node) {
	s.state.LookAt(s.account, s.cluster, func(c *world.Cluster) {
		for n := range c.KubernetesNodes() {
			nodes = append(nodes, kubernetesNode(c, n))
		}
	})
	return nodes
}

func kubernetesNode(c *world.Cluster, n *world.Node) kube.Node {
	out := kube.Node{
		Name: n.NodeName, UID: n.UID, Created: n.CreationTime, Labels: n.Labels, Ready: n.Ready(), Unschedulable: n.Unschedulable,
		ProviderID: c.RegionID + "." + n.InstanceID, KubeletVersion: n.KubeletVersion, OSImage: osImage,
		ContainerRuntime: string(n.Runtime) + "://" + n.RuntimeVersion, Capacity: capacity(n.InstanceType),
	}
	if len(n.IPAddress) > 0 {
		out.InternalIP = n.IPAddress[0]
	}
	for _, t := range n.Taints {
		out.Taints = append(out.Taints, kube.Taint{Key: t.Key, Value: text(t.Value), Effect: text(t.Effect)})
	}
	return out
}

// text returns a text, which is empty where there is none.
func text[T ~string](value *T) string {
	if value == nil {
		return ""
	}
	return string(*value)
}

// osImage is what the nodes say they run.
const osImage = "Alibaba Cloud Linux 3 (Soaring Falcon)"

// capacity returns what a machine has to offer, by the name of its instance type, such as ecs.g7.xlarge: the size tells the number of CPUs, and the
// family how much memory there is for each.
func capacity(instanceType string) map[string]string {
	cpus, perCPU := 4, 4
	parts := strings.Split(instanceType, ".")
	if len(parts) == 3 {
		switch size := strings.TrimSuffix(parts[2], "xlarge"); {
		case parts[2] == "large":
			cpus = 2
		case parts[2] != size:
			if times, err := strconv.Atoi(size); err == nil {
				cpus = 4 * times
			}
		}
		switch {
		case strings.HasPrefix(parts[1], "c"):
			perCPU = 2
		case strings.HasPrefix(parts[1], "r"):
			perCPU = 8
		}
	}
	return map[string]string{"cpu": strconv.Itoa(cpus), "memory": strconv.Itoa(cpus*perCPU) + "Gi", "pods": "64"}
}

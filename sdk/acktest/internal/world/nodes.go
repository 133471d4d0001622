package world

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// NodeStateRemoving is the state of a node that is being removed. The service lists such nodes under this word.
const NodeStateRemoving ack.NodeState = "removing"

// Sources of nodes.
const (
	sourceScaling  = "ess"
	sourceAttached = "ess_attach"
	sourceCluster  = "ros" // with the cluster
)

const (
	defaultInstanceType = "ecs.g7.xlarge"
	defaultImage        = "aliyun_3_x64_20G_alibase_20241218.vhd"
)

// endless is when instances expire that are paid by use.
var endless = time.Date(2099, time.December, 31, 15, 59, 0, 0, time.UTC)

// A Node is a machine of a cluster, and what Kubernetes knows of it.
type Node struct {
	ack.Node

	UID string // to Kubernetes
	// Joined is whether Kubernetes knows of the node.
	Joined        bool
	Labels        map[string]string
	Taints        []ack.Taint
	Unschedulable bool
	// KubeletVersion is without the v in front that Kubernetes writes, and RuntimeVersion without the name of the runtime.
	KubeletVersion, RuntimeVersion string
	Runtime                        ack.ContainerRuntime
	ZoneID                         string
	// SurgeOf is the task for whose time an extra node is there.
	SurgeOf string
	// Vulnerabilities are the names of those that the last scan has found; Fixed are those that are gone for good.
	Vulnerabilities, Fixed []string
}

// NodesOf goes through the nodes of a node pool, the oldest first.
func (c *Cluster) NodesOf(nodePoolID string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, n := range c.Nodes.All() {
			if n.NodePoolID == nodePoolID && !yield(n) {
				return
			}
		}
	}
}

// KubernetesNodes goes through the nodes that have joined, so that Kubernetes knows of them, the oldest first.
func (c *Cluster) KubernetesNodes() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, n := range c.Nodes.All() {
			if n.Joined && !yield(n) {
				return
			}
		}
	}
}

// NodesNamed returns the nodes of some names, or ids of their instances. The id of a node pool limits them to that, whose nodes
// are meant, too, when there are no names. A name that is none is a fault.
func (c *Cluster) NodesNamed(nodePoolID string, names []string) ([]*Node, error) {
	if len(names) == 0 {
		return slices.Collect(c.NodesOf(nodePoolID)), nil
	}
	var nodes []*Node
	for _, name := range names {
		n := c.Nodes.Find(func(n *Node) bool {
			return (n.NodeName == name || n.InstanceID == name) && (nodePoolID == "" || n.NodePoolID == nodePoolID)
		})
		if n == nil {
			return nil, NotFound("node", name)
		}
		if !slices.Contains(nodes, n) {
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}

// Ready reports whether Kubernetes finds the node ready to run pods.
func (n *Node) Ready() bool { return n.NodeStatus == ack.NodeStatusReady }

// settled reports whether a node takes changes: nothing is being done to it that decides whether it exists.
func (n *Node) settled() bool {
	return n.State != NodeStateRemoving && n.State != ack.NodeStatePending && n.State != ack.NodeStateInitial
}

// runKubelets gives the nodes of a cluster the kubelet of a version: those of the control plane, or all.
func (c *Cluster) runKubelets(version string, all bool) {
	for _, n := range c.Nodes.All() {
		if all || n.InstanceRole == ack.NodeRoleMaster {
			n.KubeletVersion = version
		}
	}
}

// instanceIDs returns the ids of nodes.
func instanceIDs(nodes iter.Seq[*Node]) []string {
	var ids []string
	for n := range nodes {
		ids = append(ids, n.InstanceID)
	}
	return ids
}

// A NodeTemplate says what new nodes are like.
type NodeTemplate struct {
	Node

	NameMode string
	Zones    []string
	Period   time.Duration // of the subscription
	Spread   bool          // over the zones
}

// template returns what new nodes of a pool are like.
func (p *NodePool) template(c *Cluster, source string) NodeTemplate {
	group, config := &p.ScalingGroup, &p.KubernetesConfig
	t := NodeTemplate{
		Node: Node{
			Node: ack.Node{
				NodePoolID: p.NodePoolInfo.NodePoolID, Source: source, InstanceRole: ack.NodeRoleWorker, ImageID: group.ImageID,
				InstanceType:       slices.Concat(group.InstanceTypes, []string{defaultInstanceType})[0],
				InstanceChargeType: group.InstanceChargeType, SpotStrategy: group.SpotStrategy,
				IsAliyunNode: p.NodePoolInfo.Type != ack.NodePoolTypeEdge,
			},
			Labels: make(map[string]string), Taints: config.Taints, Unschedulable: value(config.Unschedulable),
			KubeletVersion: c.CurrentVersion, RuntimeVersion: value(config.RuntimeVersion), Runtime: value(config.Runtime),
		},
		NameMode: value(config.NodeNameMode), Zones: zones(c.RegionID, len(group.VSwitchIDs)), Period: period(group.Period, group.PeriodUnit),
		Spread: group.MultiAZPolicy == ack.MultiAZPolicyBalance,
	}
	for _, label := range config.Labels {
		t.Labels[label.Key] = value(label.Value)
	}
	if id := p.NodePoolInfo.NodePoolID; id != "" {
		t.Labels["alibabacloud.com/nodepool-id"] = id
	}
	return t
}

// zones returns the zones of n vSwitches. The world knows no vSwitches, so each is in a zone of its own.
func zones(region string, n int) []string {
	var out []string
	for i := range max(n, 1) {
		out = append(out, region+"-"+string(rune('a'+i%26)))
	}
	return out
}

func period(n int64, unit ack.PeriodUnit) time.Duration {
	const day = 24 * time.Hour
	if unit == ack.PeriodUnitWeek {
		return time.Duration(n) * 7 * day
	}
	return time.Duration(n) * 30 * day
}

// AddNodes adds new nodes, whose instances are still to be created.
func (w *World) AddNodes(c *Cluster, like NodeTemplate, count int64) []string {
	var ids []string
	for range max(count, 0) {
		ids = append(ids, w.addNode(c, like, w.NewID("i-bp", 18)).InstanceID)
	}
	return ids
}

// addMaster adds a node that runs the control plane of a dedicated cluster, and returns the id of its instance.
func (w *World) addMaster(c *Cluster) string {
	config := &c.ControlPlaneConfig
	return w.AddNodes(c, NodeTemplate{
		Node: Node{
			Node: ack.Node{
				Source: sourceCluster, InstanceRole: ack.NodeRoleMaster, ImageID: cmp.Or(value(config.ImageID), defaultImage),
				InstanceType:       slices.Concat(config.InstanceTypes, []string{defaultInstanceType})[0],
				InstanceChargeType: cmp.Or(value(config.ChargeType), ack.ChargeTypePostPaid),
				SpotStrategy:       ack.SpotStrategyNoSpot, IsAliyunNode: true,
			},
			Labels:         map[string]string{"node-role.kubernetes.io/control-plane": "", "node-role.kubernetes.io/master": ""},
			Taints:         []ack.Taint{{Key: "node-role.kubernetes.io/master", Effect: new(ack.TaintEffectNoSchedule)}},
			KubeletVersion: c.CurrentVersion, RuntimeVersion: newestRuntime(c.CurrentVersion), Runtime: ack.ContainerRuntimeContainerd,
		},
		Zones: zones(c.RegionID, len(c.VSwitchIDs)), Period: period(value(config.Period), value(config.PeriodUnit)), Spread: true,
	}, 1)[0]
}

func (w *World) addNode(c *Cluster, like NodeTemplate, instanceID string) *Node {
	n := new(like.Node)
	address := c.newAddress()
	n.InstanceID, n.State, n.InstanceStatus = instanceID, ack.NodeStatePending, ack.InstanceStatusPending
	n.NodeStatus = ack.NodeStatusUnknown
	n.IPAddress, n.NodeName = []string{address}, nodeName(like.NameMode, c.RegionID, address)
	n.UID = w.NewUUID()
	n.HostName = "iZ" + strings.TrimPrefix(instanceID, "i-") + "Z"
	n.InstanceName = "worker-k8s-for-cs-" + c.ClusterID
	if n.InstanceRole == ack.NodeRoleMaster {
		n.InstanceName = "master-k8s-for-cs-" + c.ClusterID
	}
	n.InstanceTypeFamily = family(n.InstanceType)
	n.CreationTime, n.ExpiredTime = w.Now(), endless
	if n.InstanceChargeType == ack.ChargeTypePrePaid {
		n.ExpiredTime = w.Now().Add(like.Period)
	}
	n.ZoneID = like.Zones[0]
	if like.Spread {
		n.ZoneID = like.Zones[c.Nodes.Len()%len(like.Zones)]
	}
	n.Taints = cloneTaints(like.Taints)
	n.Labels = n.standardLabels(c.RegionID)
	maps.Copy(n.Labels, like.Labels)
	c.Nodes.Put(instanceID, n)
	w.Touch(c.ClusterID)
	return n
}

func (n *Node) standardLabels(region string) map[string]string {
	arch := "amd64"
	if strings.Contains(n.ImageID, "arm64") {
		arch = "arm64"
	}
	return map[string]string{
		"kubernetes.io/arch": arch, "kubernetes.io/os": "linux", "kubernetes.io/hostname": n.NodeName,
		"node.kubernetes.io/instance-type": n.InstanceType,
		"topology.kubernetes.io/region":    region, "topology.kubernetes.io/zone": n.ZoneID,
	}
}

// family returns the family of an instance type: that of ecs.g7.xlarge is ecs.g7.
func family(instanceType string) string {
	if i := strings.LastIndexByte(instanceType, '.'); i > 0 {
		return instanceType[:i]
	}
	return instanceType
}

// cloneTaints returns taints that share nothing with the given ones, each with its effect.
func cloneTaints(taints []ack.Taint) []ack.Taint {
	var out []ack.Taint
	for i := range taints {
		fresh := ack.Taint{Effect: new(ack.TaintEffectNoSchedule)}
		overlay(&fresh, &taints[i])
		out = append(out, fresh)
	}
	return out
}

// newAddress returns the next address of the network 192.168.0.0/16 that no node has.
func (c *Cluster) newAddress() string {
	for {
		c.Addresses = c.Addresses%65_000 + 1
		at := c.Addresses + 9 // The first ones are those of the network itself.
		address := fmt.Sprintf("192.168.%d.%d", at/254, at%254+1)
		if c.Nodes.Find(func(n *Node) bool { return slices.Contains(n.IPAddress, address) }) == nil {
			return address
		}
	}
}

// nodeName returns the name of a node: its region and address, or what the mode customized,PREFIX,ip,SUFFIX makes of the
// address. Older modes have a number in place of ip: how many digits of the address the name has, which is written with three
// for each part.
func nodeName(mode, region, address string) string {
	parts := strings.Split(mode, ",")
	if len(parts) != 4 || parts[0] != "customized" {
		return region + "." + address
	}
	if n, err := strconv.Atoi(parts[2]); err == nil && n > 0 {
		var digits strings.Builder
		for part := range strings.SplitSeq(address, ".") {
			digits.WriteString(strings.Repeat("0", 3-len(part)) + part)
		}
		address = digits.String()[max(0, digits.Len()-n):]
	}
	return parts[1] + address + parts[3]
}

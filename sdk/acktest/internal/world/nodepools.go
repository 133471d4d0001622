package world

import (
	"cmp"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A NodePool is a node pool. Its nodes are in the table of the cluster, and the numbers of its status are counted when somebody
// asks: see [Cluster.DescribePool].
type NodePool struct {
	ack.NodePool

	// Next is what the pool is when the change under way has succeeded.
	Next *NodePoolChange
}

// NodePool returns the node pool of an id, or the fault that there is none.
func (c *Cluster) NodePool(id string) (*NodePool, error) {
	if p := c.NodePools.Get(id); p != nil {
		return p, nil
	}
	return nil, NodePoolNotFound(id)
}

// NodePool returns a cluster and one of its node pools, or the fault which of them there is not.
func (w *World) NodePool(clusterID, id string) (*Cluster, *NodePool, error) {
	c, err := w.Cluster(clusterID)
	if err != nil {
		return nil, nil, err
	}
	p, err := c.NodePool(id)
	return c, p, err
}

// ReadyNodePool returns a cluster and one of its node pools that take changes at present, or the fault why they do not. A pool
// takes one change at a time: no source tells what the service makes of two.
func (w *World) ReadyNodePool(clusterID, id string) (*Cluster, *NodePool, error) {
	c, err := w.ReadyCluster(clusterID)
	if err != nil {
		return nil, nil, err
	}
	p, err := c.NodePool(id)
	if err != nil {
		return nil, nil, err
	}
	return c, p, p.ready()
}

func (p *NodePool) ready() error {
	if p.Status.State != ack.NodePoolStateActive {
		return Conflict("The node pool %s is %s, not active.", p.NodePoolInfo.NodePoolID, p.Status.State)
	}
	return nil
}

// DefaultNodePool returns the node pool for nodes for which none is named, or nil.
func (c *Cluster) DefaultNodePool() *NodePool {
	return c.NodePools.Find(func(p *NodePool) bool { return p.NodePoolInfo.IsDefault })
}

// CheckNodePools returns the fault why a new cluster cannot have some node pools, if there is one.
func (w *World) CheckNodePools(c *Cluster, specs []ack.NodePoolSpec) error {
	nodes := int64(0)
	names := make(map[string]bool)
	for i := range specs {
		in := nodePoolRequest(&specs[i])
		if info := in.NodePoolInfo; info != nil && names[info.Name] {
			return InvalidName("The name %s is that of two node pools.", info.Name)
		}
		if err := w.CheckNodePool(c, in); err != nil {
			return err
		}
		names[in.NodePoolInfo.Name] = true
		nodes += newNodePool(c, in).missing(c) + value(in.Count)
	}
	if int64(len(specs)) > w.Quota.NodePools {
		return QuotaExceeded("node pools of a cluster", w.Quota.NodePools)
	}
	return w.RoomForNodes(c, nodes)
}

// AddNodePools adds the node pools of a new cluster. They come to life with it.
func (w *World) AddNodePools(c *Cluster, specs []ack.NodePoolSpec) {
	for i := range specs {
		w.addNodePool(c, nodePoolRequest(&specs[i]), sourceCluster)
	}
}

// nodePoolRequest returns what a request for a cluster says of a node pool as a request for that.
func nodePoolRequest(spec *ack.NodePoolSpec) *ack.CreateClusterNodePoolRequest {
	in := &ack.CreateClusterNodePoolRequest{}
	overlay(in, spec)
	return in
}

// newNodePool returns the node pool of a request.
func newNodePool(c *Cluster, in *ack.CreateClusterNodePoolRequest) *NodePool {
	p := &NodePool{NodePool: defaultNodePool(c)}
	overlay(&p.NodePool, in)
	if group := in.ScalingGroup; group != nil && group.ImageID == nil {
		p.takeImage(group.ImageType)
	}
	p.settle(c)
	p.firstComponents(c)
	return p
}

// addNodePool adds the node pool of a request that [World.CheckNodePool] found good, with its first nodes.
func (w *World) addNodePool(c *Cluster, in *ack.CreateClusterNodePoolRequest, source string) *NodePool {
	p := newNodePool(c, in)
	info := &p.NodePoolInfo
	info.NodePoolID, info.Created, info.Updated = w.NewHexID("np", 32), w.Now(), w.Now()
	info.IsDefault = c.DefaultNodePool() == nil
	p.Status.State = ack.NodePoolStateInitial
	if info.Type == ack.NodePoolTypeESS {
		p.ScalingGroup.ScalingGroupID = w.NewID("asg-bp", 18)
	}
	c.NodePools.Put(info.NodePoolID, p)
	w.AddNodes(c, p.template(c, source), p.missing(c)+value(in.Count))
	return p
}

// CreateNodePool adds a node pool, which is ready when the task ends.
func (w *World) CreateNodePool(c *Cluster, in *ack.CreateClusterNodePoolRequest) (*NodePool, *Task) {
	p := w.addNodePool(c, in, sourceScaling)
	t := w.nodePoolTask(c, p)
	t.Names = instanceIDs(c.NodesOf(p.NodePoolInfo.NodePoolID))
	t.Plan = append([]Stage{{Name: "create_scaling_group", After: time.Minute}}, scaleOutStages(len(t.Names))...)
	return p, w.Start(createNodePool, t)
}

// defaultNodePool returns what a node pool is as far as its request does not tell.
func defaultNodePool(c *Cluster) ack.NodePool {
	return ack.NodePool{
		NodePoolInfo: ack.NodePoolInfo{Type: ack.NodePoolTypeESS, RegionID: c.RegionID, ResourceGroupID: c.ResourceGroupID},
		ScalingGroup: ack.ScalingGroup{
			InstanceChargeType: ack.ChargeTypePostPaid, PeriodUnit: ack.PeriodUnitMonth, MultiAZPolicy: ack.MultiAZPolicyPriority,
			ScalingPolicy: ack.ScalingPolicyRelease, SpotStrategy: ack.SpotStrategyNoSpot, SystemDiskSize: 120,
			SystemDiskCategory: ack.DiskCategoryCloudESSD, ImageType: ack.ImageTypeAliyunLinux3, ImageID: defaultImage,
			VSwitchIDs: slices.Clone(c.VSwitchIDs), RAMRoleName: c.WorkerRAMRoleName,
		},
		KubernetesConfig: ack.KubernetesConfig{
			Runtime: new(ack.ContainerRuntimeContainerd), RuntimeVersion: new(newestRuntime(c.CurrentVersion)), CPUPolicy: new(ack.CPUPolicyNone),
			CMSEnabled: new(false), Unschedulable: new(false),
		},
		AutoScaling: ack.AutoScaling{Enable: new(false), MinInstances: new(int64(0)), MaxInstances: new(int64(0))},
		Management:  ack.Management{Enable: new(false)},
		TEEConfig:   ack.TEEConfig{TEEEnable: new(false)},
	}
}

// takeImage gives a pool the image that a type stands for, if there is a type. The catalog has none for types of older days, nor for
// images of the user's own, which a request names by their ids.
func (p *NodePool) takeImage(kind *ack.ImageType) {
	if kind == nil {
		return
	}
	p.ScalingGroup.ImageID = ""
	for _, image := range images {
		if image.ImageType == *kind {
			p.ScalingGroup.ImageID = image.ImageID
		}
	}
}

// maskedPassword is what a password is in responses. Nothing needs the real one.
const maskedPassword roa.Secret = "******"

// settle brings into line what depends on other fields, after a request has set those.
func (p *NodePool) settle(c *Cluster) {
	group := &p.ScalingGroup
	if len(group.SecurityGroupIDs) == 0 {
		group.SecurityGroupIDs = list(cmp.Or(group.SecurityGroupID, c.SecurityGroupID))
	}
	if len(group.SecurityGroupIDs) > 0 {
		group.SecurityGroupID = group.SecurityGroupIDs[0]
	}
	if group.LoginPassword != "" {
		group.LoginPassword = maskedPassword
	}
	if len(group.SystemDiskCategories) == 0 {
		group.SystemDiskCategories = []ack.DiskCategory{group.SystemDiskCategory}
	}
	if value(p.AutoScaling.Enable) && value(p.AutoScaling.Type) == "" {
		p.AutoScaling.Type = new(ack.AutoScalingTypeCPU)
	}
}

// list returns a list of a text, empty when that is.
func list(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// value returns what a pointer points to, or zero.
func value[T any](p *T) T {
	if p == nil {
		return *new(T)
	}
	return *p
}

// missing returns how many nodes a pool lacks, or has too many of if that is negative. While auto scaling is enabled its limits
// count, and the desired size has no meaning. Pools of other types than ess start no nodes: machines join edge pools from outside, and
// which ones a group of Lingjun nodes consists of is known to another service.
func (p *NodePool) missing(c *Cluster) int64 {
	have := c.size(p)
	switch {
	case p.NodePoolInfo.Type != ack.NodePoolTypeESS:
		return 0
	case value(p.AutoScaling.Enable):
		least := value(p.AutoScaling.MinInstances)
		return min(max(have, least), max(value(p.AutoScaling.MaxInstances), least)) - have
	case p.ScalingGroup.DesiredSize != nil:
		return *p.ScalingGroup.DesiredSize - have
	}
	return 0
}

// size returns how many nodes a pool has, without those that are being removed.
func (c *Cluster) size(p *NodePool) int64 {
	size := int64(0)
	for n := range c.NodesOf(p.NodePoolInfo.NodePoolID) {
		if n.State != NodeStateRemoving {
			size++
		}
	}
	return size
}

// DescribePool returns a node pool as the service describes it, with the numbers of its nodes as they are now.
func (c *Cluster) DescribePool(p *NodePool) ack.NodePool {
	out := p.NodePool
	out.Status = ack.NodePoolStatus{State: p.Status.State}
	for n := range c.NodesOf(p.NodePoolInfo.NodePoolID) {
		n.count(&out.Status)
	}
	return out
}

// count counts a node in the status of its pool. Each is in exactly one of the numbers that add up to the total; the healthy
// nodes are those of the serving ones that Kubernetes finds ready.
func (n *Node) count(s *ack.NodePoolStatus) {
	s.TotalNodes++
	switch {
	case n.State == NodeStateRemoving:
		s.RemovingNodes++
	case n.State == ack.NodeStateFailed:
		s.FailedNodes++
	case n.State == ack.NodeStateInitial || n.State == ack.NodeStatePending:
		s.InitialNodes++
	case n.NodeStatus == ack.NodeStatusOffline || n.NodeStatus == ack.NodeStatusUnknown:
		s.OfflineNodes++
	default:
		s.ServingNodes++
		if n.Ready() {
			s.HealthyNodes++
		}
	}
}

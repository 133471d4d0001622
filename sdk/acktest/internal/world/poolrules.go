package world

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A rule is something that a request must not do, and the message for those that do.
type rule struct {
	broken  bool
	message string
}

// keep returns the fault of the first rule that is broken, if any is.
func keep(rules ...rule) error {
	for _, r := range rules {
		if r.broken {
			return Invalid("%s", r.message)
		}
	}
	return nil
}

// CheckNodePool returns the fault why a node pool cannot be added to a cluster, if there is one.
func (w *World) CheckNodePool(c *Cluster, in *ack.CreateClusterNodePoolRequest) error {
	if in.NodePoolInfo == nil {
		return Missing("nodepool_info")
	}
	if int64(c.NodePools.Len()) >= w.Quota.NodePools {
		return QuotaExceeded("node pools of a cluster", w.Quota.NodePools)
	}
	if err := c.checkPoolName(in.NodePoolInfo.Name); err != nil {
		return err
	}
	if group := in.ScalingGroup; group != nil {
		if err := checkNewGroup(group, in.Management); err != nil {
			return err
		}
	}
	p := newNodePool(c, in)
	if value(in.Count) > 0 && p.NodePoolInfo.Type != ack.NodePoolTypeESS {
		return Invalid("Only node pools of type ess have a count: machines of others join from outside.")
	}
	return w.checkNodePool(c, &p.NodePool, p.missing(c)+value(in.Count))
}

// checkPoolName returns the fault of the name of another node pool of the cluster.
func (c *Cluster) checkPoolName(name string) error {
	if c.NodePools.Find(func(p *NodePool) bool { return p.NodePoolInfo.Name == name }) != nil {
		return InvalidName("nodepool name %s is already exist in cluster %s.", name, c.ClusterID) // as responses that were seen
	}
	return nil
}

// checkNewGroup keeps the rules about what excludes what in a request. Rows hold both of some pairs.
func checkNewGroup(g *ack.ScalingGroupSpec, m *ack.Management) error {
	return keep(
		rule{g.KeyPair != nil && g.LoginPassword != nil, "Only one of key_pair and login_password can be given."},
		rule{g.LoginPassword != nil && m != nil && value(m.Enable), "Managed node pools take a key_pair, no login_password."},
		rule{g.SecurityGroupID != nil && len(g.SecurityGroupIDs) > 0, "Only one of security_group_id and security_group_ids can be given."},
		rule{g.Platform != nil && g.ImageType != nil, "Only one of platform and image_type can be given."},
		rule{g.PrivatePoolOptions != nil && g.ResourcePoolOptions != nil, "Only one of private_pool_options and resource_pool_options can be given."},
		rule{value(g.SecurityHardeningOS) && value(g.SOCEnabled), "Only one of security_hardening_os and soc_enabled can be true."},
		rule{g.LoginPassword != nil && !ValidPassword(*g.LoginPassword), "The login_password must have 8 to 30 characters of three kinds."},
	)
}

// ValidPassword reports whether a password is one that nodes take: 8 to 30 characters of at least three kinds out of upper-case
// letters, lower-case letters, digits and punctuation.
func ValidPassword(secret roa.Secret) bool {
	text := secret.Reveal()
	kinds := make(map[string]bool)
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			kinds["lower"] = true
		case 'A' <= r && r <= 'Z':
			kinds["upper"] = true
		case '0' <= r && r <= '9':
			kinds["digit"] = true
		default:
			kinds["punctuation"] = true
		}
	}
	return len(text) >= 8 && len(text) <= 30 && len(kinds) >= 3
}

var (
	poolName = regexp.MustCompile(`^[\p{Han}A-Za-z0-9][\p{Han}A-Za-z0-9-]{0,62}$`)
	share    = regexp.MustCompile(`^[0-9]+%?$`)
)

// checkNodePool keeps the rules about what a node pool can be, and about how many nodes more it has then.
func (w *World) checkNodePool(c *Cluster, p *ack.NodePool, more int64) error {
	if err := checkGroup(&p.ScalingGroup, p.NodePoolInfo.Type); err != nil {
		return err
	}
	if err := keep(slices.Concat(poolRulesOf(p), managementRules(&p.Management))...); err != nil {
		return err
	}
	if id := policyID(p); id != "" && c.RepairPolicies.Get(id) == nil {
		return NotFound("repair policy", id)
	}
	return w.RoomForNodes(c, more)
}

// NodePoolsFollowing returns the ids of the node pools that follow a repair policy.
func (c *Cluster) NodePoolsFollowing(policy string) []string {
	ids := []string{}
	for id, p := range c.NodePools.All() {
		if policyID(&p.NodePool) == policy || p.Next != nil && policyID(&p.Next.NodePool) == policy {
			ids = append(ids, id)
		}
	}
	return ids
}

func policyID(p *ack.NodePool) string {
	if policy := p.Management.AutoRepairPolicy; policy != nil {
		return value(policy.AutoRepairPolicyID)
	}
	return ""
}

func poolRulesOf(p *ack.NodePool) []rule {
	var labels []string
	for _, l := range p.KubernetesConfig.Labels {
		labels = append(labels, l.Key)
	}
	slices.Sort(labels)
	s, scales := &p.AutoScaling, value(p.AutoScaling.Enable)
	lingjun := p.NodePoolInfo.Type == ack.NodePoolTypeLingjun
	return []rule{
		{!poolName.MatchString(p.NodePoolInfo.Name), "The name of a node pool is made of letters, digits and hyphens and does not begin with a hyphen."},
		{len(labels) > 20, "A node pool has at most 20 labels."},
		{len(slices.Compact(labels)) < len(p.KubernetesConfig.Labels), "A node pool has each label once."},
		{scales && value(s.MinInstances) < 0, "The min_instances must not be negative."},
		{scales && value(s.MaxInstances) < value(s.MinInstances), "The max_instances must not be less than min_instances."},
		{lingjun && value(p.EfloNodeGroup.ClusterID) == "", "A node pool of type lingjun needs the cluster_id of its eflo_node_group."},
		{!validNameMode(value(p.KubernetesConfig.NodeNameMode)), "The node_name_mode is not customized,PREFIX,ip,SUFFIX."},
	}
}

// validNameMode reports whether nodes can be named so. Older node pools have the mode nodeip.
func validNameMode(mode string) bool {
	parts := strings.Split(mode, ",")
	if len(parts) != 4 {
		return mode == "" || mode == "nodeip"
	}
	digits, err := strconv.Atoi(parts[2])
	return parts[0] == "customized" && (parts[2] == "ip" || err == nil && digits >= 5 && digits <= 12)
}

func managementRules(m *ack.Management) []rule {
	var rules []rule
	if u := m.UpgradeConfig; u != nil {
		rules = append(rules, rule{u.Surge != nil && u.SurgePercentage != nil, "Only one of surge and surge_percentage can be given."})
	}
	if r := m.AutoRepairPolicy; r != nil {
		parallel, unhealthy := r.MaxParallelRepairingNodes, r.MaxUnhealthyNodesThreshold
		rules = append(rules,
			rule{parallel != nil && !share.MatchString(*parallel), "The max_parallel_repairing_nodes is no number or percentage."},
			rule{unhealthy != nil && !share.MatchString(*unhealthy), "The max_unhealthy_nodes_threshold is no number or percentage."},
		)
	}
	return rules
}

// checkGroup keeps the rules about the machines of a pool.
func checkGroup(g *ack.ScalingGroup, kind ack.NodePoolType) error {
	prepaid, month := g.InstanceChargeType == ack.ChargeTypePrePaid, g.PeriodUnit != ack.PeriodUnitWeek
	return keep(
		rule{value(g.DesiredSize) < 0, "The desired_size must not be negative."},
		rule{value(g.DesiredSize) > 0 && kind != ack.NodePoolTypeESS, "Only node pools of type ess have a desired_size: machines of others join from outside."},
		rule{prepaid && g.Period == 0, "Nodes on subscription need a period."},
		rule{prepaid && month && !slices.Contains([]int64{1, 2, 3, 6, 12, 24, 36, 48, 60}, g.Period), "The period is none that subscriptions have."},
		rule{value(g.AutoRenew) && g.AutoRenewPeriod != 0 && !slices.Contains([]int64{1, 2, 3, 6, 12}, g.AutoRenewPeriod), "The auto_renew_period is 1, 2, 3, 6 or 12."},
		rule{len(g.DataDisks) > 10, "A node has at most 10 data disks."},
		rule{value(g.PrivatePoolOptions.MatchCriteria) == ack.PrivatePoolMatchCriteriaTarget && value(g.PrivatePoolOptions.ID) == "", "The match_criteria Target needs the id of a private pool."},
		rule{value(g.ResourcePoolOptions.Strategy) == ack.ResourcePoolStrategyPrivatePoolOnly && len(g.ResourcePoolOptions.PrivatePoolIDs) == 0, "The strategy PrivatePoolOnly needs private_pool_ids."},
	)
}

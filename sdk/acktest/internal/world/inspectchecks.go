package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// An InspectCheck is one of the things that an inspection looks at. The service has many more; these are such as the fake
// server can tell from what it remembers.
type InspectCheck struct {
	UID                    string
	Name, Description, Fix Text
	Category               ack.InspectCategory
	Level                  ack.InspectLevel
	TargetType             string

	look probe
}

// quotaNear is the number of nodes from which a cluster is near its usual quota of 100.
const quotaNear = 90

// inspectChecks is constant.
var inspectChecks = []InspectCheck{
	{
		UID: "ClusterStatus", Category: ack.InspectCategoryStability, Level: ack.InspectLevelCritical, TargetType: "Cluster",
		Name:        Text{"State of the cluster", "集群状态"},
		Description: Text{"Checks whether the cluster is running.", "检查集群是否运行中。"},
		Fix:         Text{"Wait for the end of the change, or look at its task.", "请等待变更结束，或查看对应的任务。"},
		look:        probeCluster(func(_ *World, c *Cluster) bool { return c.State != ack.ClusterStateRunning }),
	},
	{
		UID: "NodeStatus", Category: ack.InspectCategoryStability, Level: ack.InspectLevelError, TargetType: "Node",
		Name:        Text{"State of nodes", "节点状态"},
		Description: Text{"Checks whether nodes are ready.", "检查节点是否就绪。"},
		Fix:         Text{"Repair or replace the nodes.", "请修复或更换节点。"},
		look:        probeNodes(isUnready),
	},
	{
		UID: "NodeSchedulable", Category: ack.InspectCategoryPerformance, Level: ack.InspectLevelWarning, TargetType: "Node",
		Name:        Text{"Nodes without new pods", "不可调度的节点"},
		Description: Text{"Checks whether pods can be scheduled onto nodes.", "检查节点是否可调度。"},
		Fix:         Text{"Make the nodes schedulable, or remove them.", "请将节点设置为可调度，或移除节点。"},
		look:        probeNodes(isUnschedulable),
	},
	{
		UID: "NodePoolAutoRepair", Category: ack.InspectCategoryStability, Level: ack.InspectLevelWarning, TargetType: "NodePool",
		Name:        Text{"Automatic repair of nodes", "节点自愈"},
		Description: Text{"Checks whether nodes of the pool are repaired automatically.", "检查节点池是否开启节点自愈。"},
		Fix:         Text{"Enable automatic repair in the settings of the node pool.", "请在节点池配置中开启节点自愈。"},
		look:        probePools(func(p *NodePool) bool { return p.Management.AutoRepair == nil || !*p.Management.AutoRepair }),
	},
	{
		UID: "NodePoolAutoScaling", Category: ack.InspectCategoryCost, Level: ack.InspectLevelAdvice, TargetType: "NodePool",
		Name:        Text{"Automatic scaling of node pools", "节点池弹性伸缩"},
		Description: Text{"Checks whether the node pool follows the load.", "检查节点池是否随负载伸缩。"},
		Fix:         Text{"Enable automatic scaling in the settings of the node pool.", "请在节点池配置中开启弹性伸缩。"},
		look:        probePools(func(p *NodePool) bool { return p.AutoScaling.Enable == nil || !*p.AutoScaling.Enable }),
	},
	{
		UID: "ClusterDeletionProtection", Category: ack.InspectCategorySecurity, Level: ack.InspectLevelAdvice, TargetType: "Cluster",
		Name:        Text{"Deletion protection", "集群删除保护"},
		Description: Text{"Checks whether the cluster is protected from deletion.", "检查集群是否开启删除保护。"},
		Fix:         Text{"Turn on deletion protection.", "请开启集群删除保护。"},
		look:        probeCluster(func(_ *World, c *Cluster) bool { return !c.DeletionProtection }),
	},
	{
		UID: "ClusterVersion", Category: ack.InspectCategorySecurity, Level: ack.InspectLevelWarning, TargetType: "Cluster",
		Name:        Text{"Version of Kubernetes", "Kubernetes版本"},
		Description: Text{"Checks whether there is a newer version.", "检查是否有新版本。"},
		Fix:         Text{"Upgrade the cluster.", "请升级集群。"},
		look:        probeCluster(func(_ *World, c *Cluster) bool { return c.NextVersion != "" }),
	},
	{
		UID: "KubeconfigExpiry", Category: ack.InspectCategorySecurity, Level: ack.InspectLevelWarning, TargetType: "User",
		Name:        Text{"End of kubeconfigs", "KubeConfig有效期"},
		Description: Text{"Checks whether certificates of users have expired or soon will.", "检查用户证书是否已过期或即将过期。"},
		Fix:         Text{"Get new kubeconfigs.", "请重新获取KubeConfig。"},
		look:        probeHolders,
	},
	{
		UID: "ClusterNodeQuota", Category: ack.InspectCategoryLimitation, Level: ack.InspectLevelError, TargetType: "Cluster",
		Name:        Text{"Quota of nodes", "节点配额"},
		Description: Text{"Checks whether the cluster can have more nodes.", "检查集群节点数是否接近配额。"},
		Fix:         Text{"Ask for a higher quota.", "请申请提高配额。"},
		look:        probeCluster(func(_ *World, c *Cluster) bool { return c.Nodes.Len() >= quotaNear }),
	},
}

// probeHolders looks at the certificates of users.
func probeHolders(w *World, c *Cluster) (all, bad []string) {
	soon := w.Now().Add(24 * time.Hour)
	for id, h := range c.Holders.All() {
		if h.Certificate == "" {
			continue
		}
		all = append(all, id)
		if h.CertState(soon) == ack.KubeconfigCertStateExpired {
			bad = append(bad, id)
		}
	}
	return all, bad
}

// InspectCheckOf returns a check by its id.
func InspectCheckOf(uid string) *InspectCheck {
	for i := range inspectChecks {
		if inspectChecks[i].UID == uid {
			return &inspectChecks[i]
		}
	}
	return &InspectCheck{UID: uid}
}

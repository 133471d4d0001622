package catalog

import "github.com/ackgen/ackgen/sdk/ack"

var coreAddons = []*Addon{
	{
		Name: "ack-virtual-node", Description: "Runs pods on elastic container instances, beside nodes or without them.",
		Category: ack.AddonCategoryCore, Kinds: standard | Serverless, Required: Serverless, Managed: true,
		Versions: []Version{{Name: "v2.0.0.34-252556a33-aliyun"}},
	},
	{
		Name: "alicloud-application-controller", Description: "Rolls workloads out in the way that the console shows.",
		Category: ack.AddonCategoryCore, Kinds: withNodes, Required: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v0.1.0.1-f832bed-aliyun"}},
	},
	{
		Name: "cloud-controller-manager", Description: "Creates load balancers for services and manages the routes to the nodes.",
		Category: ack.AddonCategoryCore, Kinds: inCloud, Required: inCloud, Managed: true,
		Versions: []Version{
			{Name: "v1.9.3.339-g9830b58-aliyun"}, {Name: "v1.9.3.340-g9830b58-aliyun"}, {Name: "v1.9.3.378-g42eac35-aliyun"},
			{Name: "v2.1.0", Minimum: "1.18"}, {Name: "v2.3.0", Minimum: "1.20"}, {Name: "v2.6.0", Minimum: "1.22"},
		},
	},
	{
		Name: "kube-apiserver", Description: "Serves the Kubernetes API.",
		Category: ack.AddonCategoryCore, Kinds: Pro, Required: Pro, Managed: true,
		Settings: map[string]Setting{
			"MaxMutatingRequestsInflight": amount("How many changing requests are served at a time.", "200", number),
			"MaxRequestsInflight":         amount("How many reading requests are served at a time.", "400", number),
		},
	},
	{
		Name: "kube-controller-manager", Description: "Brings the objects of Kubernetes to what they are to be.",
		Category: ack.AddonCategoryCore, Kinds: Pro, Required: Pro, Managed: true,
		Settings: map[string]Setting{
			"HorizontalPodAutoscalerSyncPeriod": amount("How often pods are scaled.", "15s", `^[0-9]+(s|m)$`),
		},
	},
	{
		Name: "kube-scheduler", Description: "Decides on which node a pod runs.",
		Category: ack.AddonCategoryCore, Kinds: Pro, Required: Pro, Managed: true,
		Settings: map[string]Setting{
			"KubeQPS": amount("How many requests it sends in a second.", "50", number),
		},
	},
}

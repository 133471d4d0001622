package catalog

import "github.com/ackgen/ackgen/sdk/ack"

var applicationAddons = []*Addon{
	{
		Name: "ack-arena", Description: "Runs jobs of deep learning.",
		Category: ack.AddonCategoryApplication, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "0.5.0"}},
	},
	{
		Name: "ack-kubernetes-cronhpa-controller", Description: "Scales workloads at set times.",
		Category: ack.AddonCategoryApplication, Kinds: every, Workload: "Deployment",
		Versions: []Version{{Name: "v1.4.0-fc4f6060-aliyun"}},
	},
	{
		Name: "appcenter", Description: "Manages applications in several clusters.",
		Category: ack.AddonCategoryApplication, Kinds: every, Workload: "Deployment",
		Versions: []Version{{Name: "v1.0.1.4-2c25021-aliyun"}},
	},
	{
		Name: "progressive-delivery-tool", Description: "Releases to a part of the users first.",
		Category: ack.AddonCategoryApplication, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v1.0.3.7-ea68c41-aliyun"}},
	},
	{
		Name: "resource-controller", Description: "Binds pods to CPUs with regard to the topology.",
		Category: ack.AddonCategoryApplication, Kinds: Pro, Workload: "DaemonSet",
		Versions: []Version{{Name: "v1.1.0-e7388cb"}},
	},
	{
		Name: "tiller", Description: "Is the server of Helm 2.",
		Category: ack.AddonCategoryApplication, Kinds: Dedicated, Workload: "Deployment",
		Versions: []Version{{Name: "v2.14.1"}},
	},
	{
		Name: "workflow-controller", Description: "Runs workflows of containers.",
		Category: ack.AddonCategoryApplication, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v2.3.4.0-bd49391-aliyun"}},
	},
}

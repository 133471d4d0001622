package catalog

import "github.com/ackgen/ackgen/sdk/ack"

// Slots.
const (
	podNetwork  = "pod network"
	volumes     = "volumes"
	provisioner = "provisioner of volumes"
)

var terwaySettings = map[string]Setting{
	"ENITrunking":   flag("Whether pods can have a network interface, vSwitch and security group of their own."),
	"IPVlan":        flag("Whether pods share a network interface by IPvlan and eBPF."),
	"NetworkPolicy": flag("Whether network policies of Kubernetes are in force."),
}

var networkAddons = []*Addon{
	{
		Name: "coredns", Description: "Resolves the names of services and pods.",
		Category: ack.AddonCategoryNetwork, Kinds: inCloud, Required: withNodes, Default: Serverless, Workload: "Deployment",
		Settings: resources,
		Versions: []Version{
			{Name: "v1.6.2"}, {Name: "1.6.7"}, {Name: "1.8.4.1", Minimum: "1.16"}, {Name: "v1.9.3.6-32932850-aliyun", Minimum: "1.20.4"},
			{Name: "v1.9.3.10-7dfca203-aliyun", Minimum: "1.20.4"}, {Name: "v1.11.3.2-f57ea7ed6-aliyun", Minimum: "1.24"},
			{Name: "v1.11.3.5-5321daf49-aliyun", Minimum: "1.24"},
		},
	},
	{
		Name: "kube-flannel-ds", Description: "Connects pods over the routes of the VPC.",
		Category: ack.AddonCategoryNetwork, Kinds: withNodes, Default: withNodes, Slot: podNetwork, Workload: "DaemonSet",
		Versions: []Version{{Name: "v0.11.0.2-g6e46593e-aliyun"}},
	},
	{
		Name: "managed-kube-proxy", Description: "Leads the traffic of services to their pods.",
		Category: ack.AddonCategoryNetwork, Kinds: managed, Required: managed, Workload: "DaemonSet",
	},
	{
		Name: "nginx-ingress-controller", Description: "Leads HTTP traffic from outside to services, by the rules of ingresses.",
		Category: ack.AddonCategoryNetwork, Kinds: every, Default: standard, Workload: "Deployment", Logs: true,
		Settings: map[string]Setting{
			"IngressDashboardEnabled": flag("Whether a dashboard shows the traffic."),
			"IngressSlbNetworkType":   {Type: "string", Description: "Where the load balancer can be reached from.", Default: "internet", Enum: []string{"internet", "intranet"}},
			LogProject:                text("The project of Simple Log Service that gets the logs."),
		},
		Versions: []Version{
			{Name: "v0.30.0.2-9597b3685-aliyun"}, {Name: "v1.1.2-aliyun.2", Minimum: "1.20"}, {Name: "v1.9.3-aliyun.1", Minimum: "1.22"},
		},
	},
	{
		Name: "terway", Description: "Gives pods addresses of the VPC.",
		Category: ack.AddonCategoryNetwork, Kinds: standard, Slot: podNetwork, Workload: "DaemonSet", Settings: terwaySettings,
		Versions: []Version{{Name: "v1.0.10.301-g0115576-aliyun"}},
	},
	{
		Name: "terway-eni", Description: "Gives each pod a network interface of its own.",
		Category: ack.AddonCategoryNetwork, Kinds: standard, Slot: podNetwork, Workload: "DaemonSet", Settings: terwaySettings,
		Versions: []Version{{Name: "v1.0.10.301-g0115576-aliyun"}},
	},
	{
		Name: "terway-eniip", Description: "Gives pods addresses of network interfaces that they share.",
		Category: ack.AddonCategoryNetwork, Kinds: standard, Slot: podNetwork, Workload: "DaemonSet", Settings: terwaySettings,
		Versions: []Version{{Name: "v1.0.10.301-g0115576-aliyun"}, {Name: "v1.4.3", Minimum: "1.16"}},
	},
}

package catalog

import "github.com/ackgen/ackgen/sdk/ack"

var logSettings = map[string]Setting{
	LogProject: text("The project of Simple Log Service that gets the logs."),
}

var monitorAddons = []*Addon{
	{
		Name: "ack-node-problem-detector", Description: "Detects node faults and reports them to the event center.",
		Category: ack.AddonCategoryMonitor, Kinds: withNodes | Registered, Workload: "DaemonSet", Logs: true, Settings: logSettings,
		Versions: []Version{
			{Name: "1.2.1"}, {Name: "1.2.16", Minimum: "1.18"}, {Name: "1.2.18", Minimum: "1.20"}, {Name: "1.2.28", Minimum: "1.20"},
		},
	},
	{
		Name: "ags-metrics-collector", Description: "Collects metrics of workflows of genomics.",
		Category: ack.AddonCategoryMonitor, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v1.0.0.2-cc3b2d6-aliyun"}},
	},
	{
		Name: "alicloud-monitor-controller", Description: "Follows the life and the state of containers.",
		Category: ack.AddonCategoryMonitor, Kinds: withNodes, Required: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v1.4.0-49ff2362-aliyun"}},
	},
	{
		Name: "aliyun-log-controller", Description: "Lets custom resources decide which logs are collected.",
		Category: ack.AddonCategoryMonitor, Kinds: standard, Workload: "Deployment", Logs: true, Settings: logSettings,
		Versions: []Version{{Name: "0.16.19.0-5be7ad3-aliyun"}},
	},
	{
		Name: "arms-prometheus", Description: "Sends metrics to Managed Service for Prometheus.",
		Category: ack.AddonCategoryMonitor, Kinds: every, Workload: "Deployment",
		Settings: map[string]Setting{"prometheusMode": text("How metrics are collected.")},
		Versions: []Version{{Name: "0.1.5"}, {Name: "1.1.9", Minimum: "1.16"}},
	},
	{
		Name: "logtail-ds", Description: "Collects the logs of containers.",
		Category: ack.AddonCategoryMonitor, Kinds: every, Default: standard, Workload: "DaemonSet", Logs: true,
		Settings: map[string]Setting{
			"IngressDashboardEnabled": flag("Whether a dashboard shows the traffic of ingresses."),
			LogProject:                text("The project of Simple Log Service that gets the logs."),
		},
		Versions: []Version{{Name: "v0.16.52.2-f161bec-aliyun"}, {Name: "v1.7.3.0-aliyun", Minimum: "1.20"}},
	},
	{
		Name: "logtail-ds-docker", Description: "Collects the logs of containers of Docker.",
		Category: ack.AddonCategoryMonitor, Kinds: standard, Workload: "DaemonSet", Logs: true, Settings: logSettings,
		Versions: []Version{{Name: "v0.16.52.2-f161bec-aliyun"}},
	},
	{
		Name: "metrics-server", Description: "Tells how much CPU and memory pods and nodes use.",
		Category: ack.AddonCategoryMonitor, Kinds: inCloud, Required: inCloud, Workload: "Deployment", Settings: resources,
		Versions: []Version{{Name: "v0.3.8.3-d658416-aliyun"}},
	},
}

package catalog

import "github.com/ackgen/ackgen/sdk/ack"

var csiVersions = []Version{{Name: "v1.16.9.43-f36bb540-aliyun"}, {Name: "v1.18.8.45-1c5d2cd1-aliyun", Minimum: "1.16"}}

var storageAddons = []*Addon{
	{
		Name: "alicloud-disk-controller", Description: "Creates cloud disks for the volumes of flexvolume.",
		Category: ack.AddonCategoryStorage, Kinds: standard, Slot: provisioner, Workload: "Deployment",
		Versions: []Version{{Name: "v1.14.8.37-bd3fd891-aliyun"}, {Name: "v1.14.8.51-842f0a81-aliyun"}},
	},
	{
		Name: "csi-plugin", Description: "Mounts cloud disks, NAS file systems and OSS buckets.",
		Category: ack.AddonCategoryStorage, Kinds: withNodes, Default: standard, Slot: volumes, Workload: "DaemonSet",
		Versions: csiVersions,
	},
	{
		Name: "csi-provisioner", Description: "Creates the volumes that csi-plugin mounts.",
		Category: ack.AddonCategoryStorage, Kinds: withNodes, Default: standard, Slot: provisioner, Workload: "Deployment",
		Versions: csiVersions,
	},
	{
		Name: "flexvolume", Description: "Mounts volumes in the way of Kubernetes before CSI.",
		Category: ack.AddonCategoryStorage, Kinds: standard, Slot: volumes, Workload: "DaemonSet",
		Versions: []Version{{Name: "v1.14.8.109-649dc5a-aliyun"}},
	},
	{
		Name: "migrate-controller", Description: "Backs applications up and restores them elsewhere.",
		Category: ack.AddonCategoryStorage, Kinds: every, Workload: "Deployment",
		Versions: []Version{{Name: "v1.0.1.2-a-e616322-aliyun"}},
	},
}

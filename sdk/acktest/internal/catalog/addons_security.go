package catalog

import "github.com/ackgen/ackgen/sdk/ack"

var securityAddons = []*Addon{
	{
		Name: "aesm", Description: "Provides the services that enclaves of Intel SGX need.",
		Category: ack.AddonCategorySecurity, Kinds: managed, Workload: "DaemonSet",
		Versions: []Version{{Name: "2.7.1-4a8c95b-aliyun"}},
	},
	{
		Name: "aliyun-acr-credential-helper", Description: "Pulls private images of Container Registry without passwords.",
		Category: ack.AddonCategorySecurity, Kinds: inCloud, Required: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v20.12.28.0-062ac99-aliyun"}},
	},
	{
		Name: "gatekeeper", Description: "Puts policies into force when objects are admitted.",
		Category: ack.AddonCategorySecurity, Kinds: every, Workload: "Deployment", Settings: resources,
		Versions: []Version{{Name: "v3.1.0.11-24bab09-aliyun"}, {Name: "v3.6.0.60-g72c4896-aliyun", Minimum: "1.16"}},
	},
	{
		Name: "kritis-validation-hook", Description: "Admits only images whose signature is right.",
		Category: ack.AddonCategorySecurity, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v0.2.7.2-g5fa671a-aliyun"}},
	},
	{
		Name: "sandboxed-container-controller", Description: "Mounts disks and file systems into sandboxed containers.",
		Category: ack.AddonCategorySecurity, Kinds: managed, Workload: "Deployment",
		Versions: []Version{{Name: "v1.1.1-55d545f-aliyun"}},
	},
	{
		Name: "sandboxed-container-helper", Description: "Diagnoses sandboxed containers.",
		Category: ack.AddonCategorySecurity, Kinds: managed, Workload: "DaemonSet",
		Versions: []Version{{Name: "v1.0.0-7a70086-aliyun"}},
	},
	{
		Name: "security-inspector", Description: "Looks for risks in the configuration of workloads.",
		Category: ack.AddonCategorySecurity, Kinds: standard, Workload: "Deployment",
		Versions: []Version{{Name: "v0.3.0.2-gcb49252-aliyun"}},
	},
	{
		Name: "sgx-device-plugin", Description: "Lets containers use Intel SGX.",
		Category: ack.AddonCategorySecurity, Kinds: managed, Workload: "DaemonSet",
		Versions: []Version{{Name: "v1.0.0-5f5b5ef-aliyun"}},
	},
}

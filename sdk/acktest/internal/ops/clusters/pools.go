package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
)

// nodePools returns the node pools that a request for a cluster asks for: those that it lists, and the one of the worker nodes
// that older requests describe in fields of their own.
func nodePools(in *ack.CreateClusterRequest) []ack.NodePoolSpec {
	if len(in.NodePools) > 0 || behavior.Value(in.NumOfNodes) == 0 {
		return in.NodePools
	}
	return []ack.NodePoolSpec{{
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "default-nodepool"},
		ScalingGroup: &ack.ScalingGroupSpec{
			VSwitchIDs: in.WorkerVSwitchIDs, InstanceTypes: in.WorkerInstanceTypes, InstanceChargeType: in.WorkerInstanceChargeType,
			Period: in.WorkerPeriod, PeriodUnit: in.WorkerPeriodUnit, AutoRenew: in.WorkerAutoRenew, AutoRenewPeriod: in.WorkerAutoRenewPeriod,
			SystemDiskCategory: in.WorkerSystemDiskCategory, SystemDiskSize: in.WorkerSystemDiskSize,
			SystemDiskPerformanceLevel: in.WorkerSystemDiskPerformanceLevel, SystemDiskSnapshotPolicyID: in.WorkerSystemDiskSnapshotPolicyID,
			KeyPair: in.KeyPair, LoginPassword: in.LoginPassword, ImageType: in.ImageType, ImageID: in.ImageID, Platform: in.Platform,
			SecurityHardeningOS: in.SecurityHardeningOS, SOCEnabled: in.SOCEnabled,
		},
		KubernetesConfig: &ack.KubernetesConfig{
			Taints: in.Taints, CPUPolicy: in.CPUPolicy, CMSEnabled: in.CloudMonitorFlags, NodeNameMode: in.NodeNameMode, UserData: in.UserData,
		},
		Count: in.NumOfNodes,
	}}
}

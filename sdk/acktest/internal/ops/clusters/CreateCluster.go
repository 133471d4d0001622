package clusters

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateCluster adds a cluster, which is running when its task has ended.
func CreateCluster(w *world.World, in *ack.CreateClusterRequest) (*ack.CreateClusterResponse, error) {
	c := newCluster(in)
	for _, check := range []func() error{
		func() error { return checkNew(in, c) },
		func() error { return checkName(w, c.Name, c) },
		func() error { return w.RoomForCluster(&c.Cluster) },
		func() error { return c.AddAddons(in.Addons) },
		func() error { return w.CheckNodePools(c, nodePools(in)) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	task := w.CreateCluster(c)
	w.AddNodePools(c, nodePools(in))
	return &ack.CreateClusterResponse{ClusterID: c.ClusterID, TaskID: task.ID}, nil
}

// newCluster returns the row that a request asks for, without what the world makes up.
func newCluster(in *ack.CreateClusterRequest) *world.Cluster {
	c := &world.Cluster{Installed: in.Addons}
	c.Name, c.RegionID, c.Tags = in.Name, in.RegionID, in.Tags
	c.ClusterType, c.Profile, c.ClusterSpec = behavior.Value(in.ClusterType), behavior.Value(in.Profile), behavior.Value(in.ClusterSpec)
	c.CurrentVersion = behavior.Value(in.KubernetesVersion)
	c.SetKind()
	c.ResourceGroupID, c.Timezone = behavior.Value(in.ResourceGroupID), behavior.Value(in.Timezone)
	c.DeletionProtection, c.MaintenanceWindow = behavior.Value(in.DeletionProtection), behavior.Value(in.MaintenanceWindow)
	c.OperationPolicy, c.AutoMode = behavior.Value(in.OperationPolicy), behavior.Value(in.AutoMode)
	setNetwork(c, in)
	c.Encryption.KeyID = behavior.Value(in.EncryptionProviderKey)
	c.RRSAConfig.Enabled = behavior.Value(in.EnableRRSA) || in.RRSAConfig != nil && behavior.Value(in.RRSAConfig.Enabled)
	if log := in.AuditLogConfig; log != nil {
		c.AuditLog = world.AuditLog{Enabled: behavior.Value(log.Enabled), Project: behavior.Value(log.SLSProjectName)}
	}
	c.ControlPlaneLog = world.ControlPlaneLog{
		Components: in.ControlPlaneLogComponents, Project: behavior.Value(in.ControlPlaneLogProject), Days: behavior.Value(in.ControlPlaneLogTTL),
	}
	if c.ClusterType == ack.ClusterTypeKubernetes {
		c.ControlPlaneConfig = machines(in)
	}
	return c
}

func setNetwork(c *world.Cluster, in *ack.CreateClusterRequest) {
	c.VPCID, c.VSwitchIDs, c.SecurityGroupID = behavior.Value(in.VPCID), in.VSwitchIDs, behavior.Value(in.SecurityGroupID)
	c.ContainerCIDR, c.ServiceCIDR, c.NodeCIDRMask = behavior.Value(in.ContainerCIDR), behavior.Value(in.ServiceCIDR), behavior.Value(in.NodeCIDRMask)
	c.IPStack, c.ProxyMode, c.ClusterDomain = behavior.Value(in.IPStack), behavior.Value(in.ProxyMode), behavior.Value(in.ClusterDomain)
	c.ZoneID = behavior.ValueOr(in.ZoneID, strings.Join(in.ZoneIDs, ","))
	c.Public = behavior.Value(in.EndpointPublicAccess) || behavior.Value(in.PublicSLB)
	c.SNAT = behavior.Value(in.SNATEntry) || behavior.Value(in.NATGateway)
	c.ExtraSANs = in.ExtraSANs
	if in.CustomSAN != nil && c.ExtraSANs == nil {
		c.ExtraSANs = strings.Split(*in.CustomSAN, ",")
	}
	c.ControlPlaneEndpointsConfig = behavior.Value(in.ControlPlaneEndpointsConfig)
	if len(c.ControlPlaneEndpointsConfig.LoadBalancersConfig) == 0 && in.LoadBalancerID != nil {
		balancer := ack.ControlPlaneLoadBalancer{LoadBalancerID: in.LoadBalancerID, EndpointType: new("private")}
		c.ControlPlaneEndpointsConfig.LoadBalancersConfig = []ack.ControlPlaneLoadBalancer{balancer}
	}
}

// machines returns which machines run the control plane of a dedicated cluster: as control_plane_config says, or the fields
// that were there before it.
func machines(in *ack.CreateClusterRequest) ack.ControlPlaneConfig {
	if in.ControlPlaneConfig != nil {
		config := *in.ControlPlaneConfig
		config.LoginPassword = nil // responses do not carry it
		return config
	}
	return ack.ControlPlaneConfig{
		Size: in.MasterCount, InstanceTypes: in.MasterInstanceTypes, ImageType: in.ImageType, ImageID: in.ImageID, KeyPair: in.KeyPair,
		ChargeType: in.MasterInstanceChargeType, Period: in.MasterPeriod, PeriodUnit: in.MasterPeriodUnit,
		AutoRenew: in.MasterAutoRenew, AutoRenewPeriod: in.MasterAutoRenewPeriod, SystemDiskCategory: in.MasterSystemDiskCategory,
		SystemDiskSize: in.MasterSystemDiskSize, SystemDiskPerformanceLevel: in.MasterSystemDiskPerformanceLevel,
		SystemDiskSnapshotPolicyID: in.MasterSystemDiskSnapshotPolicyID, NodePortRange: in.NodePortRange, CPUPolicy: in.CPUPolicy,
		CloudMonitorFlags: in.CloudMonitorFlags, SecurityHardeningOS: in.SecurityHardeningOS, SOCEnabled: in.SOCEnabled,
	}
}

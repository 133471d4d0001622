package clusters

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
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
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	task := w.CreateCluster(c)
	return &ack.CreateClusterResponse{ClusterID: c.ClusterID, TaskID: task.ID}, nil
}

// newCluster returns the row that a request asks for, without what the world makes up.
func newCluster(in *ack.CreateClusterRequest) *world.Cluster {
	c := &world.Cluster{Installed: in.Addons}
	c.Name, c.RegionID, c.Tags = in.Name, in.RegionID, in.Tags
	c.ClusterType, c.Profile, c.ClusterSpec = valueOr(in.ClusterType, ack.ClusterTypeManagedKubernetes), value(in.Profile), value(in.ClusterSpec)
	if c.ClusterType != ack.ClusterTypeManagedKubernetes {
		c.Profile, c.ClusterSpec = "", "" // they tell apart managed clusters alone
	}
	c.CurrentVersion, c.ResourceGroupID, c.Timezone = value(in.KubernetesVersion), value(in.ResourceGroupID), value(in.Timezone)
	c.DeletionProtection, c.MaintenanceWindow = is(in.DeletionProtection), value(in.MaintenanceWindow)
	c.OperationPolicy, c.AutoMode = value(in.OperationPolicy), value(in.AutoMode)
	setNetwork(c, in)
	c.Encryption.KeyID = value(in.EncryptionProviderKey)
	c.RRSAConfig.Enabled = is(in.EnableRRSA) || in.RRSAConfig != nil && is(in.RRSAConfig.Enabled)
	if log := in.AuditLogConfig; log != nil {
		c.AuditLog = world.AuditLog{Enabled: is(log.Enabled), Project: value(log.SLSProjectName)}
	}
	c.ControlPlaneLog = world.ControlPlaneLog{
		Components: in.ControlPlaneLogComponents, Project: value(in.ControlPlaneLogProject), Days: value(in.ControlPlaneLogTTL),
	}
	if c.ClusterType == ack.ClusterTypeKubernetes {
		c.ControlPlaneConfig = machines(in)
	}
	return c
}

func setNetwork(c *world.Cluster, in *ack.CreateClusterRequest) {
	c.VPCID, c.VSwitchIDs, c.SecurityGroupID = value(in.VPCID), in.VSwitchIDs, value(in.SecurityGroupID)
	c.ContainerCIDR, c.ServiceCIDR, c.NodeCIDRMask = value(in.ContainerCIDR), value(in.ServiceCIDR), value(in.NodeCIDRMask)
	c.IPStack, c.ProxyMode, c.ClusterDomain = value(in.IPStack), value(in.ProxyMode), value(in.ClusterDomain)
	c.ZoneID = valueOr(in.ZoneID, strings.Join(in.ZoneIDs, ","))
	c.Public = is(in.EndpointPublicAccess) || is(in.PublicSLB)
	c.SNAT = is(in.SNATEntry) || is(in.NATGateway)
	c.ExtraSANs = in.ExtraSANs
	if in.CustomSAN != nil && c.ExtraSANs == nil {
		c.ExtraSANs = strings.Split(*in.CustomSAN, ",")
	}
	c.ControlPlaneEndpointsConfig = value(in.ControlPlaneEndpointsConfig)
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

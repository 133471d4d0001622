package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// What new clusters have unless the request says otherwise.
const (
	DefaultServiceCIDR   = "172.19.0.0/20"
	DefaultContainerCIDR = "172.16.0.0/16" // with a new VPC
	DefaultNodeCIDRMask  = "26"
	defaultTimezone      = "Asia/Shanghai" // of the samples; no source tells
)

// SetKind makes sure of what kind a new cluster is: by default a managed one of the Basic edition and the newest version.
// Profiles and editions tell apart managed clusters alone.
func (c *Cluster) SetKind() {
	c.ClusterType = cmp.Or(c.ClusterType, ack.ClusterTypeManagedKubernetes)
	if c.ClusterType == ack.ClusterTypeManagedKubernetes {
		c.Profile = cmp.Or(c.Profile, ack.ClusterProfileDefault)
		c.ClusterSpec = cmp.Or(c.ClusterSpec, ack.ClusterSpecACKStandard)
	} else {
		c.Profile, c.ClusterSpec = "", ""
	}
	c.CurrentVersion = cmp.Or(c.CurrentVersion, NewestVersion().Name)
}

// complete gives a new cluster what its request left open.
func (w *World) complete(c *Cluster) {
	c.SetKind()
	c.InitVersion = c.CurrentVersion
	w.runVersion(c, c.InitVersion)
	c.ResourceGroupID = cmp.Or(c.ResourceGroupID, w.ResourceGroup)
	c.Timezone = cmp.Or(c.Timezone, defaultTimezone)
	if c.Tags == nil {
		c.Tags = []ack.Tag{}
	}
	w.completeLogs(c)
	if c.IsRegistered() {
		return
	}
	c.IPStack = cmp.Or(c.IPStack, ack.IPStackIPv4)
	c.ProxyMode = cmp.Or(c.ProxyMode, ack.ProxyModeIPVS)
	c.ServiceCIDR = cmp.Or(c.ServiceCIDR, DefaultServiceCIDR)
	c.ClusterDomain = cmp.Or(c.ClusterDomain, "cluster.local")
	c.NetworkMode = ack.NetworkModeVPC
	c.WorkerRAMRoleName = "KubernetesWorkerRole-" + w.NewUUID()
	w.completeNetwork(c)
	w.completeRRSA(c)
	if c.ClusterType == ack.ClusterTypeKubernetes && c.ControlPlaneConfig.Size == nil {
		c.ControlPlaneConfig.Size = new(int64(3))
	}
	w.addMachines(c)
}

// completeNetwork makes the parts of the network that the request did not name, and notes which are the cluster's own.
func (w *World) completeNetwork(c *Cluster) {
	if c.VPCID == "" {
		c.VPCID = w.NewID("vpc-", 21)
		c.ContainerCIDR = cmp.Or(c.ContainerCIDR, DefaultContainerCIDR)
		w.addResource(c, ack.ClusterResource{InstanceID: c.VPCID, ResourceType: "ALIYUN::ECS::VPC"}, "k8s_vpc")
		zones := strings.Split(cmp.Or(c.ZoneID, c.RegionID+"-a"), ",")
		for i := range zones {
			id := w.NewID("vsw-", 21)
			c.VSwitchIDs = append(c.VSwitchIDs, id)
			w.addResource(c, ack.ClusterResource{InstanceID: id, ResourceType: "ALIYUN::ECS::VSwitch"}, fmt.Sprintf("k8s_vswitch_%d", i))
		}
		c.ZoneID = zones[0]
	}
	if c.SecurityGroupID == "" {
		c.SecurityGroupID = w.NewID("sg-", 20)
		w.addResource(c, ack.ClusterResource{InstanceID: c.SecurityGroupID, ResourceType: "ALIYUN::ECS::SecurityGroup"}, "k8s_sg")
	}
	if c.SNAT {
		gateway := ack.ClusterResource{InstanceID: w.NewID("ngw-", 21), ResourceType: "ALIYUN::VPC::NatGateway"}
		w.addResource(c, gateway, "k8s_nat_gateway")
	}
	c.ZoneID = cmp.Or(c.ZoneID, c.RegionID+"-a")
	c.SubnetCIDR, c.VSwitchID = c.ContainerCIDR, strings.Join(c.VSwitchIDs, ",")
	if c.ContainerCIDR != "" {
		c.NodeCIDRMask = cmp.Or(c.NodeCIDRMask, DefaultNodeCIDRMask)
	}
	w.completeEndpoints(c)
}

// completeEndpoints puts a load balancer in front of the API server, and lets the VPC resolve its name.
func (w *World) completeEndpoints(c *Cluster) {
	config := &c.ControlPlaneEndpointsConfig
	if len(config.LoadBalancersConfig) == 0 {
		id := w.NewID("lb-", 21)
		w.addResource(c, ack.ClusterResource{InstanceID: id, ResourceType: "ALIYUN::SLB::LoadBalancer"}, "k8s_master_slb")
		config.LoadBalancersConfig = []ack.ControlPlaneLoadBalancer{{LoadBalancerID: &id, EndpointType: new("private")}}
	}
	if !c.IsManaged() {
		return
	}
	if config.InternalDNSConfig == nil {
		config.InternalDNSConfig = &ack.InternalDNSConfig{BindVPCs: []string{c.VPCID}}
	}
	config.InternalDNSConfig.Enabled = new(true)
}

// completeRRSA says where the tokens of service accounts are issued, while RRSA is on.
func (w *World) completeRRSA(c *Cluster) {
	if !c.RRSAConfig.Enabled {
		c.RRSAConfig = ack.RRSAStatus{}
		return
	}
	issuer := fmt.Sprintf("https://oidc-ack-%s.oss-%s.aliyuncs.com/%s", c.RegionID, c.RegionID, c.ClusterID)
	name := "ack-rrsa-" + c.ClusterID
	c.RRSAConfig = ack.RRSAStatus{
		Enabled: true, Issuer: issuer, Audience: "https://kubernetes.default.svc", OIDCName: name,
		OIDCARN: "acs:ram::" + w.ID + ":oidc-provider/" + name, MaxOIDCTokenExpiration: "12h",
		JWKSURL: issuer + "/keys.json", OpenAPIConfigurationURL: issuer + "/.well-known/openid-configuration",
	}
}

// addMachines adds the machines that the control plane of a dedicated cluster lacks, and returns their nodes.
func (w *World) addMachines(c *Cluster) []*Node {
	var added []*Node
	if c.ClusterType != ack.ClusterTypeKubernetes {
		return nil
	}
	for n := c.machines(); n < *c.ControlPlaneConfig.Size; n++ {
		id := w.addMaster(c)
		machine := ack.ClusterResource{InstanceID: id, ResourceType: "ALIYUN::ECS::InstanceGroup"}
		w.addResource(c, machine, fmt.Sprintf("k8s_master_%d", n+1))
		added = append(added, c.Nodes.Get(id))
	}
	return added
}

// machines returns how many machines the control plane of a dedicated cluster has.
func (c *Cluster) machines() (n int64) {
	for _, node := range c.Nodes.All() {
		if node.InstanceRole == ack.NodeRoleMaster {
			n++
		}
	}
	return n
}

// expose gives the API server its addresses, or takes the public one away. They are of the blocks for documentation and of
// private networks, so that nobody is reached by mistake.
func (w *World) expose(c *Cluster) {
	if c.PrivateURL == "" {
		c.PrivateURL = fmt.Sprintf("https://192.168.0.%d:6443", 2+w.state.ids.random.IntN(250))
	}
	is := func(r ack.ClusterResource) bool { return r.ResourceType == "ALIYUN::VPC::EIP" }
	switch {
	case !c.Public:
		c.PublicURL = ""
		c.Resources = slices.DeleteFunc(slices.Clone(c.Resources), is)
	case c.PublicURL == "":
		c.PublicURL = fmt.Sprintf("https://203.0.113.%d:6443", 2+w.state.ids.random.IntN(250))
		w.addResource(c, ack.ClusterResource{InstanceID: w.NewID("eip-", 21), ResourceType: "ALIYUN::VPC::EIP"}, "k8s_master_slb_eip")
	}
}

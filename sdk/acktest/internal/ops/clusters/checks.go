package clusters

import (
	"cmp"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

var (
	name           = regexp.MustCompile(`^[\p{L}\p{Nd}][\p{L}\p{Nd}_-]*$`)
	nameElsewhere  = regexp.MustCompile(`^[\p{L}\p{Nd}][\p{L}\p{Nd}-]*$`) // of registered clusters
	domain         = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$`)
	servicesWithin = []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	}
)

// checkName returns the fault of a name for a cluster that breaks the rule or is taken by another one.
func checkName(w *world.World, text string, c *world.Cluster) error {
	rule := name
	if c.IsRegistered() {
		rule = nameElsewhere
	}
	if !rule.MatchString(text) {
		return world.Invalid("The name of a cluster has letters, digits, hyphens and underscores, and begins with a letter or digit.")
	}
	other := w.Clusters.Find(func(other *world.Cluster) bool { return other.Name == text && other.ClusterID != c.ClusterID })
	if other != nil {
		return fault.New(http.StatusConflict, string(ack.CodeErrorClusterNameAlreadyExist), "A cluster of this name exists.")
	}
	return nil
}

// checkNew returns the fault of a request for a cluster.
func checkNew(in *ack.CreateClusterRequest, c *world.Cluster) error {
	known := []ack.ClusterType{
		ack.ClusterTypeManagedKubernetes, ack.ClusterTypeKubernetes, ack.ClusterTypeExternalKubernetes, ack.ClusterTypeASK,
	}
	version := behavior.Value(in.KubernetesVersion)
	found := world.FindVersion(version)
	switch {
	case !slices.Contains(known, c.ClusterType):
		return world.Invalid("The cluster_type is not one that the service has.")
	case version != "" && !c.IsRegistered() && (found == nil || !found.Creatable):
		return world.Invalid("No cluster can be created with this kubernetes_version.")
	case c.Encryption.On() && !c.IsPro():
		return world.Invalid("The encryption_provider_key is for Pro clusters only.")
	case in.KeyPair != nil && in.LoginPassword != nil:
		return world.Invalid("The parameters key_pair and login_password exclude each other.")
	case in.LoginPassword != nil && !world.ValidPassword(*in.LoginPassword):
		return world.Invalid("The login_password must have 8 to 30 characters of three kinds.")
	}
	for _, machines := range []*ack.ControlPlaneConfig{in.ControlPlaneConfig, &c.ControlPlaneConfig} { // as it is, and as older fields say it
		if err := checkMachines(machines); err != nil {
			return err
		}
	}
	if days := c.ControlPlaneLog.Days; days != "" {
		if err := world.CheckLogDays(days); err != nil {
			return err
		}
	}
	if err := checkNetwork(in, c); err != nil {
		return err
	}
	return world.CheckWindow(in.MaintenanceWindow)
}

// mostMachines is how many machines a control plane has at most: no source tells more than that it usually has 3 or 5.
const mostMachines = 9

// checkMachines returns the fault of the settings of control plane machines.
func checkMachines(m *ack.ControlPlaneConfig) error {
	switch {
	case m == nil:
		return nil
	case m.Size != nil && (*m.Size < 1 || *m.Size > mostMachines || *m.Size%2 == 0):
		return world.Invalid("The size of the control plane is not an odd number of at most %d.", mostMachines)
	case m.KeyPair != nil && m.LoginPassword != nil:
		return world.Invalid("The parameters key_pair and login_password of the control plane exclude each other.")
	case m.LoginPassword != nil && !world.ValidPassword(*m.LoginPassword):
		return world.Invalid("The login_password of the control plane must have 8 to 30 characters of three kinds.")
	case behavior.Value(m.SOCEnabled) && behavior.Value(m.SecurityHardeningOS):
		return world.Invalid("The parameters soc_enabled and security_hardening_os exclude each other.")
	case behavior.Value(m.ChargeType) == ack.ChargeTypePrePaid && m.Period == nil:
		return world.Missing("control_plane_config.period")
	}
	return nil
}

// checkNetwork returns the fault of the network of a new cluster.
func checkNetwork(in *ack.CreateClusterRequest, c *world.Cluster) error {
	switch n := len(in.VSwitchIDs); {
	case (c.VPCID == "") != (n == 0) && !c.IsRegistered():
		return world.Invalid("The parameters vpcid and vswitch_ids go together.")
	case n > 5, len(in.ZoneIDs) > 5:
		return world.Invalid("A cluster has at most 5 vSwitches.")
	case c.ClusterDomain != "" && !domain.MatchString(c.ClusterDomain):
		return world.Invalid("The cluster_domain is not a domain.")
	}
	services, err := checkServices(cmp.Or(c.ServiceCIDR, world.DefaultServiceCIDR))
	if err != nil {
		return err
	}
	pods, err := checkPods(in, c)
	if err != nil {
		return err
	}
	if pods.IsValid() && services.Overlaps(pods) {
		return world.Invalid("The container_cidr and the service_cidr overlap.")
	}
	return nil
}

// checkServices returns the addresses of services.
func checkServices(text string) (netip.Prefix, error) {
	cidr, err := netip.ParsePrefix(text)
	within := func(private netip.Prefix) bool { return private.Contains(cidr.Addr()) }
	if err != nil || cidr.Bits() < 16 || cidr.Bits() > 24 || !slices.ContainsFunc(servicesWithin, within) {
		return cidr, world.Invalid("The service_cidr is not a private range with a prefix of 16 to 24 bits.")
	}
	return cidr, nil
}

// checkPods returns the addresses of pods; there are none of the cluster's own with Terway.
func checkPods(in *ack.CreateClusterRequest, c *world.Cluster) (netip.Prefix, error) {
	flannel, terway := installs(in, "flannel"), installs(in, "terway-eniip")
	switch {
	case flannel && terway:
		return netip.Prefix{}, world.Invalid("A cluster has one add-on for the network, flannel or terway-eniip.")
	case c.ContainerCIDR == "" && flannel && c.VPCID != "":
		return netip.Prefix{}, world.Missing("container_cidr")
	case c.ContainerCIDR == "" && c.VPCID != "":
		return netip.Prefix{}, nil
	}
	cidr, err := netip.ParsePrefix(cmp.Or(c.ContainerCIDR, world.DefaultContainerCIDR))
	if err != nil || !cidr.Addr().IsPrivate() {
		return cidr, world.Invalid("The container_cidr is not a private range.")
	}
	mask, err := strconv.Atoi(cmp.Or(c.NodeCIDRMask, world.DefaultNodeCIDRMask))
	if err != nil || mask <= cidr.Bits() || mask > 32 {
		return cidr, world.Invalid("The node_cidr_mask is not a prefix within the container_cidr.")
	}
	return cidr, nil
}

// installs reports whether a request asks for an add-on.
func installs(in *ack.CreateClusterRequest, name string) bool {
	return slices.ContainsFunc(in.Addons, func(a ack.ClusterAddon) bool { return a.Name == name && !behavior.Value(a.Disabled) })
}

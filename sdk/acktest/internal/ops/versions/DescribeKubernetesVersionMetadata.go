package versions

import (
	"slices"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeKubernetesVersionMetadata lists the Kubernetes versions, the newest first. They are the same in all regions and for all
// kinds of clusters that there are: no source tells which are not. Where a version is asked for, it tells where that can go from there.
func DescribeKubernetesVersionMetadata(
	_ *world.World, in *ack.DescribeKubernetesVersionMetadataRequest,
) (*ack.DescribeKubernetesVersionMetadataResponse, error) {
	out := &ack.DescribeKubernetesVersionMetadataResponse{}
	name, mode := behavior.Value(in.KubernetesVersion), behavior.ValueOr(in.Mode, ack.VersionModeCreatable)
	if mode != ack.VersionModeCreatable && mode != ack.VersionModeSupported {
		return nil, world.Invalid("The Mode is neither supported nor creatable.")
	}
	if !world.IsRegion(in.Region) || !world.OffersClusters(in.ClusterType, behavior.Value(in.Profile)) {
		return out, nil
	}
	for _, v := range slices.Backward(world.Versions()) {
		if name == "" && mode == ack.VersionModeCreatable && !v.Creatable || name != "" && name != v.Name {
			continue
		}
		out.Items = append(out.Items, describe(v, in))
	}
	return out, nil
}

// describe returns a version as the service describes it. All images work with containerd, and with nothing else.
func describe(v world.Version, in *ack.DescribeKubernetesVersionMetadataRequest) ack.KubernetesVersion {
	out := ack.KubernetesVersion{
		Version: v.Name, Creatable: v.Creatable, ReleaseDate: v.Released, ExpirationDate: v.Expires,
		UpgradableVersions: []string{}, Runtimes: []ack.Runtime{}, Images: []ack.VersionImage{},
		Capabilities: map[string]any{"AnyAZ": true, "ChargeType": string(ack.ChargeTypePostPaid)},
		MetaData:     map[string]any{"KubernetesVersion": v.Name, "ServiceCIDR": "", "SubClass": "default"},
	}
	if behavior.Value(in.KubernetesVersion) != "" && behavior.Value(in.QueryUpgradableVersion) {
		out.UpgradableVersions = world.UpgradableVersions(v.Name)
	}
	for _, release := range v.Runtimes {
		out.Runtimes = append(out.Runtimes, ack.Runtime{Name: new(ack.ContainerRuntimeContainerd), Version: &release})
	}
	if behavior.ValueOr(in.Runtime, ack.ContainerRuntimeContainerd) == ack.ContainerRuntimeContainerd {
		out.Images = world.Images()
	}
	if in.MultiAZ != nil {
		out.MultiAZ = strconv.FormatBool(*in.MultiAZ)
	}
	return out
}

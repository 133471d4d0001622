package addons

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// namespace is where add-ons run.
const namespace = "kube-system"

// ListClusterAddonInstanceResources returns the Helm release of an add-on and what it consists of: a workload, unless ACK runs it
// outside of the cluster, and the account that it acts as. No source has a full list.
func ListClusterAddonInstanceResources(
	w *world.World, in *ack.ListClusterAddonInstanceResourcesRequest,
) (*ack.ListClusterAddonInstanceResourcesResponse, error) {
	instance, err := instanceOf(w, in.ClusterID, in.InstanceName)
	if err != nil {
		return nil, err
	}
	name := instance.Name
	objects := []ack.AddonKubernetesObject{
		{Version: "v1", Kind: "ServiceAccount", Namespace: namespace, Name: name},
		{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "ClusterRole", Name: name},
		{Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "ClusterRoleBinding", Name: name},
	}
	if workload := catalog.Find(name).Workload; workload != "" {
		objects = append(objects, ack.AddonKubernetesObject{Group: "apps", Version: "v1", Kind: workload, Namespace: namespace, Name: name})
	}
	return &ack.ListClusterAddonInstanceResourcesResponse{
		KubernetesObjects: objects,
		HelmRelease: ack.AddonHelmRelease{
			ReleaseName: name, Namespace: namespace, ChartName: name, ChartVersion: strings.TrimPrefix(instance.Version, "v"),
		},
	}, nil
}

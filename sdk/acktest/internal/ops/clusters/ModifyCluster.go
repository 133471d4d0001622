package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyCluster changes the settings of a cluster. Those of the control plane need a cluster that is running; the others, such as
// the protection from deletion, can be changed of one that failed, too.
func ModifyCluster(w *world.World, in *ack.ModifyClusterRequest) (*ack.ModifyClusterResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	if earlier := w.Repeated(c, w.Operation, behavior.Value(in.ClientToken)); earlier != nil {
		return &ack.ModifyClusterResponse{TaskReference: earlier.Reference()}, nil
	}
	if err := checkChange(w, c, in); err != nil {
		return nil, err
	}
	return &ack.ModifyClusterResponse{TaskReference: w.ModifyCluster(c, in).Reference()}, nil
}

// checkChange returns the fault of a change of a cluster.
func checkChange(w *world.World, c *world.Cluster, in *ack.ModifyClusterRequest) error {
	switch {
	case c.State == ack.ClusterStateDeleting, c.NeedsWork(in) && c.State != ack.ClusterStateRunning:
		return world.Conflict("The cluster %s is %s and cannot be changed so.", c.ClusterID, c.State)
	case in.ClusterSpec != nil && c.ClusterType != ack.ClusterTypeManagedKubernetes:
		return world.Invalid("The cluster %s has no cluster_spec, as it is not a managed one.", c.ClusterID)
	case behavior.Value(in.ClusterSpec) == ack.ClusterSpecACKStandard && c.IsPro():
		return world.Invalid("A Pro cluster cannot go back to the Basic edition.")
	case !c.IsManaged() && (in.EnableRRSA != nil || in.APIServerCustomCertSANs != nil || in.VSwitchIDs != nil):
		return world.Invalid("The cluster %s is not a managed one, and takes no enable_rrsa, api_server_custom_cert_sans or vswitch_ids.", c.ClusterID)
	case in.VSwitchIDs != nil && (len(in.VSwitchIDs) == 0 || len(in.VSwitchIDs) > 5):
		return world.Invalid("A cluster has 1 to 5 vswitch_ids.")
	}
	if size := behavior.Value(in.ControlPlaneConfig).Size; size != nil && *size <= behavior.Value(c.ControlPlaneConfig.Size) {
		return world.Invalid("The size of the control plane of the cluster %s is not above the present one.", c.ClusterID)
	}
	if in.ClusterName != nil {
		if err := checkName(w, *in.ClusterName, c); err != nil {
			return err
		}
	}
	if err := checkMachines(in.ControlPlaneConfig); err != nil {
		return err
	}
	return world.CheckWindow(in.MaintenanceWindow)
}

package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// RevokeK8sClusterKubeConfig makes the certificates of the caller invalid and gives it a new one.
func RevokeK8sClusterKubeConfig(w *world.World, in *ack.RevokeK8sClusterKubeConfigRequest) (*ack.RevokeK8sClusterKubeConfigResponse, error) {
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	c.RevokeKubeconfig(w.UserID())
	if _, err := w.Renew(c, w.UserID()); err != nil {
		return nil, err
	}
	return &ack.RevokeK8sClusterKubeConfigResponse{}, nil
}

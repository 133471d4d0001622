package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterUserKubeconfig returns a kubeconfig of the caller.
func DescribeClusterUserKubeconfig(w *world.World, in *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error) {
	config, err := issue(w, wish{in.ClusterID, w.UserID(), in.PrivateIPAddress, in.TemporaryDurationMinutes})
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterUserKubeconfigResponse{Kubeconfig: *config}, nil
}

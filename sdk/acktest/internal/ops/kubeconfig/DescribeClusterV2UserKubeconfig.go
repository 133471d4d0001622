package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterV2UserKubeconfig returns a kubeconfig of the caller, without the time at which it expires.
func DescribeClusterV2UserKubeconfig(w *world.World, in *ack.DescribeClusterV2UserKubeconfigRequest) (*ack.DescribeClusterV2UserKubeconfigResponse, error) {
	config, err := issue(w, wish{in.ClusterID, w.UserID(), in.PrivateIPAddress, in.TemporaryDurationMinutes})
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterV2UserKubeconfigResponse{Kubeconfig: ack.Kubeconfig{Config: config.Config}}, nil
}

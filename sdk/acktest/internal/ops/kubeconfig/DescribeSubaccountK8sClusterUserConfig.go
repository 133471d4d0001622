package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeSubaccountK8sClusterUserConfig returns a kubeconfig of a user to the account.
func DescribeSubaccountK8sClusterUserConfig(w *world.World, in *ack.DescribeSubaccountK8sClusterUserConfigRequest) (*ack.DescribeSubaccountK8sClusterUserConfigResponse, error) {
	if err := w.CheckAccount(); err != nil {
		return nil, err
	}
	config, err := issue(w, wish{in.ClusterID, in.UID, in.PrivateIPAddress, in.TemporaryDurationMinutes})
	if err != nil {
		return nil, err
	}
	return &ack.DescribeSubaccountK8sClusterUserConfigResponse{Kubeconfig: *config}, nil
}

package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListClusterKubeconfigStates lists who has a kubeconfig of a cluster. Those of cloud services are listed on demand; no source
// tells what the service does where nobody says.
func ListClusterKubeconfigStates(w *world.World, in *ack.ListClusterKubeconfigStatesRequest) (*ack.ListClusterKubeconfigStatesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	var states []ack.KubeconfigState
	for _, h := range c.Holders.All() {
		if s := h.CertState(w.Now()); s == ack.KubeconfigCertStateUnexpired || s == ack.KubeconfigCertStateExpired {
			states = append(states, stateOf(w, c, h))
		}
	}
	if in.CloudServiceKubeConfig != nil && *in.CloudServiceKubeConfig && c.ClusterType == ack.ClusterTypeManagedKubernetes {
		states = append(states, serviceState(w, c))
	}
	page, info := behavior.Numbered(states, in.PageNumber, in.PageSize, 10, 50)
	return &ack.ListClusterKubeconfigStatesResponse{States: page, Page: info}, nil
}

package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListUserKubeConfigStates lists for all clusters whether a user has a kubeconfig.
func ListUserKubeConfigStates(w *world.World, in *ack.ListUserKubeConfigStatesRequest) (*ack.ListUserKubeConfigStatesResponse, error) {
	var states []ack.UserKubeconfigState
	for id, c := range w.Clusters.All() {
		h := c.Holders.Get(in.UID)
		state := ack.UserKubeconfigState{ClusterID: id, ClusterName: c.Name, ClusterState: c.State, CertState: h.CertState(w.Now())}
		if h != nil {
			state.CertExpireTime = h.Expires
		}
		states = append(states, state)
	}
	page, info := behavior.Numbered(states, in.PageNumber, in.PageSize, 50, 100)
	return &ack.ListUserKubeConfigStatesResponse{States: page, Page: info}, nil
}

package kubeconfig

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateK8sClusterUserConfigExpire sets how long the certificates of a user are valid. A user who has one gets a new one; the
// old one stays valid until it expires, as with other renewals. No source tells what becomes of it.
func UpdateK8sClusterUserConfigExpire(w *world.World, in *ack.UpdateK8sClusterUserConfigExpireRequest) (*ack.UpdateK8sClusterUserConfigExpireResponse, error) {
	if err := w.CheckAccount(); err != nil {
		return nil, err
	}
	c, err := w.ServingCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	h := c.Holder(in.User)
	h.Hours = in.ExpireHour
	if h.Certificate == "" {
		return &ack.UpdateK8sClusterUserConfigExpireResponse{}, nil
	}
	h.Expires = w.Now()
	if _, err := w.Renew(c, in.User); err != nil {
		return nil, err
	}
	return &ack.UpdateK8sClusterUserConfigExpireResponse{}, nil
}

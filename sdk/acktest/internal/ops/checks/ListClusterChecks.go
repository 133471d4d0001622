package checks

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListClusterChecks lists the checks of a cluster, the newest first, without what they have found.
func ListClusterChecks(w *world.World, in *ack.ListClusterChecksRequest) (*ack.ListClusterChecksResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	out := &ack.ListClusterChecksResponse{}
	for _, check := range c.Checks.All() {
		if in.Type != nil && *in.Type != check.Type || in.Target != nil && *in.Target != check.Target {
			continue
		}
		listed := check.ClusterCheck
		listed.CheckItems = nil
		out.Checks = append(out.Checks, listed)
	}
	slices.Reverse(out.Checks)
	return out, nil
}

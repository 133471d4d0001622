package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterAddonsVersion tells of all add-ons that a cluster has or can have which version it has and can have.
func DescribeClusterAddonsVersion(
	w *world.World, in *ack.DescribeClusterAddonsVersionRequest,
) (*ack.DescribeClusterAddonsVersionResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	versions := make(map[string]ack.AddonVersion)
	for _, offer := range catalog.Addons(c.Kind(), c.CurrentVersion) {
		if versions[offer.Name], err = versionOf(c, offer); err != nil {
			return nil, err
		}
	}
	return &ack.DescribeClusterAddonsVersionResponse{Entries: versions}, nil
}

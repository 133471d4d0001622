package addons

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterAddonMetadata returns the settings that an add-on takes in a cluster.
func DescribeClusterAddonMetadata(
	w *world.World, in *ack.DescribeClusterAddonMetadataRequest,
) (*ack.DescribeClusterAddonMetadataResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	offer, version, err := placeOf(c).find(in.ComponentID, in.Version)
	if err != nil {
		return nil, err
	}
	return &ack.DescribeClusterAddonMetadataResponse{Name: offer.Name, Version: version, ConfigSchema: offer.Schema()}, nil
}

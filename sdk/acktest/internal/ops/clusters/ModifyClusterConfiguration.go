package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyClusterConfiguration sets parameters of the control plane of a managed cluster. Those that are not listed stay: no
// source tells what becomes of them.
func ModifyClusterConfiguration(
	w *world.World, in *ack.ModifyClusterConfigurationRequest,
) (*ack.ModifyClusterConfigurationResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case !c.IsManaged():
		return nil, world.Invalid("The cluster %s is not a managed one.", c.ClusterID)
	}
	for _, component := range in.CustomizeConfig {
		if behavior.Value(component.Name) == "" {
			return nil, world.Missing("customize_config.name")
		}
		for _, p := range component.Configs {
			if behavior.Value(p.Key) == "" {
				return nil, world.Missing("customize_config.configs.key")
			}
		}
	}
	w.Configure(c, in.CustomizeConfig)
	return &ack.ModifyClusterConfigurationResponse{}, nil
}

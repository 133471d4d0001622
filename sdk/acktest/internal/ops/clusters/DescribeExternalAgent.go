package clusters

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeExternalAgent returns the manifest of the agent of a registered cluster. Nobody tells the server whether somebody
// applies it, so the agent connects soon afterwards.
func DescribeExternalAgent(w *world.World, in *ack.DescribeExternalAgentRequest) (*ack.DescribeExternalAgentResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	switch {
	case err != nil:
		return nil, err
	case !c.IsRegistered():
		return nil, world.Invalid("The cluster %s is not a registered one and has no agent.", c.ClusterID)
	}
	host := "cs." + c.RegionID + ".aliyuncs.com"
	if behavior.Value(in.PrivateIPAddress) == ack.DescribeExternalAgentPrivateIPAddressTrue {
		host = "cs-anony-vpc." + c.RegionID + ".aliyuncs.com"
	}
	role := "cluster-admin"
	if behavior.Value(in.AgentMode) == ack.DescribeExternalAgentAgentModeRestricted {
		role = "view" // which part of the rights it is no source tells
	}
	w.ConnectAgent(c)
	return &ack.DescribeExternalAgentResponse{Config: agentManifest(c, host, role)}, nil
}

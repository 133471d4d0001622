package edgemachines

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// DescribeEdgeMachineTunnelConfigDetail returns a new token for the tunnel to a machine that is online. Nobody checks the token,
// as the fake has no tunnel.
func DescribeEdgeMachineTunnelConfigDetail(w *world.World, in *ack.DescribeEdgeMachineTunnelConfigDetailRequest) (*ack.DescribeEdgeMachineTunnelConfigDetailResponse, error) {
	m, err := w.EdgeMachine(in.EdgeMachineID)
	if err != nil {
		return nil, err
	}
	if m.OnlineState != ack.EdgeMachineOnlineStateOnline {
		return nil, world.Conflict("The edge machine %s is not online.", m.EdgeMachineID)
	}
	return &ack.DescribeEdgeMachineTunnelConfigDetailResponse{
		Model: m.Model, SN: m.SN, TunnelEndpoint: "wss://edge-tunnel.example.com", Token: roa.Secret(w.NewHexID("", 32)), ProductKey: m.ProductKey,
		DeviceName: m.Device,
	}, nil
}

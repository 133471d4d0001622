package peers

import (
	"context"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// generated is the client of this SDK.
type generated struct{ client *ack.Client }

// ours are this SDK as it is, and with one option each.
func ours() []Peer {
	option := func(name string, opts ...roa.Option) Peer {
		return Peer{Name: Ours + ", " + name, Open: openOurs(opts...), Option: true}
	}
	return []Peer{
		{Name: Ours, Open: openOurs()},
		option("HMAC-SHA1", roa.WithSignature(roa.ROAHMACSHA1)),
		option("validation on", roa.WithValidation()),
		option("drift hook on", roa.WithDriftHook(func(roa.Drift) {})),
	}
}

// openOurs opens the client with the transport that it brings. Only where many calls
// are made at once it gets the one that all get.
func openOurs(opts ...roa.Option) func(Target) (Client, error) {
	return func(t Target) (Client, error) {
		all := []roa.Option{
			roa.WithEndpoint(t.URL), roa.WithPlainHTTP(), roa.WithRegion(region),
			roa.WithCredentials(roa.StaticCredentials(t.ID, t.Secret, "")),
		}
		if t.Parallel > 1 {
			all = append(all, roa.WithTransport(transport(t)))
		}
		client, err := ack.New(append(all, opts...)...)
		return &generated{client}, err
	}
}

func (g *generated) Detail(ctx context.Context, cluster string) (string, error) {
	out, err := g.client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: cluster})
	if err != nil {
		return "", err
	}
	return out.Name, nil
}

func (g *generated) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	out, err := g.client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{
		ClusterID: cluster, PageNumber: new("1"), PageSize: new("100"),
	})
	if err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Nodes, func(n *ack.Node) string { return n.NodeName }), nil
}

func (g *generated) Create(ctx context.Context, cluster string) (string, error) {
	out, err := g.client.CreateClusterNodePool(ctx, &ack.CreateClusterNodePoolRequest{
		ClusterID:    cluster,
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "web", Type: new(ack.NodePoolTypeESS)},
		ScalingGroup: &ack.ScalingGroupSpec{
			VSwitchIDs:    []string{"vsw-2zete8s4qocqg0mf60001", "vsw-2zete8s4qocqg0mf60002"},
			InstanceTypes: []string{"ecs.g7.xlarge", "ecs.g6.xlarge"}, InstanceChargeType: new(ack.ChargeTypePostPaid),
			DesiredSize: new(int64(3)), ImageType: new(ack.ImageTypeAliyunLinux3), KeyPair: new("web-key"),
			SystemDiskCategory: new(ack.DiskCategoryCloudESSD), SystemDiskSize: new(int64(120)),
			SecurityGroupIDs: []string{"sg-2zeihch86ooz9io40001"}, Tags: []ack.Tag{{Key: "team", Value: new("web")}},
		},
		KubernetesConfig: &ack.KubernetesConfig{
			Runtime: new(ack.ContainerRuntimeContainerd), RuntimeVersion: new("1.6.28"),
			Labels: []ack.NodeLabel{{Key: "tier", Value: new("front")}},
			Taints: []ack.Taint{{Key: "dedicated", Value: new("web"), Effect: new(ack.TaintEffectNoSchedule)}}, CMSEnabled: new(true),
		},
		Management: &ack.Management{Enable: new(true), AutoRepair: new(true)},
	})
	if err != nil {
		return "", err
	}
	return out.NodePoolID, nil
}

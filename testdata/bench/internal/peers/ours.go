package peers

import (
	"context"
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// this is the client of this SDK.
type this struct {
	client   *ack.Client
	nodePool ack.CreateClusterNodePoolRequest
}

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
// are made at once, or none goes out, it gets the one that all get.
func openOurs(opts ...roa.Option) func(Target) (Client, error) {
	return func(t Target) (Client, error) {
		all := []roa.Option{
			roa.WithEndpoint(t.URL), roa.WithPlainHTTP(), roa.WithRegion(region),
			roa.WithCredentials(roa.StaticCredentials(t.ID, t.Secret, "")),
		}
		if t.Parallel > 1 || t.Transport != nil {
			all = append(all, roa.WithTransport(transport(t)))
		}
		client, err := ack.New(append(all, opts...)...)
		if err != nil {
			return nil, err
		}
		o := &this{client: client}
		return o, json.Unmarshal([]byte(canned.NodePool), &o.nodePool)
	}
}

func (o *this) Detail(ctx context.Context, cluster string) (string, error) {
	out, err := o.client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: cluster})
	if err != nil {
		return "", err
	}
	return out.Name, nil
}

func (o *this) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	out, err := o.client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{
		ClusterID: cluster, PageNumber: new("1"), PageSize: new("100"),
	})
	if err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Nodes, func(n *ack.Node) string { return n.NodeName }), nil
}

func (o *this) Create(ctx context.Context, cluster string) (string, error) {
	in := o.nodePool
	in.ClusterID = cluster
	out, err := o.client.CreateClusterNodePool(ctx, &in)
	if err != nil {
		return "", err
	}
	return out.NodePoolID, nil
}

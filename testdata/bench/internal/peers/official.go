package peers

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// official is the typed SDK of the provider.
type official struct {
	client   *cs.Client
	runtime  *dara.RuntimeOptions
	nodePool cs.CreateClusterNodePoolRequest
}

func openOfficial(t Target) (Client, error) {
	config := &openapi.Config{
		RegionId: new(region), AccessKeyId: new(t.ID), AccessKeySecret: new(t.Secret),
		Endpoint: new(strings.TrimPrefix(t.URL, "http://")), Protocol: new("HTTP"),
	}
	if t.Transport != nil {
		config.HttpClient = throughTransport{&http.Client{Transport: t.Transport}}
	}
	client, err := cs.NewClient(config)
	if err != nil {
		return nil, err
	}
	c := &official{client: client, runtime: &dara.RuntimeOptions{MaxIdleConns: new(t.Parallel)}}
	return c, json.Unmarshal([]byte(canned.NodePool), &c.nodePool)
}

// throughTransport sends as the official SDK does, but for the transport.
type throughTransport struct{ client *http.Client }

// Call sends a request.
func (c throughTransport) Call(req *http.Request, _ *http.Transport) (*http.Response, error) {
	return c.client.Do(req) //nolint:gosec // G704: to the server of the benchmark
}

func (o *official) Detail(ctx context.Context, cluster string) (string, error) {
	out, err := o.client.DescribeClusterDetailWithContext(ctx, &cluster, nil, o.runtime)
	if err != nil {
		return "", err
	}
	return *out.Body.Name, nil
}

func (o *official) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	out, err := o.client.DescribeClusterNodesWithContext(ctx, &cluster,
		&cs.DescribeClusterNodesRequest{PageNumber: new("1"), PageSize: new("100")}, nil, o.runtime)
	if err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Body.Nodes, func(n **cs.DescribeClusterNodesResponseBodyNodes) string { return *(*n).NodeName }), nil
}

func (o *official) Create(ctx context.Context, cluster string) (string, error) {
	out, err := o.client.CreateClusterNodePoolWithContext(ctx, &cluster, &o.nodePool, nil, o.runtime)
	if err != nil {
		return "", err
	}
	return *out.Body.NodepoolId, nil
}

//go:build peers

package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
	"github.com/ackgen/ackgen/testdata/bench/internal/oapi"
	"github.com/ackgen/ackgen/testdata/bench/internal/ogen"
)

// generated are the clients that others generate. They do not know how requests are
// signed, so the signer of the one written by hand does that.
func generated() []Peer {
	return []Peer{{Name: "oapi-codegen, signed", Open: openOapi}, {Name: "ogen, signed", Open: openOgen}}
}

// signAny signs a request of a client that knows nothing of actions.
func (s signer) signAny(_ context.Context, req *http.Request) error {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return err
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
	}
	return s.sign(req, actionOf(req), body)
}

func actionOf(req *http.Request) string {
	switch {
	case req.Method == http.MethodPost:
		return "CreateClusterNodePool"
	case strings.HasSuffix(req.URL.Path, "/nodes"):
		return "DescribeClusterNodes"
	default:
		return "DescribeClusterDetail"
	}
}

type oapiClient struct {
	client   *oapi.ClientWithResponses
	nodePool oapi.CreateClusterNodePoolBody
}

func openOapi(t Target) (Client, error) {
	client, err := oapi.NewClientWithResponses(t.URL, oapi.WithHTTPClient(&http.Client{Transport: transport(t)}),
		oapi.WithRequestEditorFn(signer{t.ID, t.Secret}.signAny))
	if err != nil {
		return nil, err
	}
	c := &oapiClient{client: client}
	return c, json.Unmarshal([]byte(canned.NodePool), &c.nodePool)
}

func (c *oapiClient) Detail(ctx context.Context, cluster string) (string, error) {
	out, err := c.client.DescribeClusterDetailWithResponse(ctx, cluster)
	if err != nil {
		return "", err
	}
	if out.JSON200 == nil {
		return "", errors.New(out.Status())
	}
	return *out.JSON200.Name, nil
}

func (c *oapiClient) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	out, err := c.client.DescribeClusterNodesWithResponse(ctx, cluster, &oapi.DescribeClusterNodesParams{PageNumber: new("1"), PageSize: new("100")})
	if err != nil {
		return Nodes{}, err
	}
	if out.JSON200 == nil || out.JSON200.Nodes == nil {
		return Nodes{}, errors.New(out.Status())
	}
	return lastOf(*out.JSON200.Nodes, func(n *oapi.Node) string { return *n.NodeName }), nil
}

func (c *oapiClient) Create(ctx context.Context, cluster string) (string, error) {
	out, err := c.client.CreateClusterNodePoolWithResponse(ctx, cluster, c.nodePool)
	if err != nil {
		return "", err
	}
	if out.JSON200 == nil {
		return "", errors.New(out.Status())
	}
	return *out.JSON200.NodepoolId, nil
}

type ogenClient struct {
	client   *ogen.Client
	nodePool ogen.CreateClusterNodePoolBody
}

// signing is an HTTP client that signs.
type signing struct {
	http   *http.Client
	signer signer
}

// Do signs a request and sends it.
func (s *signing) Do(req *http.Request) (*http.Response, error) {
	if err := s.signer.signAny(req.Context(), req); err != nil {
		return nil, err
	}
	return s.http.Do(req)
}

// unsigned is the header that signing replaces: it gets the whole request, which the
// security of ogen does not.
type unsigned struct{}

// AccessKey returns no signature.
func (unsigned) AccessKey(context.Context, ogen.OperationName) (ogen.AccessKey, error) {
	return ogen.AccessKey{}, nil
}

func openOgen(t Target) (Client, error) {
	client, err := ogen.NewClient(t.URL, unsigned{}, ogen.WithClient(&signing{&http.Client{Transport: transport(t)}, signer{t.ID, t.Secret}}))
	if err != nil {
		return nil, err
	}
	c := &ogenClient{client: client}
	if err := json.Unmarshal([]byte(canned.NodePool), &c.nodePool); err != nil {
		return nil, err
	}
	group := &c.nodePool.ScalingGroup.Value // decoding has set defaults, which the others do not send
	group.AutoRenewPeriod.Reset()
	group.SecurityHardeningOs.Reset()
	return c, nil
}

func (c *ogenClient) Detail(ctx context.Context, cluster string) (string, error) {
	out, err := c.client.DescribeClusterDetail(ctx, ogen.DescribeClusterDetailParams{ClusterId: cluster})
	if err != nil {
		return "", err
	}
	detail, ok := out.(*ogen.Cluster)
	if !ok {
		return "", fmt.Errorf("a %T", out)
	}
	return detail.Name.Value, nil
}

func (c *ogenClient) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	out, err := c.client.DescribeClusterNodes(ctx, ogen.DescribeClusterNodesParams{
		ClusterId: cluster, PageNumber: ogen.NewOptString("1"), PageSize: ogen.NewOptString("100"),
	})
	if err != nil {
		return Nodes{}, err
	}
	list, ok := out.(*ogen.NodeList)
	if !ok {
		return Nodes{}, fmt.Errorf("a %T", out)
	}
	return lastOf(list.Nodes, func(n *ogen.Node) string { return n.NodeName.Value }), nil
}

func (c *ogenClient) Create(ctx context.Context, cluster string) (string, error) {
	out, err := c.client.CreateClusterNodePool(ctx, &c.nodePool, ogen.CreateClusterNodePoolParams{ClusterId: cluster})
	if err != nil {
		return "", err
	}
	created, ok := out.(*ogen.NewNodePool)
	if !ok {
		return "", fmt.Errorf("a %T", out)
	}
	return created.NodepoolID.Value, nil
}

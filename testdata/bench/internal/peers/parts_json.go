package peers

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// ByStandard is encoding/json into the types of the hand-written client.
const ByStandard = "encoding/json"

// bindParts are the ways from a value to the path and the body of a request for a node
// pool. What they come to is compared by a test of its own, since ours does not tell.
func bindParts() []Part {
	const group = "bind a POST"
	return []Part{
		{group, Ours, bindWith(func(in *ack.CreateClusterNodePoolRequest) { bindOurs(in) })},
		{group, ByStandard, bindWith(func(in *handNodePool) { _, _, _ = bindByHand(in) })},
		{group, Official, bindWith(func(in *cs.CreateClusterNodePoolRequest) { bindOfficial(in) })},
	}
}

func bindWith[In any](bind func(*In)) func() (func() (string, error), error) {
	return func() (func() (string, error), error) {
		in := new(In)
		err := json.Unmarshal([]byte(canned.NodePool), in)
		return func() (string, error) { bind(in); return "", nil }, err
	}
}

var opCreate = roa.Operation{Name: "CreateClusterNodePool", Method: http.MethodPost, Path: "/clusters/{ClusterId}/nodepools"}

// bindOurs does what the generated method does before it sends.
func bindOurs(in *ack.CreateClusterNodePoolRequest) *roa.Request {
	req := roa.NewRequest(&opCreate, in)
	req.Path("ClusterId", canned.Cluster)
	req.Body(in)
	return req
}

func bindByHand(in *handNodePool) (path string, body []byte, err error) {
	body, err = json.Marshal(in)
	return "/clusters/" + url.PathEscape(canned.Cluster) + "/nodepools", body, err
}

// bindOfficial does what the official method does before it sends, for the fields that
// are set.
func bindOfficial(in *cs.CreateClusterNodePoolRequest) (path, body string) {
	fields := map[string]any{
		"kubernetes_config": in.KubernetesConfig, "management": in.Management, "nodepool_info": in.NodepoolInfo, "scaling_group": in.ScalingGroup,
	}
	return "/clusters/" + dara.PercentEncode(canned.Cluster) + "/nodepools", dara.Stringify(openapiutil.ParseToMap(fields))
}

// decodeParts are the ways from the text of 100 nodes to a value.
func decodeParts() []Part {
	const group = "decode 100 nodes"
	return []Part{
		{group, Ours, decodeWith(canned.Nodes(100), decodeOurs)},
		{group, Ours + ", leniently", decodeWith(oddNodes(), decodeOurs)},
		{group, ByStandard, decodeWith(canned.Nodes(100), decodeByHand)},
		{group, Official, decodeWith(canned.Nodes(100), decodeOfficial)},
	}
}

// oddNodes has a number as a text, which encoding/json refuses.
func oddNodes() []byte {
	return bytes.Replace(canned.Nodes(100), []byte(`"page_size":100`), []byte(`"page_size":"100"`), 1)
}

func decodeWith(text []byte, decode func([]byte) (Nodes, error)) func() (func() (string, error), error) {
	return ready(func() (string, error) {
		nodes, err := decode(text)
		if err == nil && nodes.Count != 100 {
			err = errors.New("not all nodes are there")
		}
		return nodes.Last, err
	})
}

func decodeOurs(text []byte) (Nodes, error) {
	out, err := roa.ReadJSON[ack.DescribeClusterNodesResponse](text)
	if err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Nodes, func(n *ack.Node) string { return n.NodeName }), nil
}

func decodeByHand(text []byte) (Nodes, error) {
	var out handNodes
	err := json.Unmarshal(text, &out)
	return lastOf(out.Nodes, func(n *handNode) string { return n.NodeName }), err
}

// decodeOfficial does what the official SDK does with a body: it decodes it into maps,
// encodes and decodes these, and does so once more for its type.
func decodeOfficial(text []byte) (Nodes, error) {
	body, err := dara.ReadAsJSON(bytes.NewReader(text))
	if err != nil {
		return Nodes{}, err
	}
	var all map[string]any
	if err := dara.Convert(map[string]any{"body": dara.ToMap(body), "statusCode": http.StatusOK}, &all); err != nil {
		return Nodes{}, err
	}
	var out *cs.DescribeClusterNodesResponse
	if err := dara.Convert(all, &out); err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Body.Nodes, func(n **cs.DescribeClusterNodesResponseBodyNodes) string { return *(*n).NodeName }), nil
}

package nodes

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterNodes lists the nodes of a cluster that suit all filters.
func DescribeClusterNodes(w *world.World, in *ack.DescribeClusterNodesRequest) (*ack.DescribeClusterNodesResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	number, size, err := page(in)
	if err != nil {
		return nil, err
	}
	var nodes []ack.Node
	for _, n := range c.Nodes.All() {
		if suits(in, n) {
			nodes = append(nodes, n.Node)
		}
	}
	response := &ack.DescribeClusterNodesResponse{}
	response.Nodes, response.Page = behavior.Numbered(nodes, number, size, 10, 100)
	return response, nil
}

// page reads the texts that say which page is wanted.
func page(in *ack.DescribeClusterNodesRequest) (number, size *int64, err error) {
	if number, err = count("pageNumber", in.PageNumber); err != nil {
		return nil, nil, err
	}
	size, err = count("pageSize", in.PageSize)
	return number, size, err
}

func count(name string, text *string) (*int64, error) {
	if text == nil || *text == "" {
		return nil, nil // It was not given, as many programs send it.
	}
	n, err := strconv.ParseInt(*text, 10, 32)
	if err != nil || n < 1 {
		return nil, world.Invalid("The %s is no number from 1 on.", name)
	}
	return &n, nil
}

// suits reports whether a node suits all filters. One that is empty does not count. Names and addresses may be several, joined
// by commas: no source tells whether the service takes more than one.
func suits(in *ack.DescribeClusterNodesRequest, n *world.Node) bool {
	switch {
	case in.NodePoolID != nil && *in.NodePoolID != "" && n.NodePoolID != *in.NodePoolID,
		in.State != nil && !inState(n, *in.State),
		len(in.InstanceIDs) > 0 && !isNamed(in.InstanceIDs, n.InstanceID),
		!among(in.NodeNames, n.NodeName),
		!among(in.NodeIPs, n.IPAddress...),
		in.NodeLabels != nil && !labeled(n, *in.NodeLabels):
		return false
	}
	return true
}

// isNamed reports whether an id is in a list, which a document shows in double quotes.
func isNamed(ids []string, id string) bool {
	return slices.ContainsFunc(ids, func(text string) bool { return strings.Trim(text, `"`) == id })
}

func inState(n *world.Node, filter ack.NodeStateFilter) bool {
	switch filter {
	case "", ack.NodeStateFilterAll:
		return true
	case ack.NodeStateFilterInitial:
		return n.State == ack.NodeStateInitial || n.State == ack.NodeStatePending
	}
	return string(n.State) == string(filter)
}

func among(wanted *string, values ...string) bool {
	return wanted == nil || *wanted == "" || slices.ContainsFunc(values, func(v string) bool {
		return slices.Contains(strings.Split(*wanted, ","), v)
	})
}

func labeled(n *world.Node, pairs string) bool {
	for pair := range strings.SplitSeq(pairs, ",") {
		key, value, _ := strings.Cut(pair, "=")
		if has, found := n.Labels[key]; pair != "" && (!found || has != value) {
			return false
		}
	}
	return true
}

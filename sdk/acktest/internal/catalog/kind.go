package catalog

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Kind is a kind of cluster, as far as add-ons tell them apart, or a set of such kinds.
type Kind uint8

// Kinds of clusters.
const (
	Dedicated Kind = 1 << iota
	Basic
	Pro
	Serverless
	Edge
	Registered
)

// Sets of kinds that the tables name.
const (
	managed   = Basic | Pro
	standard  = Dedicated | managed
	withNodes = standard | Edge
	inCloud   = withNodes | Serverless
	every     = inCloud | Registered
)

// KindOf returns the kind of a cluster. A profile or an edition that it does not know makes no difference.
func KindOf(clusterType ack.ClusterType, profile ack.ClusterProfile, spec ack.ClusterSpec) Kind {
	switch {
	case clusterType == ack.ClusterTypeKubernetes:
		return Dedicated
	case clusterType == ack.ClusterTypeExternalKubernetes:
		return Registered
	case clusterType == ack.ClusterTypeASK, profile == ack.ClusterProfileServerless, profile == ack.ClusterProfileASKV2:
		return Serverless
	case profile == ack.ClusterProfileEdge:
		return Edge
	case strings.HasPrefix(string(spec), "ack.pro."):
		return Pro
	}
	return Basic
}

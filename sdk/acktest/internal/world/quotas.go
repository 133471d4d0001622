package world

import (
	"cmp"
	"net/http"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

// A Quota is how much an account may have.
type Quota struct {
	Clusters   int64
	Managed    int64 // managed clusters that are not serverless
	Serverless int64
	NodePools  int64 // of a cluster
	Nodes      int64 // of a cluster
}

// usualQuota is what accounts start with.
var usualQuota = Quota{Clusters: 50, Managed: 20, Serverless: 20, NodePools: 20, Nodes: 100}

// SetQuota sets what accounts may have that nobody has used so far. What is zero stays as usual.
func (s *State) SetQuota(q Quota) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quota = Quota{
		Clusters: cmp.Or(q.Clusters, s.quota.Clusters), Managed: cmp.Or(q.Managed, s.quota.Managed), Serverless: cmp.Or(q.Serverless, s.quota.Serverless),
		NodePools: cmp.Or(q.NodePools, s.quota.NodePools), Nodes: cmp.Or(q.Nodes, s.quota.Nodes),
	}
}

// codeQuotaExceeded is our code where an account has all that it may have: no source tells that of the service.
const codeQuotaExceeded = "QuotaExceeded"

// QuotaExceeded is the fault of a request for more than the quota allows. What is what there would be too many of.
func QuotaExceeded(what string, quota int64) error {
	return fault.New(http.StatusConflict, codeQuotaExceeded, "The quota of %d %s is exceeded.", quota, what)
}

// RoomForCluster returns the fault that the account has too many clusters for another one of a type and profile.
func (w *World) RoomForCluster(added *ack.Cluster) error {
	var all, managed, serverless int64
	for _, c := range w.Clusters.All() {
		all++
		switch {
		case isServerless(&c.Cluster):
			serverless++
		case c.ClusterType == ack.ClusterTypeManagedKubernetes:
			managed++
		}
	}
	switch q := w.Quota; {
	case all >= q.Clusters:
		return QuotaExceeded("clusters", q.Clusters)
	case isServerless(added) && serverless >= q.Serverless:
		return QuotaExceeded("serverless clusters", q.Serverless)
	case !isServerless(added) && added.ClusterType == ack.ClusterTypeManagedKubernetes && managed >= q.Managed:
		return QuotaExceeded("managed clusters", q.Managed)
	}
	return nil
}

// RoomForNodes returns the fault of a cluster that cannot have so many nodes more.
func (w *World) RoomForNodes(c *Cluster, more int64) error {
	if more > 0 && int64(c.Nodes.Len())+more > w.Quota.Nodes {
		return QuotaExceeded("nodes of a cluster", w.Quota.Nodes)
	}
	return nil
}

func isServerless(c *ack.Cluster) bool {
	return c.ClusterType == ack.ClusterTypeASK || c.Profile == ack.ClusterProfileServerless || c.Profile == ack.ClusterProfileASKV2
}

package clusters

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// How many clusters a page holds unless the request says otherwise, and at most: no source tells.
const (
	usualPage   = 10
	largestPage = 100
)

// A filter is what several lists can be limited by. Absent and empty ones suit all.
type filter struct {
	nameHas     *string
	id          *string
	clusterType *ack.ClusterType
	profile     *ack.ClusterProfile
	spec        *ack.ClusterSpec
}

func (f filter) suits(c *world.Cluster) bool {
	return strings.Contains(c.Name, behavior.Value(f.nameHas)) && same(f.id, c.ClusterID) &&
		same(f.clusterType, c.ClusterType) && same(f.profile, c.Profile) && same(f.spec, c.ClusterSpec)
}

// same compares without regard to case, as documents spell some values in several ways.
func same[T ~string](wanted *T, is T) bool {
	return wanted == nil || *wanted == "" || strings.EqualFold(string(*wanted), string(is))
}

// list returns the clusters that suit, the oldest first.
func list(w *world.World, f filter, suits func(*world.Cluster) bool) []ack.Cluster {
	out := []ack.Cluster{}
	for _, c := range w.Clusters.All() {
		if f.suits(c) && suits(c) {
			out = append(out, c.Brief())
		}
	}
	return out
}

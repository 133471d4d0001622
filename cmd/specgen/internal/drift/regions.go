package drift

import (
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
)

// network is one of the two in which a region has hosts.
type network struct {
	name string
	host func(regions.Region) string
}

var networks = []network{
	{"public", func(r regions.Region) string { return r.Public }},
	{"vpc", func(r regions.Region) string { return r.VPC }},
}

// regions compares the hosts of regions, in each network by itself: a source that lists
// none for a network does not know it.
func (c *comparison) regions(theirs, ours []regions.Region) {
	for _, n := range networks {
		want, have := hosts(theirs, n), hosts(ours, n)
		if len(want) == 0 || len(have) == 0 {
			continue
		}
		for _, r := range theirs {
			c.region(Difference{Path: r.Region + " " + n.name, Upstream: want[r.Region], Spec: have[r.Region]})
		}
		for _, r := range ours {
			c.region(Difference{Path: r.Region + " " + n.name, Upstream: want[r.Region], Spec: have[r.Region]})
		}
	}
}

func (c *comparison) region(d Difference) {
	switch {
	case d.Upstream == d.Spec:
		return
	case d.Spec == "":
		d.Kind = RegionNew
	case d.Upstream == "":
		d.Kind = RegionRemoved
	default:
		d.Kind = EndpointChanged
	}
	if !slices.ContainsFunc(c.list, func(o Difference) bool { return o.String() == d.String() }) {
		c.add(d)
	}
}

func hosts(list []regions.Region, n network) map[string]string {
	out := map[string]string{}
	for _, r := range list {
		if host := n.host(r); host != "" {
			out[r.Region] = host
		}
	}
	return out
}

// Package regions tells which hosts serve the regions of a service.
//
// It may import the generator's load/oas and yamlsrc, internal/userinfo, and the standard library.
package regions

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/userinfo"
)

// Region is a region with the hosts that serve it.
type Region struct {
	Region string `json:"region"`
	// Public and VPC are empty where no server is listed for the region.
	Public string `json:"public,omitempty"`
	VPC    string `json:"vpc,omitempty"`
	// PublicSource and VPCSource name the sources of the servers.
	PublicSource string `json:"public-source,omitempty"`
	VPCSource    string `json:"vpc-source,omitempty"`
}

// Of returns the regions that the servers of a document list, by name. The
// first server is the public one, a further one with the variable region is that
// of the VPCs, and one with x-ack-regions stands in for those it lists.
func Of(doc *oas.Node) []Region {
	byName := map[string]Region{}
	first := true
	for server := range doc.Of(oas.Server) {
		vpc := !first && strings.Contains(server.Text("url"), "{region}")
		for _, name := range listedRegions(server) {
			r := byName[name]
			r.Region = name
			host := strings.TrimPrefix(strings.ReplaceAll(userinfo.Hide(server.Text("url")), "{region}", name), "https://")
			if vpc {
				r.VPC, r.VPCSource = host, sourcesOf(server)
			} else {
				r.Public, r.PublicSource = host, sourcesOf(server)
			}
			byName[name] = r
		}
		first = false
	}
	return Sorted(byName)
}

// Sorted returns regions by name. The result is never nil.
func Sorted(byName map[string]Region) []Region {
	out := []Region{}
	for _, r := range byName {
		out = append(out, r)
	}
	slices.SortFunc(out, func(x, y Region) int { return cmp.Compare(x.Region, y.Region) })
	return out
}

func listedRegions(server *oas.Node) []string {
	list := server.Get("x-ack-regions")
	if list == nil {
		list = yamlsrc.Value(yamlsrc.Value(server.Get("variables"), "region"), "enum")
	}
	var out []string
	for _, n := range yamlsrc.Items(list) {
		out = append(out, n.Value)
	}
	return out
}

// sourcesOf names the documents and snapshots that speak of an object.
func sourcesOf(o *oas.Node) string {
	var out []string
	for _, entry := range yamlsrc.Items(o.Get("x-ack-source")) {
		if name := cmp.Or(yamlsrc.Text(entry, "document"), yamlsrc.Text(entry, "snapshot")); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, ",")
}

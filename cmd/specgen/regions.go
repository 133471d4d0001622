package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// region is a region with the hosts that serve it, as list prints it.
type region struct {
	Region string `json:"region"`
	// Public and VPC are empty where no server is listed for the region.
	Public string `json:"public,omitempty"`
	VPC    string `json:"vpc,omitempty"`
	// PublicSource and VPCSource name the sources of the servers.
	PublicSource string `json:"public-source,omitempty"`
	VPCSource    string `json:"vpc-source,omitempty"`
}

func (a app) listRegions(doc *oas.Node) error {
	regions := regionsOf(doc)
	if a.JSON() {
		return a.PrintJSON(regions)
	}
	rows := [][]string{{"REGION", "PUBLIC", "SOURCE", "VPC", "SOURCE"}}
	for _, r := range regions {
		rows = append(rows, []string{r.Region, orDash(r.Public), orDash(r.PublicSource), orDash(r.VPC), orDash(r.VPCSource)})
	}
	return a.printTable(rows)
}

func orDash(s string) string { return cmp.Or(s, "-") }

// regionsOf returns the regions that the servers of a document list, by name. The
// first server is the public one, a further one with the variable region is that
// of the VPCs, and one with x-ack-regions stands in for those it lists.
func regionsOf(doc *oas.Node) []region {
	byName := map[string]region{}
	first := true
	for server := range doc.Of(oas.Server) {
		vpc := !first && strings.Contains(server.Text("url"), "{region}")
		for _, name := range listedRegions(server) {
			r := byName[name]
			r.Region = name
			host := strings.TrimPrefix(strings.ReplaceAll(server.Text("url"), "{region}", name), "https://")
			if vpc {
				r.VPC, r.VPCSource = host, sourcesOf(server)
			} else {
				r.Public, r.PublicSource = host, sourcesOf(server)
			}
			byName[name] = r
		}
		first = false
	}
	out := []region{}
	for _, r := range byName {
		out = append(out, r)
	}
	slices.SortFunc(out, func(x, y region) int { return cmp.Compare(x.Region, y.Region) })
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

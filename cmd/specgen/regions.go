package main

import (
	"cmp"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/generator/load/oas"
)

func (a app) listRegions(doc *oas.Node) error {
	list := regions.Of(doc)
	if a.JSON() {
		return a.PrintJSON(list)
	}
	rows := [][]string{{"REGION", "PUBLIC", "SOURCE", "VPC", "SOURCE"}}
	for _, r := range list {
		rows = append(rows, []string{r.Region, orDash(r.Public), orDash(r.PublicSource), orDash(r.VPC), orDash(r.VPCSource)})
	}
	return a.printTable(rows)
}

func orDash(s string) string { return cmp.Or(s, "-") }

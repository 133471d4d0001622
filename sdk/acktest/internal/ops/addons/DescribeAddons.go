package addons

import (
	"cmp"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeAddons returns the add-ons on offer for a kind of cluster, and the groups of storage and network.
func DescribeAddons(_ *world.World, in *ack.DescribeAddonsRequest) (*ack.DescribeAddonsResponse, error) {
	kind := catalog.KindOf(cmp.Or(behavior.Value(in.ClusterType), ack.ClusterTypeKubernetes), behavior.Value(in.ClusterProfile), behavior.Value(in.ClusterSpec))
	groups := []ack.AddonGroup{{GroupName: string(ack.AddonCategoryStorage)}, {GroupName: string(ack.AddonCategoryNetwork)}}
	standard := make(map[string]ack.AddonSummary)
	for _, offer := range catalog.Addons(kind, behavior.Value(in.ClusterVersion)) {
		required := offer.Required&kind != 0
		standard[offer.Name] = ack.AddonSummary{
			Name: offer.Name, Version: offer.Newest(behavior.Value(in.ClusterVersion)), Description: offer.Description,
			Required: ack.AddonSummaryRequired(strconv.FormatBool(required)), Disabled: !required && offer.Default&kind == 0,
		}
		for i := range groups {
			if groups[i].GroupName == string(offer.Category) {
				groups[i].Items = append(groups[i].Items, ack.AddonSummary{Name: offer.Name})
			}
		}
	}
	return &ack.DescribeAddonsResponse{StandardComponents: standard, ComponentGroups: groups}, nil
}

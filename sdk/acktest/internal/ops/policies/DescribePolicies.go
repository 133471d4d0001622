package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribePolicies returns the names of all policies, by category.
func DescribePolicies(_ *world.World, _ *ack.DescribePoliciesRequest) (*ack.DescribePoliciesResponse, error) {
	names := make(map[string][]string)
	for _, p := range catalog.Policies() {
		names[p.Category] = append(names[p.Category], p.Name)
	}
	return &ack.DescribePoliciesResponse{Entries: names}, nil
}

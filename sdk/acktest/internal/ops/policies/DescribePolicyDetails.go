package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribePolicyDetails returns a policy with its source.
func DescribePolicyDetails(_ *world.World, in *ack.DescribePolicyDetailsRequest) (*ack.DescribePolicyDetailsResponse, error) {
	p, err := find(in.PolicyName)
	if err != nil {
		return nil, err
	}
	out := &ack.DescribePolicyDetailsResponse{
		Name: p.Name, Category: p.Category, Description: p.Description, Action: ack.PolicyActionEnforce, Severity: p.Severity,
		Template: p.Template(),
	}
	if !p.NeedsParameters() {
		out.NoConfig = 1
	}
	return out, nil
}

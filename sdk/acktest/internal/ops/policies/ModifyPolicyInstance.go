package policies

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ModifyPolicyInstance changes the instance of a name, or all of the policy without a name: no source tells which. Without
// namespaces it applies to all; what no source tells of, the action and the parameters, stays if it is left out.
func ModifyPolicyInstance(w *world.World, in *ack.ModifyPolicyInstanceRequest) (*ack.ModifyPolicyInstanceResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p, err := find(in.PolicyName)
	if err != nil {
		return nil, err
	}
	list, err := c.PolicyInstances(p.Name, in.InstanceName)
	if err != nil {
		return nil, err
	}
	if err := checkAction(in.Action); err != nil {
		return nil, err
	}
	if in.Parameters != nil {
		if err := checkParameters(p, in.Parameters); err != nil {
			return nil, err
		}
	}
	parameters, err := yamlOf(in.Parameters)
	if err != nil {
		return nil, err
	}
	for _, row := range list {
		row.PolicyScope, row.Updated = scopeOf(in.Namespaces), w.Now().Format(time.RFC3339)
		if in.Action != nil {
			row.PolicyAction = *in.Action
		}
		if in.Parameters != nil {
			row.PolicyParameters = parameters
		}
	}
	return &ack.ModifyPolicyInstanceResponse{PolicyInstanceNames: namesOf(list)}, nil
}

package policies

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeployPolicyInstance puts a policy into force. It denies unless the request says otherwise: no source tells.
func DeployPolicyInstance(w *world.World, in *ack.DeployPolicyInstanceRequest) (*ack.DeployPolicyInstanceResponse, error) {
	c, err := w.ReadyCluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p, err := find(in.PolicyName)
	if err != nil {
		return nil, err
	}
	if err := checkAction(in.Action); err != nil {
		return nil, err
	}
	if err := checkParameters(p, in.Parameters); err != nil {
		return nil, err
	}
	parameters, err := yamlOf(in.Parameters)
	if err != nil {
		return nil, err
	}
	row := &world.PolicyInstance{PolicyInstance: ack.PolicyInstance{
		AliUID: w.ID, ClusterID: c.ClusterID, InstanceName: newName(w, c, p), PolicyName: p.Name, PolicyCategory: p.Category,
		PolicyDescription: p.Description, PolicyParameters: parameters, PolicySeverity: p.Severity, PolicyScope: scopeOf(in.Namespaces),
		PolicyAction: behavior.ValueOr(in.Action, ack.PolicyInstanceActionDeny),
		Created:      w.Now().Format(time.RFC3339), Updated: w.Now().Format(time.RFC3339),
	}}
	c.Policies.Put(row.InstanceName, row)
	return &ack.DeployPolicyInstanceResponse{PolicyInstanceNames: namesOf([]*world.PolicyInstance{row})}, nil
}

// newName returns a name for an instance that no other one of the cluster has.
func newName(w *world.World, c *world.Cluster, p *catalog.Policy) string {
	for {
		name := w.NewID(p.Prefix+"-", 5)
		if c.Policies.Get(name) == nil {
			return name
		}
	}
}

package world

import "github.com/ackgen/ackgen/sdk/ack"

// A PolicyInstance is a policy that is in force in a cluster.
type PolicyInstance struct {
	ack.PolicyInstance
}

// PolicyInstances returns the instances of a policy: the one of a name, or all of them without a name. It is a fault if there is
// none.
func (c *Cluster) PolicyInstances(policy string, name *string) ([]*PolicyInstance, error) {
	var list []*PolicyInstance
	for _, p := range c.Policies.All() {
		if p.PolicyName == policy && (name == nil || *name == "" || p.InstanceName == *name) {
			list = append(list, p)
		}
	}
	switch {
	case len(list) > 0:
		return list, nil
	case name != nil && *name != "":
		return nil, NotFound("policy instance", *name)
	}
	return nil, NotFound("instance of the policy", policy)
}

package gateway

import "strings"

// RAMActions returns the actions that a policy has to allow, and whether it can allow them for single clusters. There are none where the spec
// does not know them.
func (op *Operation) RAMActions() (actions []string, scoped bool) {
	extensions := op.Definition().Extensions
	scoped, _ = extensions["x-ack-cluster-scoped"].(bool)
	switch value := extensions["x-ack-ram-action"].(type) {
	case string:
		if strings.Contains(value, ":") { // it may be unknown
			actions = []string{value}
		}
	case []any:
		for _, item := range value {
			action, _ := item.(string)
			actions = append(actions, action)
		}
	case map[string]any:
		action, _ := value["assumed"].(string)
		actions = []string{action}
	}
	return actions, scoped
}

// Cluster returns the id of the cluster that a call is about, empty for one about none or about several.
func (c *Call) Cluster() string {
	for name, value := range c.Path {
		if strings.EqualFold(name, "ClusterId") {
			return value
		}
	}
	return ""
}

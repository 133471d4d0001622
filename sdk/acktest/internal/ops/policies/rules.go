package policies

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// find returns a policy, or the fault that there is none of its name.
func find(name string) (*catalog.Policy, error) {
	if p := catalog.FindPolicy(name); p != nil {
		return p, nil
	}
	return nil, world.NotFound("policy", name)
}

// checkAction returns the fault of an action that instances do not have.
func checkAction(action *ack.PolicyInstanceAction) error {
	if action != nil && *action != ack.PolicyInstanceActionDeny && *action != ack.PolicyInstanceActionWarn {
		return world.Invalid("The action of a policy instance is deny or warn.")
	}
	return nil
}

// checkParameters returns the fault of parameters that a policy does not take. It takes others than the table knows: that may not
// know all of them.
func checkParameters(p *catalog.Policy, parameters map[string]any) error {
	for _, q := range p.Parameters {
		value, found := parameters[q.Name]
		switch {
		case !found && q.Required:
			return world.Invalid("The policy %s needs the parameter %s.", p.Name, q.Name)
		case found && typeOf(value) != q.Type:
			return world.Invalid("The parameter %s of the policy %s is not of the type %s.", q.Name, p.Name, q.Type)
		}
	}
	return nil
}

// typeOf returns the type of JSON Schema that a value has.
func typeOf(value any) string {
	switch value := value.(type) {
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		if _, err := strconv.ParseInt(value.String(), 10, 64); err == nil {
			return "integer"
		}
		return "number"
	}
	return "null"
}

// yamlOf returns parameters as the service shows them, empty for none.
func yamlOf(parameters map[string]any) (string, error) {
	if len(parameters) == 0 {
		return "", nil
	}
	text, err := json.Marshal(parameters)
	if err != nil {
		return "", fmt.Errorf("encode parameters: %w", err)
	}
	return behavior.YAML(string(text))
}

// scopeOf returns namespaces as the service shows them. None are all.
func scopeOf(namespaces []string) string {
	if len(namespaces) == 0 {
		return "*"
	}
	return strings.Join(namespaces, ",")
}

func namesOf(instances []*world.PolicyInstance) ack.PolicyInstanceNames {
	names := make([]string, len(instances))
	for i, p := range instances {
		names[i] = p.InstanceName
	}
	return ack.PolicyInstanceNames{Instances: names}
}

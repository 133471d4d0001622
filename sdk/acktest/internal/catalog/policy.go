package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Policy is a rule for workloads that clusters can put into force.
type Policy struct {
	Name        string
	Prefix      string // of the names of its instances
	Category    string
	Severity    ack.PolicySeverity
	Description string
	Parameters  []Parameter
}

// A Parameter is a parameter that instances of a policy take. Type is a type of JSON Schema.
type Parameter struct {
	Name     string
	Type     string
	Required bool
}

// Policies returns all policies, by category.
func Policies() []*Policy { return policies }

// FindPolicy returns the policy of a name, or nil.
func FindPolicy(name string) *Policy {
	at := slices.IndexFunc(policies, func(p *Policy) bool { return p.Name == name })
	if at < 0 {
		return nil
	}
	return policies[at]
}

// NeedsParameters reports whether an instance cannot do without parameters.
func (p *Policy) NeedsParameters() bool {
	return slices.ContainsFunc(p.Parameters, func(q Parameter) bool { return q.Required })
}

// template is the source of a policy without the rule itself, which no source has for all of them.
const template = `apiVersion: policy.alibabacloud.com/v1alpha1
kind: Policy
metadata:
  name: policy-gatekeeper-%[1]s
  annotations:
    ack.policy/categories: %[2]s
spec:
  remediationAction: enforce
  severity: %[3]s
  description: "%[4]s"
  policyTemplates:
    - objectDefinition:
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata:
          name: %[1]s
        spec:
          crd:
            spec:
              names:
                kind: %[5]s
              validation:
                openAPIV3Schema:
                  type: object
%[6]s`

// Template returns the source of the policy, a YAML text.
func (p *Policy) Template() string {
	var required, properties strings.Builder
	for _, q := range p.Parameters {
		if q.Required {
			fmt.Fprintf(&required, "                    - %s\n", q.Name)
		}
		fmt.Fprintf(&properties, "                    %s:\n                      type: %s\n", q.Name, q.Type)
	}
	var schema string
	if required.Len() > 0 {
		schema += "                  required:\n" + required.String()
	}
	if properties.Len() > 0 {
		schema += "                  properties:\n" + properties.String()
	}
	return fmt.Sprintf(template, strings.ToLower(p.Name), p.Category, p.Severity, p.Description, p.Name, schema)
}

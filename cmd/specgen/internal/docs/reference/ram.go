package reference

import (
	"slices"
	"strings"
)

// ramOf returns what a policy has to allow.
func ramOf(ext map[string]any) RAM {
	var r RAM
	switch v := ext["x-ack-ram-action"].(type) {
	case string:
		r.Actions = []string{v}
	case []any:
		for _, action := range v {
			if text, ok := action.(string); ok {
				r.Actions = append(r.Actions, text)
			}
		}
	case map[string]any:
		if text, ok := v["assumed"].(string); ok {
			r.Actions, r.Assumed = []string{text}, true
		}
	}
	r.Actions = slices.DeleteFunc(r.Actions, func(a string) bool { return a == "unknown" })
	if scoped, ok := ext["x-ack-cluster-scoped"].(bool); ok {
		r.ClusterScoped = &scoped
	}
	if len(r.Actions) > 0 {
		r.Policy = policy(r.Actions, r.OfCluster())
	}
	return r
}

// statement is a statement of a RAM policy.
type statement struct {
	Effect   string
	Action   []string
	Resource string
}

// policy returns a policy that allows some actions, on all clusters if those of the
// service of the first can be limited to clusters. Actions of other services have a
// statement of their own.
func policy(actions []string, scoped bool) string {
	service, _, _ := strings.Cut(actions[0], ":")
	own, others := statement{Effect: "Allow", Resource: "*"}, statement{Effect: "Allow", Resource: "*"}
	if scoped {
		own.Resource = "acs:" + service + ":*:*:cluster/*"
	}
	for _, action := range actions {
		if of, _, _ := strings.Cut(action, ":"); of == service {
			own.Action = append(own.Action, action)
		} else {
			others.Action = append(others.Action, action)
		}
	}
	statements := []statement{own}
	if len(others.Action) > 0 {
		statements = append(statements, others)
	}
	return marshal(struct {
		Version   string
		Statement []statement
	}{"1", statements}, "  ")
}

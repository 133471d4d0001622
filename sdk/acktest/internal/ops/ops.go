// Package ops knows what each operation of ACK does.
//
// There is one folder for each group of operations, with one file for each operation that behaves, of the name of the
// operation. It may import these folders and the behavior package of acktest.
package ops

import (
	"maps"

	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/account"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/addons"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/alerts"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/autorepair"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/autoscaling"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/checks"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/clusters"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/diagnosis"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/edgemachines"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/events"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/inspections"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/kubeconfig"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/logs"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/nodecomponents"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/nodepools"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/nodes"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/operationplans"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/permissions"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/policies"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/tags"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/tasks"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/templates"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/triggers"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/upgrades"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/versions"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/vulnerabilities"
)

// All returns what operations do. The others respond with their example.
func All() behavior.Table {
	all := make(behavior.Table)
	for _, group := range []behavior.Table{
		account.Operations(),
		addons.Operations(),
		alerts.Operations(),
		autorepair.Operations(),
		autoscaling.Operations(),
		checks.Operations(),
		clusters.Operations(),
		diagnosis.Operations(),
		edgemachines.Operations(),
		events.Operations(),
		inspections.Operations(),
		kubeconfig.Operations(),
		logs.Operations(),
		nodecomponents.Operations(),
		nodepools.Operations(),
		nodes.Operations(),
		operationplans.Operations(),
		permissions.Operations(),
		policies.Operations(),
		tags.Operations(),
		tasks.Operations(),
		templates.Operations(),
		triggers.Operations(),
		upgrades.Operations(),
		versions.Operations(),
		vulnerabilities.Operations(),
	} {
		maps.Copy(all, group)
	}
	return all
}

// Examples says of each operation that responds with its example why it has no behavior.
func Examples() map[string]string {
	return map[string]string{
		"DeleteTriggerHook": "The request names no trigger, and the response says nothing.",
	}
}

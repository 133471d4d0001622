package alerts

import (
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// checkRules returns the fault of a request that names no set of rules of a cluster. Which sets there are is not known here, as
// they are in the cluster.
func checkRules(w *world.World, clusterID string, set *string) error {
	if _, err := w.ServingCluster(clusterID); err != nil {
		return err
	}
	if set == nil || *set == "" {
		return world.Missing("alert_rule_group_name")
	}
	return nil
}

// exists reports whether there is a contact or a group of contacts. The monitoring services of the provider make them, which the
// fake server does not have, so that every positive id is taken for one until it is deleted.
func exists(id int64, deleted map[int64]bool) bool { return id > 0 && !deleted[id] }

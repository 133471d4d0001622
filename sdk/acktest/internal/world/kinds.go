package world

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Names of the kinds of tasks.
const (
	createCluster      = "create_cluster"
	connectAgent       = "connect_agent"
	deleteCluster      = "delete_cluster"
	setCluster         = "set_cluster"
	modifyCluster      = "modify_cluster"
	migrateCluster     = "migrate_cluster"
	encryptCluster     = "encrypt_cluster"
	upgradeCluster     = "upgrade_cluster"
	upgradeMaster      = "upgrade_master"
	executePlan        = "execute_plan"
	setAuditLog        = "set_audit_log"
	setControlPlaneLog = "set_control_plane_log"

	installAddons       = "install_addons"
	upgradeAddons       = "upgrade_addons"
	upgradeAddonsCanary = "upgrade_addons_canary"
	modifyAddon         = "modify_addon"
	uninstallAddons     = "uninstall_addons"
)

// allKinds returns the table of all kinds by name. Each stands in the file of what it changes.
func allKinds() map[string]*Kind {
	const modify = ack.EventTypeClusterModify
	return map[string]*Kind{
		createCluster:  creatingCluster(),
		connectAgent:   connectingAgent(),
		deleteCluster:  deletingCluster(),
		setCluster:     setting("cluster_modify", modify, 0, nil),
		modifyCluster:  changing("cluster_modify", modify, ack.ClusterStateUpdating, 2*time.Minute),
		migrateCluster: changing("cluster_migrate", ack.EventTypeClusterMigrate, ack.ClusterStateMigrating, 10*time.Minute),
		encryptCluster: changing("", modify, ack.ClusterStateUpdating, 2*time.Minute),
		upgradeCluster: upgrading(true),
		upgradeMaster:  upgrading(false),
		executePlan:    executingPlan(),
		// No source names the types of these two.
		setAuditLog:        setting("cluster_audit_log_update", modify, time.Minute, (*World).change),
		setControlPlaneLog: setting("cluster_controlplane_log_update", modify, time.Minute, (*World).change),

		installAddons:       installingAddons(),
		upgradeAddons:       upgradingAddons(checkAddon, upgradeAddon),
		upgradeAddonsCanary: upgradingAddons(checkAddon, tryAddon, upgradeAddon),
		modifyAddon:         modifyingAddon(),
		uninstallAddons:     uninstallingAddons(),
	}
}

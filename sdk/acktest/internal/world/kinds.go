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

	createNodePool = "create_node_pool"
	modifyNodePool = "modify_node_pool"
	scaleNodePool  = "scale_node_pool"
	deleteNodePool = "delete_node_pool"
	scaleCluster   = "scale_cluster"
	attachNodes    = "attach_nodes"
	removeNodes    = "remove_nodes"

	upgradeNodePool     = "upgrade_node_pool"
	repairNodePool      = "repair_node_pool"
	configureNodes      = "configure_nodes"
	changeComponents    = "change_node_components"
	fixVulnerabilities  = "fix_vulnerabilities"
	scanVulnerabilities = "scan_vulnerabilities"
	operateNode         = "operate_node"
	configureScaling    = "configure_autoscaling"

	checkCluster        = "check_cluster"
	diagnoseCluster     = "diagnose_cluster"
	inspectCluster      = "inspect_cluster"
	awaitInspection     = "await_inspection"
	cleanUser           = "clean_user"
	activateEdgeMachine = "activate_edge_machine"
	addEdgeMachine      = "add_edge_machine"
	deleteEdgeMachine   = "delete_edge_machine"
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

		createNodePool: creatingNodePool(),
		modifyNodePool: modifyingNodePool(),
		scaleNodePool:  scalingNodePool(),
		deleteNodePool: deletingNodePool(),
		scaleCluster:   scalingCluster(),
		attachNodes:    attachingNodes(),
		removeNodes:    removingNodes(),

		upgradeNodePool:     upgradingNodePool(),
		repairNodePool:      repairingNodePool(),
		configureNodes:      configuringNodes(),
		changeComponents:    changingComponents(),
		fixVulnerabilities:  fixingVulnerabilities(),
		scanVulnerabilities: scanningVulnerabilities(),
		operateNode:         operatingNode(),
		configureScaling:    configuringScaling(),

		checkCluster:        checkingCluster(),
		diagnoseCluster:     diagnosingCluster(),
		inspectCluster:      inspectingCluster(),
		awaitInspection:     awaitingInspection(),
		cleanUser:           cleaningUser(),
		activateEdgeMachine: activatingEdgeMachine(),
		addEdgeMachine:      addingEdgeMachine(),
		deleteEdgeMachine:   deletingEdgeMachine(),
	}
}

// all returns the function that does several things in a row.
func all(functions ...func(*World, *Task)) func(*World, *Task) {
	return func(w *World, t *Task) {
		for _, f := range functions {
			f(w, t)
		}
	}
}

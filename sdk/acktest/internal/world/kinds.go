package world

// Names of the kinds of tasks.
const (
	createCluster = "create_cluster"
	deleteCluster = "delete_cluster"
)

// allKinds returns the table of all kinds by name. Each stands in the file of what it changes.
func allKinds() map[string]*Kind {
	return map[string]*Kind{
		createCluster: creatingCluster(),
		deleteCluster: deletingCluster(),
	}
}

package world

import "slices"

// firstNamespaces returns the namespaces that every cluster has from its beginning.
func firstNamespaces() []string {
	return []string{"default", "kube-node-lease", "kube-public", "kube-system"}
}

// SetNamespaces notes which namespaces a cluster has, as its Kubernetes API tells. The permissions in one that was deleted go with it.
func (s *State) SetNamespaces(account, clusterID string, names []string) {
	_ = s.Do(Call{Caller: Caller{Account: account}}, func(w *World) error {
		c := w.Clusters.Get(clusterID)
		if c == nil {
			return nil
		}
		c.Grants = slices.DeleteFunc(c.Grants, func(g Grant) bool {
			return slices.Contains(c.Namespaces, g.Namespace) && !slices.Contains(names, g.Namespace)
		})
		c.Namespaces = names
		return nil
	})
}

// NamespacesOf returns the namespaces of a cluster in which the caller has permissions.
func (w *World) NamespacesOf(c *Cluster) []string {
	if w.Caller.User == "" {
		return c.Namespaces
	}
	grants := w.grantsOf(c, w.Caller.User)
	return slices.DeleteFunc(slices.Clone(c.Namespaces), func(name string) bool {
		return !slices.ContainsFunc(grants, func(g Grant) bool { return g.Namespace == "" || g.Namespace == name })
	})
}

// grantsOf returns the permissions of a user in a cluster, with those in all clusters.
func (w *World) grantsOf(c *Cluster, user string) []Grant {
	return slices.DeleteFunc(slices.Concat(w.Grants, c.Grants), func(g Grant) bool { return g.User != user })
}

package world

import "slices"

// Namespaces that every cluster has from its beginning.
func firstNamespaces() []string {
	return []string{"default", "kube-node-lease", "kube-public", "kube-system"}
}

// AddNamespace notes that a namespace was made through the Kubernetes API. The names are sorted.
func (c *Cluster) AddNamespace(name string) {
	if at, found := slices.BinarySearch(c.Namespaces, name); !found {
		c.Namespaces = slices.Insert(slices.Clone(c.Namespaces), at, name)
	}
}

// RemoveNamespace notes that a namespace was deleted there, and with it the permissions in it.
func (c *Cluster) RemoveNamespace(name string) {
	c.Namespaces = slices.DeleteFunc(slices.Clone(c.Namespaces), func(other string) bool { return other == name })
	c.Grants = slices.DeleteFunc(c.Grants, func(g Grant) bool { return g.Namespace == name })
}

// NamespacesOf returns the namespaces of a cluster in which the caller has permissions.
func (w *World) NamespacesOf(c *Cluster) []string {
	if w.Caller.User == "" {
		return c.Namespaces
	}
	grants := slices.DeleteFunc(slices.Concat(w.Grants, c.Grants), func(g Grant) bool { return g.User != w.Caller.User })
	return slices.DeleteFunc(slices.Clone(c.Namespaces), func(name string) bool {
		return !slices.ContainsFunc(grants, func(g Grant) bool { return g.Namespace == "" || g.Namespace == name })
	})
}

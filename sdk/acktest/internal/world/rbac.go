package world

import (
	"slices"
	"time"
)

// Allow reports whether a user may do something inside of a cluster, in the words of Kubernetes, and notes that the user has
// come, which a snapshot has when something else changes or an hour has passed. A namespace is empty for what belongs to the whole cluster.
func (s *State) Allow(account, clusterID, user, verb, namespace string) (allowed bool) {
	_ = s.Do(Call{Caller: Caller{Account: account}, Reads: true}, func(w *World) error {
		c := w.Clusters.Get(clusterID)
		if c == nil {
			return nil
		}
		if h := c.Holders.Get(user); h != nil {
			if w.Now().Sub(h.Used) > time.Hour {
				w.NoteChange()
			}
			h.Used = w.Now()
		}
		allowed = user == w.ID || slices.ContainsFunc(w.grantsOf(c, user), func(g Grant) bool { return g.allows(verb, namespace) })
		return nil
	})
	return allowed
}

// allows reports whether a permission lets its user do something. The rules are rough, as the sources only say whom a role is for:
// restricted users read in namespaces, developers also write there, operators do everything, as do administrators. What a
// ClusterRole allows is known of those that come with Kubernetes; others allow everything.
func (g *Grant) allows(verb, namespace string) bool {
	if g.Namespace != "" && g.Namespace != namespace {
		return false
	}
	reads := verb == "get" || verb == "list" || verb == "watch"
	switch g.Role {
	case "admin-view":
		return reads
	case "restricted", "view":
		return reads && namespace != ""
	case "dev", "edit":
		return namespace != ""
	}
	return true
}

package permissions

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// A wish is a permission that a request names, in a cluster or, where that is nil, in all of them.
type wish struct {
	cluster *world.Cluster
	grant   world.Grant
}

// read returns the permissions of a request.
func read(w *world.World, user string, items []ack.PermissionGrant) ([]wish, error) {
	wishes := make([]wish, len(items))
	for i, item := range items {
		made := wish{grant: world.Grant{User: user, Scope: item.RoleType, Role: item.RoleName, Custom: isTrue(item.IsCustom), RAMRole: isTrue(item.IsRAMRole)}}
		cluster, namespace := cmp.Or(item.Cluster, new("")), cmp.Or(item.Namespace, new(""))
		if err := checkScope(item.RoleType, *cluster, *namespace); err != nil {
			return nil, err
		}
		if err := checkRole(&made.grant); err != nil {
			return nil, err
		}
		if item.RoleType != ack.PermissionScopeAllClusters {
			var err error
			if made.cluster, err = w.Cluster(*cluster); err != nil {
				return nil, err
			}
		}
		if item.RoleType == ack.PermissionScopeNamespace {
			made.grant.Namespace = *namespace
		}
		wishes[i] = made
	}
	return wishes, nil
}

func isTrue(value *bool) bool { return value != nil && *value }

// checkScope returns the fault of a permission whose scope does not suit the rest. A namespace besides the scope cluster is
// overlooked, as the provider's own sample has one.
func checkScope(scope ack.PermissionScope, cluster, namespace string) error {
	switch scope {
	case ack.PermissionScopeCluster, ack.PermissionScopeNamespace:
		if cluster == "" {
			return world.Missing("cluster")
		}
		if scope == ack.PermissionScopeNamespace && namespace == "" {
			return world.Missing("namespace")
		}
	case ack.PermissionScopeAllClusters:
		if cluster != "" {
			return world.Invalid("The parameter cluster is not empty although role_type is %s.", scope)
		}
	default:
		return world.Invalid("The parameter role_type is not cluster, namespace or all-clusters.")
	}
	return nil
}

// checkRole returns the fault of a preset role that there is not, or not in this scope. Which roles of its own a cluster has is
// not known here.
func checkRole(g *world.Grant) error {
	if g.Custom {
		return nil
	}
	roles := []string{"admin", "admin-view", "ops", "dev", "restricted"}
	switch g.Scope {
	case ack.PermissionScopeNamespace:
		roles = roles[3:]
	case ack.PermissionScopeAllClusters:
		roles = slices.Delete(roles, 1, 2)
	}
	if !slices.Contains(roles, g.Role) {
		return world.Invalid("The parameter role_name is none of the preset roles for %s.", g.Scope)
	}
	return nil
}

// listOf returns the permissions in a cluster, or in all of them where that is nil.
func listOf(w *world.World, c *world.Cluster) *[]world.Grant {
	if c == nil {
		return &w.Grants
	}
	return &c.Grants
}

// all returns the clusters, and nil for the permissions in all of them.
func all(w *world.World) []*world.Cluster {
	var clusters []*world.Cluster
	for _, c := range w.Clusters.All() {
		clusters = append(clusters, c)
	}
	return append(clusters, nil)
}

// isGranted reports whether a permission of a user was granted. Who creates a cluster keeps what comes with that: no source tells
// otherwise.
func isGranted(user string) func(world.Grant) bool {
	return func(g world.Grant) bool { return g.User == user && !g.Owner }
}

// checkReads returns the fault of a user who gets permissions without being allowed to read what they are for.
func checkReads(w *world.World, user string, mode ack.PermissionUpdateMode, wishes []wish) error {
	if mode == ack.PermissionUpdateModeDelete {
		return nil
	}
	for _, made := range wishes {
		if err := w.CheckReads(user, made.cluster); err != nil {
			return err
		}
	}
	return nil
}

// change checks that the caller may change permissions of a user, and replaces them, adds to them, or takes some away.
func change(w *world.World, user string, mode ack.PermissionUpdateMode, items []ack.PermissionGrant) error {
	wishes, err := read(w, user, items)
	if err != nil {
		return err
	}
	if err := w.CheckUnchanging(user); err != nil {
		return err
	}
	for _, c := range all(w) {
		wanted := slices.ContainsFunc(wishes, func(made wish) bool { return made.cluster == c })
		replaced := mode == ack.PermissionUpdateModeApply && slices.ContainsFunc(*listOf(w, c), isGranted(user))
		if (wanted || replaced) && !w.IsAdmin(c) {
			return fault.New(http.StatusForbidden, string(ack.CodeForbiddenGrantPermissions), "The caller may not change permissions of other users.")
		}
	}
	if err := checkReads(w, user, mode, wishes); err != nil {
		return err
	}
	if mode == ack.PermissionUpdateModeApply {
		for _, c := range all(w) {
			list := listOf(w, c)
			*list = slices.DeleteFunc(*list, isGranted(user))
		}
	}
	for _, made := range wishes {
		list := listOf(w, made.cluster)
		*list = slices.DeleteFunc(*list, func(g world.Grant) bool { return g == made.grant })
		if mode != ack.PermissionUpdateModeDelete {
			*list = append(*list, made.grant)
		}
	}
	return nil
}

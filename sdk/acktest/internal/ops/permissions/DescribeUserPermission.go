package permissions

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeUserPermission lists the permissions of a user, cluster by cluster. A RAM user sees those in clusters that it is an
// administrator of.
func DescribeUserPermission(w *world.World, in *ack.DescribeUserPermissionRequest) (*ack.DescribeUserPermissionResponse, error) {
	out := &ack.DescribeUserPermissionResponse{}
	for _, c := range all(w) {
		if !w.IsAdmin(c) {
			continue
		}
		for _, g := range *listOf(w, c) {
			if g.User == in.UID {
				out.Items = append(out.Items, describe(c, g))
			}
		}
	}
	return out, nil
}

// describe returns a permission in the words in which permissions are read, which differ from those in which they are granted.
func describe(c *world.Cluster, g world.Grant) ack.UserPermission {
	out := ack.UserPermission{RoleType: ack.UserPermissionRoleType(g.Role), IsOwner: number(g.Owner), IsRAMRole: number(g.RAMRole)}
	if g.Custom {
		out.RoleType, out.RoleName = ack.UserPermissionRoleTypeCustom, g.Role
	}
	switch g.Scope {
	case ack.PermissionScopeAllClusters:
		out.ResourceID, out.ResourceType = "all-clusters", ack.UserPermissionResourceTypeConsole
	case ack.PermissionScopeNamespace:
		out.ResourceID, out.ResourceType = c.ClusterID+"/"+g.Namespace, ack.UserPermissionResourceTypeNamespace
	default:
		out.ResourceID, out.ResourceType = c.ClusterID, ack.UserPermissionResourceTypeCluster
	}
	return out
}

func number(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

package account

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CheckServiceRole tells which service roles there are. All that the service has are granted, as nobody can grant or revoke them
// by its API.
func CheckServiceRole(_ *world.World, in *ack.CheckServiceRoleRequest) (*ack.CheckServiceRoleResponse, error) {
	out := &ack.CheckServiceRoleResponse{}
	for _, role := range in.Roles {
		check := ack.ServiceRoleCheck{Name: role.Name, Granted: slices.Contains(serviceRoles, role.Name)}
		if !check.Granted {
			check.Message = "The role does not exist: " + role.Name
		}
		out.Roles = append(out.Roles, check)
	}
	return out, nil
}

// serviceRoles are the roles that the service has.
var serviceRoles = []string{
	"AliyunCSDefaultRole", "AliyunCSKubernetesAuditRole", "AliyunCSManagedAcrRole", "AliyunCSManagedArmsRole", "AliyunCSManagedAutoScalerRole",
	"AliyunCSManagedCmsRole", "AliyunCSManagedCsiRole", "AliyunCSManagedKubernetesRole", "AliyunCSManagedLogRole",
	"AliyunCSManagedNetworkRole", "AliyunCSManagedVKRole", "AliyunCSServerlessKubernetesRole",
}

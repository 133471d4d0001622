package kubeconfig

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// stateOf returns the state of a kubeconfig. The names of users are their ids, as RAM, which knows them, is another service.
func stateOf(w *world.World, c *world.Cluster, h *world.Holder) ack.KubeconfigState {
	return ack.KubeconfigState{
		AccountID: h.User, AccountName: h.User, AccountDisplayName: h.User, AccountType: accountType(w, c, h.User),
		AccountState: ack.KubeconfigStateAccountStateActive, CertState: h.CertState(w.Now()), CertExpireTime: h.Expires, Revokable: true,
	}
}

// accountType tells what a user is: a RAM role is one whose permissions were granted as such.
func accountType(w *world.World, c *world.Cluster, user string) ack.KubeconfigStateAccountType {
	isRole := func(g world.Grant) bool { return g.User == user && g.RAMRole }
	switch {
	case user == w.ID:
		return ack.KubeconfigStateAccountTypeRootAccount
	case slices.ContainsFunc(c.Grants, isRole) || slices.ContainsFunc(w.Grants, isRole):
		return ack.KubeconfigStateAccountTypeRAMRole
	}
	return ack.KubeconfigStateAccountTypeRAMUser
}

// serviceState returns the state of the kubeconfig with which Log Service reads the logs of a managed cluster. The id of the
// role is that of the account with one more digit, as nothing knows the real one.
func serviceState(w *world.World, c *world.Cluster) ack.KubeconfigState {
	const role = "AliyunCSManagedLogRole"
	h := &world.Holder{User: w.ID + "1", Expires: c.Created.AddDate(3, 0, 0)}
	return ack.KubeconfigState{
		AccountID: h.User, AccountName: role, AccountDisplayName: role, AccountType: ack.KubeconfigStateAccountTypeRAMRole,
		AccountState: ack.KubeconfigStateAccountStateActive, CertState: h.CertState(w.Now()), CertExpireTime: h.Expires,
		CloudServiceName:  "sls",
		CloudServiceRoles: []ack.CloudServiceRole{{Type: "Role", RoleName: "log-reader", RoleNamespace: "kube-system", IsDefaultTemplate: true}},
	}
}

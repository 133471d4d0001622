package acktest

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ram"
	"github.com/ackgen/ackgen/sdk/roa"
)

// defaultAccount is the one of callers that name none.
const defaultAccount = "1234567890123456"

// A User is who has an AccessKey.
type User struct {
	// AccessKeyID and AccessKeySecret are the AccessKey. Both are required.
	AccessKeyID     string
	AccessKeySecret string
	// SecurityToken makes it a temporary AccessKey: every request must carry the token. Empty is a lasting one.
	SecurityToken string
	// Account is the id of the Alibaba Cloud account, which has its own clusters, templates and so on. Empty is the account that users share who
	// name none.
	Account string
	// RAMUser is the id of a RAM user of the account. Empty is the account itself, which may do everything.
	RAMUser string
	// Policies are the RAM policies of a RAM user, as JSON. They have the actions of the operations, as their methods name them, and resources such as
	// acs:cs:*:*:cluster/c82e6987e2961451182edacd74faf1234. A RAM user without policies may do nothing, nor
	// be given permissions in a cluster, which needs a policy for reading it. Conditions are not supported.
	Policies []string
}

// String returns the id of the AccessKey, without its secret.
func (u User) String() string { return "user of AccessKey " + u.AccessKeyID }

// Format writes the same as String whatever the verb is.
func (u User) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(u.String())) }

// WithUser makes the server accept the AccessKey of a user, and decide by the policies of a RAM user what that may do. It is an error when the
// AccessKey is incomplete or given twice, or when a policy cannot be read.
func WithUser(u User) Option {
	return func(c *config) error {
		if u.AccessKeyID == "" || u.AccessKeySecret == "" {
			return errors.New("acktest.WithUser: the id or the secret of the AccessKey is empty")
		}
		if u.RAMUser == "" && len(u.Policies) > 0 {
			return fmt.Errorf("acktest.WithUser: AccessKey %q has policies and no RAM user", u.AccessKeyID)
		}
		return c.add(u, "acktest.WithUser")
	}
}

// add adds a user for an option.
func (c *config) add(u User, option string) error {
	if slices.ContainsFunc(c.credentials, func(known gateway.Credential) bool { return known.ID == u.AccessKeyID }) {
		return fmt.Errorf("%s: id %q is given twice", option, u.AccessKeyID)
	}
	p := principal{account: cmp.Or(u.Account, defaultAccount), user: u.RAMUser}
	for _, text := range u.Policies {
		policy, err := ram.Parse(text)
		if err != nil {
			return fmt.Errorf("%s: AccessKey %q: %w", option, u.AccessKeyID, err)
		}
		p.policies = append(p.policies, policy)
	}
	c.credentials = append(c.credentials, gateway.Credential{ID: u.AccessKeyID, Secret: u.AccessKeySecret, Token: u.SecurityToken})
	if c.principals == nil {
		c.principals = make(map[string]principal)
	}
	c.principals[u.AccessKeyID] = p
	return nil
}

// WithUnsigned makes the server carry out requests without a signature as if the first AccessKey had signed them, so that curl can call it. Whoever
// reaches the server can do what that AccessKey may do. A signature that is there must be right all the same.
func WithUnsigned() Option {
	return func(c *config) error {
		c.unsigned = true
		return nil
	}
}

// unsignedID returns the id of the AccessKey of requests without a signature, "" when there must be one.
func (c *config) unsignedID() string {
	if !c.unsigned {
		return ""
	}
	return c.credentials[0].ID
}

// OptionsOf returns what a client of a user needs, who [WithUser] made known: [Server.Options] with the AccessKey of the user.
func (s *Server) OptionsOf(u User) []roa.Option {
	return append(s.Options(), roa.WithCredentials(roa.StaticCredentials(u.AccessKeyID, u.AccessKeySecret, u.SecurityToken)))
}

// A principal is who a request is from, as policies see it.
type principal struct {
	account  string
	user     string // empty is the account itself
	policies []ram.Policy
}

// authorize returns the fault of a call that no policy allows.
func (p principal) authorize(call *gateway.Call) *fault.Fault {
	if p.user == "" {
		return nil
	}
	actions, scoped := call.Operation.RAMActions()
	resource := "acs:cs:" + cmp.Or(call.Region, "*") + ":" + p.account + ":*"
	if cluster := call.Cluster(); scoped && cluster != "" {
		resource = resource[:len(resource)-1] + "cluster/" + cluster
	}
	for _, action := range actions {
		if effect := ram.Decide(p.policies, action, resource); effect != ram.Allowed {
			return p.denied(action, resource, effect)
		}
	}
	return nil
}

// reads is a [world.ReadFunc]. Whoever has no AccessKey here may have any policies.
func (b *behaviors) reads(account, user, region, clusterID string) bool {
	var policies []ram.Policy
	known := false
	for _, p := range b.principals {
		if p.account == account && p.user == user {
			policies, known = append(policies, p.policies...), true
		}
	}
	resource := "acs:cs:" + cmp.Or(region, "*") + ":" + account + ":cluster/" + cmp.Or(clusterID, "*")
	return !known || ram.Decide(policies, "cs:DescribeClusterDetail", resource) == ram.Allowed
}

func (p principal) denied(action, resource string, effect ram.Effect) *fault.Fault {
	kind := "ImplicitDeny"
	if effect == ram.Denied {
		kind = "ExplicitDeny"
	}
	f := fault.New(http.StatusForbidden, string(roa.CodeForbiddenRAM), "The RAM user %s is not authorized: %s on %s.", p.user, action, resource)
	f.AccessDenied = map[string]any{
		"AuthAction": action, "AuthPrincipalType": "SubUser", "AuthPrincipalDisplayName": p.user, "AuthPrincipalOwnerId": p.account,
		"NoPermissionType": kind, "PolicyType": "AccountLevelIdentityBasedPolicy",
	}
	return f
}

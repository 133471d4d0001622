package world

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
)

// A Grant is a role that a RAM user or RAM role has inside of one cluster, or of all clusters of the account.
type Grant struct {
	User      string
	Scope     ack.PermissionScope
	Namespace string // of the scope namespace
	Role      string
	Custom    bool // Role is the name of a ClusterRole, not a preset one
	RAMRole   bool
	Owner     bool // the user has it for having created the cluster
}

// isAdmin reports whether a grant lets its user do everything in its scope.
func (g *Grant) isAdmin() bool {
	if g.Custom {
		return g.Role == "cluster-admin"
	}
	return g.Role == "admin"
}

// own makes who creates a cluster its administrator. The account is that of all clusters anyway.
func (w *World) own(c *Cluster) {
	if user := w.Caller.User; user != "" {
		c.Grants = append(c.Grants, Grant{User: user, Scope: ack.PermissionScopeCluster, Role: "admin", Owner: true})
	}
}

// IsAdmin reports whether the caller is an administrator inside of a cluster, or inside of all clusters where that is nil.
func (w *World) IsAdmin(c *Cluster) bool {
	suits := func(g Grant) bool {
		return g.User == w.Caller.User && g.Scope != ack.PermissionScopeNamespace && g.isAdmin()
	}
	return w.Caller.User == "" || slices.ContainsFunc(w.Grants, suits) || c != nil && slices.ContainsFunc(c.Grants, suits)
}

// MayOperate reports whether the caller is an operations engineer or an administrator inside of a cluster.
func (w *World) MayOperate(c *Cluster) bool {
	return w.IsAdmin(c) || slices.ContainsFunc(slices.Concat(w.Grants, c.Grants), func(g Grant) bool {
		return g.User == w.Caller.User && g.Scope != ack.PermissionScopeNamespace && !g.Custom && g.Role == "ops"
	})
}

// CheckAccount returns the fault of a RAM user who calls what only the account itself may call.
func (w *World) CheckAccount() error {
	if w.Caller.User == "" {
		return nil
	}
	return fault.New(http.StatusForbidden, string(ack.CodeStatusForbidden), "Only the Alibaba Cloud account itself may call %s.", w.Operation)
}

// A ReadFunc reports whether a user may read a cluster, or all clusters where the id is empty, as far as RAM policies are known. Users whose
// policies nobody knows may.
type ReadFunc func(account, user, region, clusterID string) bool

// AskPolicies tells the state how RAM policies are asked. Nobody may be using the state yet. The function must not use the state.
func (s *State) AskPolicies(reads ReadFunc) { s.reads = reads }

// CheckReads returns the fault of a user who cannot be given permissions in a cluster, or in all where that is nil, as no RAM policy allows
// to read it. No source tells the status.
func (w *World) CheckReads(user string, c *Cluster) error {
	region, id := "", ""
	if c != nil {
		region, id = c.RegionID, c.ClusterID
	}
	if w.state.reads == nil || w.state.reads(w.ID, user, region, id) {
		return nil
	}
	return fault.New(http.StatusForbidden, string(ack.CodeErrorRAMPolicyConfig), "The user %s has no RAM policy for reading the cluster %s.", user, cmp.Or(id, "*"))
}

// CheckCleanable returns the fault why the rights of a user cannot be taken away.
func (w *World) CheckCleanable(user string) error {
	if user != w.ID && user != w.Caller.User {
		return nil
	}
	return fault.New(http.StatusForbidden, string(ack.CodeStatusForbidden), "The rights of the account and of the caller cannot be taken away.")
}

// CheckUnchanging returns the fault that the permissions of a user are being taken away, so that nothing else can change them.
func (w *World) CheckUnchanging(user string) error {
	for _, t := range w.Tasks.All() {
		if t.Kind == cleanUser && t.State == TaskRunning && t.Target.ID == user {
			return fault.New(http.StatusConflict, string(ack.CodeErrAuthorizationConflict), "The permissions of the user %s are being changed.", user)
		}
	}
	return nil
}

// inUse is how long a kubeconfig counts as used after it was.
const inUse = 7 * 24 * time.Hour

// UsesKubeconfig reports whether a user has come to the Kubernetes API of a cluster in the last seven days.
func (w *World) UsesKubeconfig(c *Cluster, user string) bool {
	h := c.Holders.Get(user)
	return h != nil && h.Certificate != "" && !h.Used.IsZero() && w.Now().Sub(h.Used) < inUse
}

// RemovePermissions takes all permissions in a cluster away from a user, also those for having created it.
func (c *Cluster) RemovePermissions(user string) {
	c.Grants = slices.DeleteFunc(c.Grants, func(g Grant) bool { return g.User == user })
}

// CleanUser starts to take kubeconfigs and permissions away from a user: in some clusters, or everywhere if there are none.
func (w *World) CleanUser(user string, clusterIDs []string, force bool) *Task {
	return w.Start(cleanUser, &Task{
		ID: w.NewHexID("clean-user-permissions-"+user+"-", 24), Target: ack.TaskTarget{ID: user, Type: "user"}, Names: clusterIDs, Force: force,
	})
}

func cleaningUser() *Kind {
	return &Kind{
		Type:   "clean_user_permissions",
		Stages: []Stage{{Name: "clean_permissions", After: 30 * time.Second}},
		Finish: (*World).cleanUser,
	}
}

// cleanUser does what the task was for. The result of a cluster has failed if the kubeconfig stays because it is in use.
func (w *World) cleanUser(t *Task) {
	user := t.Target.ID
	for id, c := range w.Clusters.All() {
		if len(t.Names) > 0 && !slices.Contains(t.Names, id) {
			continue
		}
		result := ack.TaskResult{Data: id, Status: ack.TaskResultStatusSuccess}
		if !t.Force && w.UsesKubeconfig(c, user) {
			result.Status = ack.TaskResultStatusFailed
		} else {
			c.RemoveKubeconfig(user)
		}
		c.RemovePermissions(user)
		t.Results = append(t.Results, result)
	}
	if len(t.Names) == 0 {
		w.Grants = slices.DeleteFunc(w.Grants, func(g Grant) bool { return g.User == user })
	}
}

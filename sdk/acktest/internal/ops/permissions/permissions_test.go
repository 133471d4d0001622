package permissions_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/permissions"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

const tom = "236712345678901234"

func inCluster(cluster, role string) ack.PermissionGrant {
	return ack.PermissionGrant{Cluster: new(cluster), RoleType: ack.PermissionScopeCluster, RoleName: role}
}

func permissionsOf(t *testing.T, client *ack.Client, user string) []ack.UserPermission {
	t.Helper()
	out, err := client.DescribeUserPermission(t.Context(), &ack.DescribeUserPermissionRequest{UID: user})
	require.NoError(t, err)
	return out.Items
}

func TestGrantReplaces(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	ctx := t.Context()
	_, err := client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{
		inCluster(cluster, "ops"),
		{Cluster: new(cluster), RoleType: ack.PermissionScopeNamespace, Namespace: new("test"), RoleName: "view", IsCustom: new(true), IsRAMRole: new(true)},
		{Cluster: new(""), RoleType: ack.PermissionScopeAllClusters, RoleName: "dev"},
	}})
	require.NoError(t, err)
	assert.Equal(t, []ack.UserPermission{
		{ResourceID: cluster, ResourceType: "cluster", RoleType: "ops"},
		{ResourceID: cluster + "/test", ResourceType: "namespace", RoleType: "custom", RoleName: "view", IsRAMRole: 1},
		{ResourceID: "all-clusters", ResourceType: "console", RoleType: "dev"},
	}, permissionsOf(t, client, tom))
	assert.Empty(t, permissionsOf(t, client, "1"), "permissions are per user")

	_, err = client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{inCluster(cluster, "admin-view")}})
	require.NoError(t, err)
	assert.Equal(t, []ack.UserPermission{{ResourceID: cluster, ResourceType: "cluster", RoleType: "admin-view"}}, permissionsOf(t, client, tom))
}

func TestUpdateModes(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	update := func(mode *ack.PermissionUpdateMode, items ...ack.PermissionGrant) {
		_, err := client.UpdateUserPermissions(t.Context(), &ack.UpdateUserPermissionsRequest{UID: tom, Mode: mode, Items: append([]ack.PermissionGrant{}, items...)})
		require.NoError(t, err)
	}
	roles := func() (roles []ack.UserPermissionRoleType) {
		for _, p := range permissionsOf(t, client, tom) {
			roles = append(roles, p.RoleType)
		}
		return roles
	}
	update(new(ack.PermissionUpdateModePatch), inCluster(cluster, "dev"))
	update(new(ack.PermissionUpdateModePatch), inCluster(cluster, "ops"), inCluster(cluster, "dev"))
	assert.ElementsMatch(t, []ack.UserPermissionRoleType{"dev", "ops"}, roles(), "nothing is there twice")
	update(new(ack.PermissionUpdateModeDelete), inCluster(cluster, "dev"), inCluster(cluster, "restricted"))
	assert.Equal(t, []ack.UserPermissionRoleType{"ops"}, roles())
	update(nil, inCluster(cluster, "restricted"))
	assert.Equal(t, []ack.UserPermissionRoleType{"restricted"}, roles(), "they are replaced")
	update(new(ack.PermissionUpdateModeApply))
	assert.Empty(t, roles())
}

func TestGrantRefuses(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	_, err := client.GrantPermissions(t.Context(), &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{inCluster(cluster, "dev")}})
	require.NoError(t, err)
	namespace := func(name, role string) ack.PermissionGrant {
		return ack.PermissionGrant{Cluster: new(cluster), RoleType: ack.PermissionScopeNamespace, Namespace: new(name), RoleName: role}
	}
	for name, test := range map[string]struct {
		grant ack.PermissionGrant
		code  roa.Code
	}{
		"no such cluster":     {inCluster("c1", "dev"), ack.CodeErrorClusterNotFound},
		"no cluster":          {inCluster("", "dev"), roa.CodeMissingParameter},
		"no such role":        {inCluster(cluster, "boss"), roa.CodeInvalidParameter},
		"no namespace":        {namespace("", "dev"), roa.CodeMissingParameter},
		"admin of namespace":  {namespace("test", "admin"), roa.CodeInvalidParameter},
		"ops of namespace":    {namespace("test", "ops"), roa.CodeInvalidParameter},
		"admin-view of all":   {ack.PermissionGrant{RoleType: ack.PermissionScopeAllClusters, RoleName: "admin-view"}, roa.CodeInvalidParameter},
		"all with a cluster":  {ack.PermissionGrant{Cluster: new(cluster), RoleType: ack.PermissionScopeAllClusters, RoleName: "dev"}, roa.CodeInvalidParameter},
		"no such kind of all": {ack.PermissionGrant{Cluster: new(cluster), RoleType: "region", RoleName: "dev"}, roa.CodeInvalidParameter},
	} {
		_, err := client.GrantPermissions(t.Context(), &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{inCluster(cluster, "ops"), test.grant}})
		require.ErrorIs(t, err, test.code, name)
	}
	assert.Equal(t, []ack.UserPermission{{ResourceID: cluster, ResourceType: "cluster", RoleType: "dev"}}, permissionsOf(t, client, tom), "nothing has changed")
}

func TestCleanUser(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	other := opstest.Cluster(t, client, "other")
	ctx := t.Context()
	grant := func() error {
		_, err := client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{
			inCluster(cluster, "dev"), inCluster(other, "dev"), {RoleType: ack.PermissionScopeAllClusters, RoleName: "dev"},
		}})
		return err
	}
	require.NoError(t, grant())
	_, err := client.CleanUserPermissions(ctx, &ack.CleanUserPermissionsRequest{UID: tom, ClusterIDs: []string{"c1"}})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	out, err := client.CleanUserPermissions(ctx, &ack.CleanUserPermissionsRequest{UID: tom, ClusterIDs: []string{other}})
	require.NoError(t, err)
	assert.Contains(t, out.TaskID, "clean-user-permissions-"+tom+"-")
	assert.Len(t, permissionsOf(t, client, tom), 3, "the work goes on in the background")
	require.ErrorIs(t, grant(), ack.CodeErrAuthorizationConflict)
	_, err = client.CleanUserPermissions(ctx, &ack.CleanUserPermissionsRequest{UID: tom})
	require.ErrorIs(t, err, ack.CodeErrAuthorizationConflict)
	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: out.TaskID})
	require.NoError(t, err)
	assert.Equal(t, []ack.UserPermission{
		{ResourceID: cluster, ResourceType: "cluster", RoleType: "dev"}, {ResourceID: "all-clusters", ResourceType: "console", RoleType: "dev"},
	}, permissionsOf(t, client, tom))
	_, err = client.CleanUserPermissionsAndWait(ctx, &ack.CleanUserPermissionsRequest{UID: tom})
	require.NoError(t, err)
	assert.Empty(t, permissionsOf(t, client, tom))
	_, err = client.CleanUserPermissions(ctx, &ack.CleanUserPermissionsRequest{UID: opstest.Account})
	require.ErrorIs(t, err, ack.CodeStatusForbidden)
}

func TestCleanClusterUser(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	ctx := t.Context()
	_, err := client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{inCluster(cluster, "dev")}})
	require.NoError(t, err)
	_, err = client.DescribeSubaccountK8sClusterUserConfig(ctx, &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	_, err = client.CleanClusterUserPermissions(ctx, &ack.CleanClusterUserPermissionsRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	assert.Empty(t, permissionsOf(t, client, tom))
	states, err := client.ListUserKubeConfigStates(ctx, &ack.ListUserKubeConfigStatesRequest{UID: tom})
	require.NoError(t, err)
	assert.Equal(t, ack.KubeconfigCertStateRemoved, states.States[0].CertState)
	_, err = client.CleanClusterUserPermissions(ctx, &ack.CleanClusterUserPermissionsRequest{ClusterID: "c1", UID: tom})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

// newState returns a state with a cluster that the RAM user tom has created.
func newState(t *testing.T) (*world.State, string) {
	t.Helper()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	c := new(world.Cluster)
	require.NoError(t, s.Do(world.Call{Caller: world.Caller{Account: opstest.Account, User: tom}}, func(w *world.World) error {
		w.CreateCluster(c)
		return nil
	}))
	s.Advance(time.Hour)
	return s, c.ClusterID
}

func TestUsersOfCluster(t *testing.T) {
	t.Parallel()
	const ann = "300112345678905678"
	s, cluster := newState(t)
	owner, guest, account := opstest.As{State: s, User: tom}, opstest.As{State: s, User: ann}, opstest.As{State: s}
	give := &ack.GrantPermissionsRequest{UID: ann, Items: []ack.PermissionGrant{
		{Cluster: new(cluster), RoleType: ack.PermissionScopeNamespace, Namespace: new("kube-system"), RoleName: "dev"},
	}}
	read := &ack.DescribeUserPermissionRequest{UID: tom}
	names := &ack.DescribeUserClusterNamespacesRequest{ClusterID: cluster}

	_, err := opstest.Call(guest, permissions.GrantPermissions, give)
	require.ErrorContains(t, err, string(ack.CodeForbiddenGrantPermissions))
	seen, err := opstest.Call(guest, permissions.DescribeUserClusterNamespaces, names)
	require.NoError(t, err)
	assert.Empty(t, seen.Items)
	_, err = opstest.Call(owner, permissions.GrantPermissions, give)
	require.NoError(t, err)
	seen, err = opstest.Call(guest, permissions.DescribeUserClusterNamespaces, names)
	require.NoError(t, err)
	assert.Equal(t, []string{"kube-system"}, seen.Items)
	for _, as := range []opstest.As{owner, account} {
		seen, err = opstest.Call(as, permissions.DescribeUserClusterNamespaces, names)
		require.NoError(t, err)
		assert.Equal(t, []string{"default", "kube-node-lease", "kube-public", "kube-system"}, seen.Items)
		got, err := opstest.Call(as, permissions.DescribeUserPermission, read)
		require.NoError(t, err)
		assert.Equal(t, []ack.UserPermission{{ResourceID: cluster, ResourceType: "cluster", RoleType: "admin", IsOwner: 1}}, got.Items)
	}
	got, err := opstest.Call(guest, permissions.DescribeUserPermission, read)
	require.NoError(t, err)
	assert.Empty(t, got.Items, "who is no administrator sees nothing")
	_, err = opstest.Call(owner, permissions.GrantPermissions, &ack.GrantPermissionsRequest{UID: ann, Items: []ack.PermissionGrant{
		{RoleType: ack.PermissionScopeAllClusters, RoleName: "dev"},
	}})
	require.ErrorContains(t, err, string(ack.CodeForbiddenGrantPermissions), "an administrator of one cluster is not one of all")
	_, err = opstest.Call(owner, permissions.CleanClusterUserPermissions, &ack.CleanClusterUserPermissionsRequest{ClusterID: cluster, UID: tom})
	require.ErrorContains(t, err, string(ack.CodeStatusForbidden), "nobody takes the own rights away")
	_, err = opstest.Call(account, permissions.CleanClusterUserPermissions, &ack.CleanClusterUserPermissionsRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	_, err = opstest.Call(owner, permissions.GrantPermissions, give)
	require.ErrorContains(t, err, string(ack.CodeForbiddenGrantPermissions), "the owner is none any more")
}

func TestKubeconfigInUse(t *testing.T) {
	t.Parallel()
	s, cluster := newState(t)
	account := opstest.As{State: s}
	require.NoError(t, s.Do(world.Call{Caller: world.Caller{Account: opstest.Account}}, func(w *world.World) error {
		_, err := w.Kubeconfig(w.Clusters.Get(cluster), tom)
		w.Clusters.Get(cluster).Holder(tom).Used = w.Now()
		return err
	}))
	clean := &ack.CleanClusterUserPermissionsRequest{ClusterID: cluster, UID: tom}
	s.Advance(7*24*time.Hour - 1)
	_, err := opstest.Call(account, permissions.CleanClusterUserPermissions, clean)
	require.ErrorContains(t, err, "has used the kubeconfig in the last seven days")
	got, err := opstest.Call(account, permissions.DescribeUserPermission, &ack.DescribeUserPermissionRequest{UID: tom})
	require.NoError(t, err)
	assert.Len(t, got.Items, 1, "nothing has changed")
	s.Advance(1)
	_, err = opstest.Call(account, permissions.CleanClusterUserPermissions, clean)
	require.NoError(t, err)
}

func TestNamespaces(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	want := []string{"default", "kube-node-lease", "kube-public", "kube-system"}
	all, err := client.DescribeClusterNamespaces(t.Context(), &ack.DescribeClusterNamespacesRequest{ClusterID: cluster})
	require.NoError(t, err)
	assert.Equal(t, want, all.Items)
	mine, err := client.DescribeUserClusterNamespaces(t.Context(), &ack.DescribeUserClusterNamespacesRequest{ClusterID: cluster})
	require.NoError(t, err)
	assert.Equal(t, want, mine.Items)
	_, err = client.DescribeClusterNamespaces(t.Context(), &ack.DescribeClusterNamespacesRequest{ClusterID: "c1"})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

package acktest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func clientOf(t *testing.T, srv *Server, u User) *ack.Client {
	t.Helper()
	client, err := ack.New(srv.OptionsOf(u)...)
	require.NoError(t, err)
	return client
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	owner := User{AccessKeyID: "owner", AccessKeySecret: "hidden-1"}
	reader := User{AccessKeyID: "reader", AccessKeySecret: "hidden-2", RAMUser: "20001", Policies: []string{
		`{"Version":"1","Statement":[{"Effect":"Allow","Action":["cs:Describe*"],"Resource":"*"}]}`,
	}}
	nobody := User{AccessKeyID: "nobody", AccessKeySecret: "hidden-3", RAMUser: "20002"}
	srv := NewServer(t, WithUser(owner), WithUser(reader), WithUser(nobody))
	created, err := srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)

	in := &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID}
	out, err := clientOf(t, srv, reader).DescribeClusterDetail(t.Context(), in)
	require.NoError(t, err)
	assert.Equal(t, "test", out.Name)
	_, err = clientOf(t, srv, reader).DeleteCluster(t.Context(), &ack.DeleteClusterRequest{ClusterID: created.ClusterID})
	require.ErrorIs(t, err, roa.ErrForbidden)
	require.ErrorIs(t, err, roa.CodeForbiddenRAM)
	apiErr, ok := errors.AsType[*roa.APIError](err)
	require.True(t, ok)
	assert.Equal(t, "cs:DeleteCluster", apiErr.AccessDeniedDetail["AuthAction"])
	assert.Equal(t, "The RAM user 20001 is not authorized: cs:DeleteCluster on acs:cs:cn-hangzhou:1234567890123456:cluster/"+created.ClusterID+".", apiErr.Message)
	_, err = clientOf(t, srv, nobody).DescribeClusterDetail(t.Context(), in)
	require.ErrorIs(t, err, roa.ErrForbidden)
}

// TestGrantsNeedPolicies holds that a RAM user is given permissions only in clusters that its policies let it read.
func TestGrantsNeedPolicies(t *testing.T) {
	t.Parallel()
	allow := func(action string) []string {
		return []string{`{"Version":"1","Statement":[{"Effect":"Allow","Action":"` + action + `","Resource":"acs:cs:cn-hangzhou:*:cluster/*"}]}`}
	}
	owner := User{AccessKeyID: "owner", AccessKeySecret: "hidden-1"}
	reader := User{AccessKeyID: "reader", AccessKeySecret: "hidden-2", RAMUser: "20001", Policies: allow("cs:Describe*")}
	nobody := User{AccessKeyID: "nobody", AccessKeySecret: "hidden-3", RAMUser: "20002", Policies: allow("cs:Delete*")}
	srv := NewServer(t, WithUser(owner), WithUser(reader), WithUser(nobody))
	client := clientOf(t, srv, owner)
	near, far := running(t, client, &ack.CreateClusterRequest{Name: "near"}), running(t, client, &ack.CreateClusterRequest{Name: "far", RegionID: "cn-beijing"})
	for name, test := range map[string]struct {
		user, cluster string
		scope         ack.PermissionScope
		want          error
	}{
		"reader":            {"20001", near, ack.PermissionScopeCluster, nil},
		"other region":      {"20001", far, ack.PermissionScopeCluster, ack.CodeErrorRAMPolicyConfig},
		"all clusters":      {"20001", "", ack.PermissionScopeAllClusters, ack.CodeErrorRAMPolicyConfig},
		"other action":      {"20002", near, ack.PermissionScopeCluster, ack.CodeErrorRAMPolicyConfig},
		"without AccessKey": {"20003", far, ack.PermissionScopeCluster, nil},
	} {
		items := []ack.PermissionGrant{{Cluster: &test.cluster, RoleType: test.scope, RoleName: "dev"}}
		_, err := client.GrantPermissions(t.Context(), &ack.GrantPermissionsRequest{UID: test.user, Items: items})
		require.ErrorIs(t, err, test.want, name)
		_, err = client.UpdateUserPermissions(t.Context(), &ack.UpdateUserPermissionsRequest{UID: test.user, Mode: new(ack.PermissionUpdateModePatch), Items: items})
		require.ErrorIs(t, err, test.want, name)
		_, err = client.UpdateUserPermissions(t.Context(), &ack.UpdateUserPermissionsRequest{UID: test.user, Mode: new(ack.PermissionUpdateModeDelete), Items: items})
		require.NoError(t, err, "taking away needs no policy")
	}
}

func TestPolicyOfOneCluster(t *testing.T) {
	t.Parallel()
	owner := User{AccessKeyID: "owner", AccessKeySecret: "hidden-1"}
	srv := NewServer(t, WithUser(owner))
	saved := map[string]string{}
	for _, name := range []string{"one", "two"} {
		created, err := srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: name, RegionID: "cn-hangzhou"})
		require.NoError(t, err)
		saved[name] = created.ClusterID
	}
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	reader := User{AccessKeyID: "reader", AccessKeySecret: "hidden-2", RAMUser: "20001", Policies: []string{
		`{"Version":"1","Statement":{"Effect":"Allow","Action":"cs:*","Resource":"acs:cs:*:*:cluster/` + saved["one"] + `"}}`,
	}}
	_, err = Start(WithUser(reader))
	require.ErrorContains(t, err, `acktest.WithUser: AccessKey "reader": read RAM policy: `)
	reader.Policies[0] = `{"Version":"1","Statement":[{"Effect":"Allow","Action":"cs:*","Resource":"acs:cs:*:*:cluster/` + saved["one"] + `"}]}`
	srv = NewServer(t, WithUser(reader))
	require.NoError(t, srv.Restore(snapshot))
	_, err = srv.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: saved["one"]})
	require.NoError(t, err)
	_, err = srv.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: saved["two"]})
	require.ErrorIs(t, err, roa.ErrForbidden)
	_, err = srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "three", RegionID: "cn-hangzhou"})
	require.ErrorIs(t, err, roa.ErrForbidden, "an action that cannot be limited to a cluster")
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	one, two := User{AccessKeyID: "one", AccessKeySecret: "hidden-1"}, User{AccessKeyID: "two", AccessKeySecret: "hidden-2", SecurityToken: "hidden-3", Account: "2"}
	srv := NewServer(t, WithUser(one), WithUser(two))
	created, err := clientOf(t, srv, one).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	_, err = clientOf(t, srv, two).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	assert.Equal(t, []string{"one", "two"}, []string{srv.Requests()[0].Caller, srv.Requests()[1].Caller})
	assert.NotContains(t, fmt.Sprintf("%+v %#v", two, &two), "hidden")
}

func TestUserIsIncomplete(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		users []User
		want  string
	}{
		"no secret":              {[]User{{AccessKeyID: "a"}}, "the id or the secret of the AccessKey is empty"},
		"no id":                  {[]User{{AccessKeySecret: "a"}}, "the id or the secret of the AccessKey is empty"},
		"policies of an account": {[]User{{AccessKeyID: "a", AccessKeySecret: "b", Policies: []string{"{}"}}}, `AccessKey "a" has policies and no RAM user`},
		"twice":                  {[]User{{AccessKeyID: "a", AccessKeySecret: "b"}, {AccessKeyID: "a", AccessKeySecret: "c"}}, `id "a" is given twice`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts []Option
			for _, u := range tt.users {
				opts = append(opts, WithUser(u))
			}
			_, err := Start(opts...)
			require.ErrorContains(t, err, "acktest.WithUser: ")
			require.ErrorContains(t, err, tt.want)
		})
	}
}

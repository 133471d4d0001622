package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestModifyCluster(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	running(t, client, &ack.CreateClusterRequest{Name: "other"})
	id := running(t, client, &ack.CreateClusterRequest{ExtraSANs: []string{"a.example.com"}})
	change := &ack.ModifyClusterRequest{
		ClusterID: id, ClusterName: new("renamed"), Timezone: new("Europe/Berlin"), ClusterSpec: new(ack.ClusterSpecACKProSmall),
		APIServerCustomCertSANs: &ack.APIServerCertSANs{
			Action: new(ack.APIServerCertSANsActionAppend), SubjectAlternativeNames: []string{"b.example.com"},
		},
		EnableRRSA: new(true), VSwitchIDs: []string{"vsw-9"}, ClientToken: new("once"),
	}
	first, err := client.ModifyCluster(ctx, change)
	require.NoError(t, err)
	again, err := client.ModifyCluster(ctx, change)
	require.NoError(t, err)
	assert.Equal(t, first.TaskID, again.TaskID)
	c := detail(t, client, id)
	assert.Equal(t, ack.ClusterStateUpdating, c.State)
	assert.Equal(t, "renamed", c.Name)
	assert.Equal(t, ack.ClusterSpecACKStandard, c.ClusterSpec, "it takes time")
	_, err = client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, EnableRRSA: new(false)})
	require.ErrorIs(t, err, conflict)

	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: first.TaskID})
	require.NoError(t, err)
	c = detail(t, client, id)
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	assert.Equal(t, ack.ClusterSpecACKProSmall, c.ClusterSpec)
	assert.Equal(t, []string{"a.example.com", "b.example.com"}, c.ExtraSANs)
	assert.Equal(t, []string{"vsw-9"}, c.VSwitchIDs)
	assert.True(t, c.RRSAConfig.Enabled)

	for name, in := range map[string]ack.ModifyClusterRequest{
		"back to Basic": {ClusterSpec: new(ack.ClusterSpecACKStandard)},
		"no vSwitch":    {VSwitchIDs: []string{}},
		"name":          {ClusterName: new("!")},
		"window":        {MaintenanceWindow: &ack.MaintenanceWindow{Enable: new(true), Duration: new("25h")}},
	} {
		in.ClusterID = id
		_, err = client.ModifyCluster(ctx, &in)
		require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
	}
	_, err = client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, ClusterName: new("other"), Timezone: new("UTC")})
	require.ErrorIs(t, err, ack.CodeErrorClusterNameAlreadyExist)
	assert.Equal(t, "Europe/Berlin", detail(t, client, id).Timezone, "what is refused changes nothing")

	srv.FailNext("ModifyCluster", Failure{Code: "NoAddress", Message: "no address is left"})
	_, err = client.ModifyClusterAndWait(ctx, &ack.ModifyClusterRequest{ClusterID: id, APIServerEIP: new(true)})
	require.ErrorContains(t, err, "no address is left")
	c = detail(t, client, id)
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	assert.Contains(t, c.MasterURL, `"api_server_endpoint":""`)
}

func TestMigrateCluster(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{})
	_, err := client.MigrateCluster(ctx, &ack.MigrateClusterRequest{ClusterID: id, Spec: new(ack.ClusterSpecACKStandard)})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	task, err := client.MigrateCluster(ctx, &ack.MigrateClusterRequest{ClusterID: id})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateMigrating, detail(t, client, id).State)
	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: task.TaskID})
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterSpecACKProSmall, detail(t, client, id).ClusterSpec)
	_, err = client.MigrateCluster(ctx, &ack.MigrateClusterRequest{ClusterID: id})
	require.ErrorIs(t, err, conflict)
}

func TestKMSEncryption(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	pro := new(ack.ClusterSpecACKProSmall)
	id := running(t, client, &ack.CreateClusterRequest{ClusterSpec: pro})
	update := func(in ack.UpdateKMSEncryptionRequest) error {
		in.ClusterID = id
		_, err := client.UpdateKMSEncryption(ctx, &in)
		return err
	}
	require.ErrorIs(t, update(ack.UpdateKMSEncryptionRequest{}), roa.CodeMissingParameter)
	require.NoError(t, update(ack.UpdateKMSEncryptionRequest{KMSKeyID: new("key-1")}))
	assert.Equal(t, ack.ClusterStateUpdating, detail(t, client, id).State)
	srv.Advance(2 * time.Minute)
	c := detail(t, client, id)
	assert.Equal(t, ack.ClusterStateRunning, c.State)
	assert.Contains(t, c.MetaData.Reveal(), `"EncryptionKMSKeyId":"key-1","DisableEncryption":false`)
	srv.Advance(5*time.Minute - time.Second)
	require.ErrorIs(t, update(ack.UpdateKMSEncryptionRequest{DisableEncryption: new(true)}), conflict)
	srv.Advance(time.Second)
	require.NoError(t, update(ack.UpdateKMSEncryptionRequest{DisableEncryption: new(true)}))
	srv.Advance(2 * time.Minute)
	assert.Contains(t, detail(t, client, id).MetaData.Reveal(), `"DisableEncryption":true`)
}

func TestKMSEncryptionNeedsRole(t *testing.T) {
	t.Parallel()
	owner := User{AccessKeyID: "owner", AccessKeySecret: "hidden-1"}
	operator := User{AccessKeyID: "operator", AccessKeySecret: "hidden-2", RAMUser: "20001", Policies: []string{
		`{"Version":"1","Statement":[{"Effect":"Allow","Action":"cs:*","Resource":"*"}]}`,
	}}
	srv := NewServer(t, WithUser(owner), WithUser(operator))
	id := running(t, clientOf(t, srv, owner), &ack.CreateClusterRequest{ClusterSpec: new(ack.ClusterSpecACKProSmall)})
	in := &ack.UpdateKMSEncryptionRequest{ClusterID: id, KMSKeyID: new("key-1")}
	_, err := clientOf(t, srv, operator).UpdateKMSEncryption(t.Context(), in)
	require.ErrorIs(t, err, ack.CodeForbiddenUpdateKMSState)
	_, err = clientOf(t, srv, owner).GrantPermissions(t.Context(), &ack.GrantPermissionsRequest{UID: operator.RAMUser, Items: []ack.PermissionGrant{
		{Cluster: &id, RoleName: "ops", RoleType: ack.PermissionScopeCluster},
	}})
	require.NoError(t, err)
	_, err = clientOf(t, srv, operator).UpdateKMSEncryption(t.Context(), in)
	require.NoError(t, err)
}

func TestProtectionOfObjects(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{})
	services := ack.ProtectedResourceTypeServices
	_, err := client.UpdateResourcesDeleteProtection(ctx, &ack.UpdateResourcesDeleteProtectionRequest{ClusterID: id, ResourceType: &services})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	for _, protect := range []bool{true, true, false} {
		out, err := client.UpdateResourcesDeleteProtection(ctx, &ack.UpdateResourcesDeleteProtectionRequest{
			ClusterID: id, ResourceType: &services, Resources: []string{"web"}, Enable: &protect,
		})
		require.NoError(t, err)
		assert.Equal(t, map[bool]string{true: "enable", false: "disable"}[protect], out.Protection)
		list, err := client.DescribeResourcesDeleteProtection(ctx, &ack.DescribeResourcesDeleteProtectionRequest{
			ClusterID: id, ResourceType: services, Resources: new("web,db"),
		})
		require.NoError(t, err)
		assert.Equal(t, []ack.ResourceDeleteProtection{
			{Name: "web", Namespace: "default", Resource: services, Protection: protect},
			{Name: "db", Namespace: "default", Resource: services},
		}, list.Items)
	}
	_, err = client.DescribeResourcesDeleteProtection(ctx, &ack.DescribeResourcesDeleteProtectionRequest{ClusterID: id, ResourceType: services})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	list, err := client.DescribeResourcesDeleteProtection(ctx, &ack.DescribeResourcesDeleteProtectionRequest{
		ClusterID: id, ResourceType: ack.ProtectedResourceTypeNamespaces,
	})
	require.NoError(t, err)
	assert.Len(t, list.Items, 4)
}

func TestClusterConfiguration(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{})
	config := ack.ControlPlaneComponentConfig{
		Name: new("kube-apiserver"), Configs: []ack.ControlPlaneParameter{{Key: new("MaxRequestsInflight"), Value: new(roa.Secret("100"))}},
	}
	in := &ack.ModifyClusterConfigurationRequest{ClusterID: id, CustomizeConfig: []ack.ControlPlaneComponentConfig{config, {}}}
	_, err := client.ModifyClusterConfiguration(ctx, in) //nolint:staticcheck // removed
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	in.CustomizeConfig = in.CustomizeConfig[:1]
	_, err = client.ModifyClusterConfiguration(ctx, in) //nolint:staticcheck // removed
	require.NoError(t, err)
	events, err := client.DescribeEvents(ctx, &ack.DescribeEventsRequest{Type: new(ack.EventTypeClusterConfigurationModify)})
	require.NoError(t, err)
	require.Len(t, events.Events, 1, "the refused one set nothing")
	_, err = client.ModifyClusterConfiguration(ctx, &ack.ModifyClusterConfigurationRequest{ClusterID: "c0"}) //nolint:staticcheck // removed
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

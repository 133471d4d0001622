package acktest

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// call calls the operation of a request by the method of the client that takes it, and returns the error.
func call(ctx context.Context, client *ack.Client, request any) error {
	name := reflect.TypeOf(request).Elem().Name()
	method := reflect.ValueOf(client).MethodByName(name[:len(name)-len("Request")])
	err, _ := reflect.TypeAssert[error](method.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(request)})[1])
	return err
}

// TestRefusalsChangeNothing holds that a request that is refused leaves everything as it was, up to the ids that there will be.
func TestRefusalsChangeNothing(t *testing.T) {
	t.Parallel()
	const missing = "c0"
	srv := NewServer(t)
	client := srv.Client(t)
	managed := running(t, client, &ack.CreateClusterRequest{Name: "managed", DeletionProtection: new(true)})
	dedicated := running(t, client, &ack.CreateClusterRequest{Name: "dedicated", ClusterType: new(ack.ClusterTypeKubernetes)})
	registered := running(t, client, &ack.CreateClusterRequest{Name: "registered", ClusterType: new(ack.ClusterTypeExternalKubernetes)})
	created, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "initial", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	initial := created.ClusterID
	require.NoError(t, call(t.Context(), client, &ack.OpenAckServiceRequest{}))
	before, err := srv.Snapshot()
	require.NoError(t, err)

	services := ack.ProtectedResourceTypeServices
	for _, test := range []struct {
		request any
		code    roa.Code
	}{
		{&ack.CreateClusterRequest{Name: "managed", RegionID: "cn-hangzhou"}, ack.CodeErrorClusterNameAlreadyExist},
		{&ack.CreateClusterRequest{Name: "a", RegionID: "cn-hangzhou", NodePools: []ack.NodePoolSpec{{}}}, roa.CodeMissingParameter},
		{&ack.CreateClusterRequest{Name: "a", RegionID: "cn-hangzhou", Addons: []ack.ClusterAddon{{Name: "nothing"}}}, ack.CodeAddonNotFound},
		{&ack.DeleteClusterRequest{ClusterID: managed}, conflict},
		{&ack.DescribeExternalAgentRequest{ClusterID: managed}, roa.CodeInvalidParameter},
		{&ack.MigrateClusterRequest{ClusterID: dedicated}, conflict},
		{&ack.MigrateClusterRequest{ClusterID: initial}, conflict},
		{&ack.ModifyClusterRequest{ClusterID: initial, EnableRRSA: new(true)}, conflict},
		{&ack.ModifyClusterRequest{ClusterID: dedicated, ClusterSpec: new(ack.ClusterSpecACKProSmall)}, roa.CodeInvalidParameter},
		{&ack.ModifyClusterRequest{ClusterID: managed, ClusterName: new("dedicated"), Timezone: new("UTC")}, ack.CodeErrorClusterNameAlreadyExist},
		{&ack.ModifyClusterConfigurationRequest{ClusterID: dedicated}, roa.CodeInvalidParameter},
		{&ack.UpdateKMSEncryptionRequest{ClusterID: managed, KMSKeyID: new("key-1")}, roa.CodeInvalidParameter},
		{&ack.UpdateResourcesDeleteProtectionRequest{ClusterID: managed, Resources: []string{"web"}}, roa.CodeMissingParameter},
		{&ack.UpdateResourcesDeleteProtectionRequest{ClusterID: initial, ResourceType: &services, Resources: []string{"web"}}, conflict},
		{&ack.UpgradeClusterRequest{ClusterID: registered}, conflict},
		{&ack.UpgradeClusterRequest{ClusterID: managed}, conflict},
		{&ack.PauseClusterUpgradeRequest{ClusterID: managed}, conflict},
		{&ack.ResumeUpgradeClusterRequest{ClusterID: managed}, conflict},
		{&ack.CancelClusterUpgradeRequest{ClusterID: managed}, conflict},
		{&ack.CancelTaskRequest{TaskID: created.TaskID}, conflict},
		{&ack.PauseTaskRequest{TaskID: created.TaskID}, conflict},
		{&ack.ResumeTaskRequest{TaskID: created.TaskID}, conflict},
		{&ack.UpdateControlPlaneLogRequest{ClusterID: dedicated}, roa.CodeInvalidParameter},
		{&ack.UpdateControlPlaneLogRequest{ClusterID: managed, LogTTL: new("a week")}, roa.CodeInvalidParameter},
		{&ack.UpdateClusterAuditLogConfigRequest{ClusterID: initial}, conflict},
		{&ack.OpenAckServiceRequest{}, ack.CodeOrderOpened},
		{&ack.OpenAckServiceRequest{Type: new(ack.ServicePlan("everything"))}, roa.CodeInvalidParameter},
		{&ack.DescribeKubernetesVersionMetadataRequest{
			Region: "cn-hangzhou", ClusterType: ack.ClusterTypeManagedKubernetes, Mode: new(ack.VersionMode("all")),
		}, roa.CodeInvalidParameter},

		{&ack.DeleteClusterRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeClusterDetailRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeClusterResourcesRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeExternalAgentRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeResourcesDeleteProtectionRequest{ClusterID: missing, ResourceType: services}, ack.CodeErrorClusterNotFound},
		{&ack.MigrateClusterRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.ModifyClusterRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.ModifyClusterConfigurationRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.UpdateKMSEncryptionRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.UpdateResourcesDeleteProtectionRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.UpgradeClusterRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.GetUpgradeStatusRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.PauseClusterUpgradeRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.ResumeUpgradeClusterRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.CancelClusterUpgradeRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeClusterEventsRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeClusterTasksRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.CheckControlPlaneLogEnableRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.DescribeClusterLogsRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.GetClusterAuditProjectRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.UpdateClusterAuditLogConfigRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.UpdateControlPlaneLogRequest{ClusterID: missing}, ack.CodeErrorClusterNotFound},
		{&ack.CancelOperationPlanRequest{PlanID: "P-0"}, roa.CodeInvalidResourceNotFound},
		{&ack.DescribeTaskInfoRequest{TaskID: "T-0"}, roa.CodeInvalidResourceNotFound},
		{&ack.DescribeEventsRequest{NextToken: new("?")}, roa.CodeInvalidParameter},
	} {
		err := call(t.Context(), client, test.request)
		require.ErrorIs(t, err, test.code, "%T", test.request)
	}
	after, err := srv.Snapshot()
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, after), "a refused request changed something")
}

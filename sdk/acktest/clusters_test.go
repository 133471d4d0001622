package acktest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// refusals of our own: no source names the codes of the service.
const (
	conflict      = roa.Code("OperationConflict")
	quotaExceeded = roa.Code("QuotaExceeded")
)

// running creates a cluster and waits until it is running.
func running(t *testing.T, client *ack.Client, in *ack.CreateClusterRequest) string {
	t.Helper()
	if in.Name == "" {
		in.Name = "demo"
	}
	if in.RegionID == "" {
		in.RegionID = "cn-hangzhou"
	}
	created, err := client.CreateClusterAndWait(t.Context(), in)
	require.NoError(t, err)
	return created.ClusterID
}

func detail(t *testing.T, client *ack.Client, id string) *ack.Cluster {
	t.Helper()
	out, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id})
	require.NoError(t, err)
	return &out.Cluster
}

func TestClusterOfEachKind(t *testing.T) {
	t.Parallel()
	managed, dedicated, registered := ack.ClusterTypeManagedKubernetes, ack.ClusterTypeKubernetes, ack.ClusterTypeExternalKubernetes
	for name, test := range map[string]struct {
		in   ack.CreateClusterRequest
		want func(*testing.T, *ack.Cluster)
	}{
		"nothing said": {ack.CreateClusterRequest{}, func(t *testing.T, c *ack.Cluster) {
			assert.Equal(t, managed, c.ClusterType)
			assert.Equal(t, ack.ClusterProfileDefault, c.Profile)
			assert.Equal(t, ack.ClusterSpecACKStandard, c.ClusterSpec)
			assert.Equal(t, "1.34.1-aliyun.1", c.CurrentVersion)
			assert.Empty(t, c.NextVersion)
			assert.Equal(t, "172.19.0.0/20", c.ServiceCIDR)
			assert.Equal(t, "172.16.0.0/16", c.ContainerCIDR)
			assert.Regexp(t, "^vpc-", c.VPCID)
			assert.Len(t, c.VSwitchIDs, 1)
			assert.JSONEq(t, `{"Addons":[],"Capabilities":{"EncryptionKMSKeyId":"","DisableEncryption":true}}`, c.MetaData.Reveal())
		}},
		"serverless": {ack.CreateClusterRequest{Profile: new(ack.ClusterProfileServerless)}, func(t *testing.T, c *ack.Cluster) {
			assert.Equal(t, ack.ClusterProfileServerless, c.Profile)
			assert.Zero(t, c.Size)
		}},
		"edge": {ack.CreateClusterRequest{Profile: new(ack.ClusterProfileEdge)}, func(t *testing.T, c *ack.Cluster) {
			assert.Equal(t, ack.ClusterProfileEdge, c.Profile)
		}},
		"dedicated": {ack.CreateClusterRequest{
			ClusterType:        &dedicated,
			ControlPlaneConfig: &ack.ControlPlaneConfig{Size: new(int64(5)), LoginPassword: new(roa.Secret("Sesame-1"))},
		}, func(t *testing.T, c *ack.Cluster) {
			assert.EqualValues(t, 5, c.Size)
			assert.EqualValues(t, 5, *c.ControlPlaneConfig.Size)
			assert.Nil(t, c.ControlPlaneConfig.LoginPassword)
			assert.Empty(t, c.ClusterSpec)
		}},
		"in the user's network": {ack.CreateClusterRequest{
			VPCID: new("vpc-1"), VSwitchIDs: []string{"vsw-1", "vsw-2"}, SecurityGroupID: new("sg-1"),
			KubernetesVersion: new("1.32.1-aliyun.1"), EndpointPublicAccess: new(true), RRSAConfig: &ack.RRSAOptions{Enabled: new(true)},
			Tags: []ack.Tag{{Key: "env", Value: new("test")}},
		}, func(t *testing.T, c *ack.Cluster) {
			assert.Equal(t, "vpc-1", c.VPCID)
			assert.Equal(t, []string{"vsw-1", "vsw-2"}, c.VSwitchIDs)
			assert.Equal(t, "1.33.3-aliyun.1", c.NextVersion)
			assert.Equal(t, []ack.Tag{{Key: "env", Value: new("test")}}, c.Tags)
			var urls map[string]string
			require.NoError(t, json.Unmarshal([]byte(c.MasterURL), &urls))
			assert.NotEmpty(t, urls["api_server_endpoint"])
			assert.NotEmpty(t, urls["intranet_api_server_endpoint"])
			assert.Contains(t, c.RRSAConfig.Issuer, c.ClusterID)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := NewServer(t).Client(t)
			c := detail(t, client, running(t, client, &test.in))
			assert.Equal(t, ack.ClusterStateRunning, c.State)
			test.want(t, c)
		})
	}
	t.Run("registered", func(t *testing.T) {
		t.Parallel()
		srv := NewServer(t)
		client := srv.Client(t)
		id := running(t, client, &ack.CreateClusterRequest{ClusterType: &registered})
		srv.Advance(24 * time.Hour)
		assert.Equal(t, ack.ClusterStateWaiting, detail(t, client, id).State)
		for range 2 { // asking again makes no second agent
			agent, err := client.DescribeExternalAgent(t.Context(), &ack.DescribeExternalAgentRequest{ClusterID: id}) //nolint:staticcheck // deprecated
			require.NoError(t, err)
			assert.Contains(t, agent.Config.Reveal(), "kind: Deployment")
		}
		srv.Advance(time.Minute)
		assert.Equal(t, ack.ClusterStateRunning, detail(t, client, id).State)
	})
}

func TestCreateClusterRefusals(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	running(t, client, &ack.CreateClusterRequest{Name: "taken"})
	flannel := ack.ClusterAddon{Name: "flannel"}
	for name, test := range map[string]struct {
		in   ack.CreateClusterRequest
		code roa.Code
	}{
		"name taken":            {ack.CreateClusterRequest{Name: "taken"}, ack.CodeErrorClusterNameAlreadyExist},
		"name with a blank":     {ack.CreateClusterRequest{Name: "a b"}, roa.CodeInvalidParameter},
		"name begins with _":    {ack.CreateClusterRequest{Name: "_a"}, roa.CodeInvalidParameter},
		"old version":           {ack.CreateClusterRequest{KubernetesVersion: new("1.26.3-aliyun.1")}, roa.CodeInvalidParameter},
		"unknown version":       {ack.CreateClusterRequest{KubernetesVersion: new("1.99.1-aliyun.1")}, roa.CodeInvalidParameter},
		"VPC without vSwitches": {ack.CreateClusterRequest{VPCID: new("vpc-1")}, roa.CodeInvalidParameter},
		"vSwitches without VPC": {ack.CreateClusterRequest{VSwitchIDs: []string{"vsw-1"}}, roa.CodeInvalidParameter},
		"six vSwitches": {ack.CreateClusterRequest{VPCID: new("vpc-1"), VSwitchIDs: []string{"1", "2", "3", "4", "5", "6"}},
			roa.CodeInvalidParameter},
		"public services":    {ack.CreateClusterRequest{ServiceCIDR: new("8.8.0.0/20")}, roa.CodeInvalidParameter},
		"too many services":  {ack.CreateClusterRequest{ServiceCIDR: new("10.0.0.0/8")}, roa.CodeInvalidParameter},
		"overlapping ranges": {ack.CreateClusterRequest{ServiceCIDR: new("172.16.0.0/20")}, roa.CodeInvalidParameter},
		"no node fits":       {ack.CreateClusterRequest{NodeCIDRMask: new("16")}, roa.CodeInvalidParameter},
		"domain":             {ack.CreateClusterRequest{ClusterDomain: new("-x")}, roa.CodeInvalidParameter},
		"key of a basic one": {ack.CreateClusterRequest{EncryptionProviderKey: new("key-1")}, roa.CodeInvalidParameter},
		"two networks":       {ack.CreateClusterRequest{Addons: []ack.ClusterAddon{flannel, {Name: "terway-eniip"}}}, roa.CodeInvalidParameter},
		"flannel without pods": {ack.CreateClusterRequest{
			VPCID: new("vpc-1"), VSwitchIDs: []string{"vsw-1"}, Addons: []ack.ClusterAddon{flannel},
		}, roa.CodeMissingParameter},
		"two machines": {ack.CreateClusterRequest{
			ClusterType: new(ack.ClusterTypeKubernetes), ControlPlaneConfig: &ack.ControlPlaneConfig{Size: new(int64(2))},
		}, roa.CodeInvalidParameter},
		"many machines": {
			ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeKubernetes), MasterCount: new(int64(1_000_000_001))}, //nolint:staticcheck // deprecated
			roa.CodeInvalidParameter,
		},
		"window": {ack.CreateClusterRequest{MaintenanceWindow: &ack.MaintenanceWindow{Enable: new(true), WeeklyPeriod: new("Someday")}},
			roa.CodeInvalidParameter},
		"password": {
			ack.CreateClusterRequest{LoginPassword: new(roa.Secret("short"))}, //nolint:staticcheck // deprecated
			roa.CodeInvalidParameter,
		},
		"password of machines": {ack.CreateClusterRequest{
			ClusterType: new(ack.ClusterTypeKubernetes), ControlPlaneConfig: &ack.ControlPlaneConfig{LoginPassword: new(roa.Secret("onlyletters"))},
		}, roa.CodeInvalidParameter},
		"log days":     {ack.CreateClusterRequest{ControlPlaneLogTTL: new("3001")}, roa.CodeInvalidParameter},
		"unknown type": {ack.CreateClusterRequest{ClusterType: new(ack.ClusterType("Swarm"))}, roa.CodeInvalidParameter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.in.Name == "" {
				test.in.Name = "demo"
			}
			test.in.RegionID = "cn-hangzhou"
			_, err := client.CreateCluster(t.Context(), &test.in)
			require.ErrorIs(t, err, test.code)
		})
	}
}

func TestQuotaOfClusters(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	quota, err := client.DescribeUserQuota(t.Context(), &ack.DescribeUserQuotaRequest{})
	require.NoError(t, err)
	require.EqualValues(t, 20, quota.AMKClusterQuota)
	assert.Equal(t, "50", quota.Quotas["q_Kubernetes_Cluster"].Quota)
	create := func(name string, in ack.CreateClusterRequest) error {
		in.Name, in.RegionID = name, "cn-hangzhou"
		_, err := client.CreateCluster(t.Context(), &in)
		return err
	}
	for i := range quota.AMKClusterQuota {
		require.NoError(t, create(fmt.Sprintf("managed-%d", i), ack.CreateClusterRequest{}))
	}
	require.ErrorIs(t, create("managed", ack.CreateClusterRequest{}), quotaExceeded)
	for i := range quota.ASKClusterQuota {
		require.NoError(t, create(fmt.Sprintf("serverless-%d", i), ack.CreateClusterRequest{Profile: new(ack.ClusterProfileServerless)}))
	}
	require.ErrorIs(t, create("serverless", ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeASK)}), quotaExceeded)
	registered := ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeExternalKubernetes)}
	for i := range quota.ClusterQuota - quota.AMKClusterQuota - quota.ASKClusterQuota {
		require.NoError(t, create(fmt.Sprintf("registered-%d", i), registered))
	}
	require.ErrorIs(t, create("registered", registered), quotaExceeded)
}

func TestDeletionProtection(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{DeletionProtection: new(true)})
	_, err := client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: id})
	require.ErrorIs(t, err, conflict)
	_, err = client.ModifyCluster(ctx, &ack.ModifyClusterRequest{ClusterID: id, DeletionProtection: new(false)})
	require.NoError(t, err)
	assert.False(t, detail(t, client, id).DeletionProtection)

	srv.FailNext("DeleteCluster", Failure{Code: "DependencyViolation", Message: "a load balancer is in use"})
	deleted, err := client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: id})
	require.NoError(t, err)
	_, err = client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: id})
	require.ErrorIs(t, err, conflict, "it is being deleted")
	_, err = client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: deleted.TaskID})
	require.ErrorContains(t, err, "a load balancer is in use")
	assert.Equal(t, ack.ClusterStateDeleteFailed, detail(t, client, id).State)

	resources, err := client.DescribeClusterResources(ctx, &ack.DescribeClusterResourcesRequest{ClusterID: id})
	require.NoError(t, err)
	require.NotEmpty(t, resources.Items)
	assert.Equal(t, ack.ClusterResourceStateDeleteFailed, resources.Items[0].State)
	kept := resources.Items[0].InstanceID
	deleted, err = client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: id, RetainResources: []string{kept}})
	require.NoError(t, err)
	task, err := client.WaitTask(ctx, &ack.DescribeTaskInfoRequest{TaskID: deleted.TaskID})
	require.NoError(t, err, "the task outlives the cluster")
	require.NotEmpty(t, task.TaskResult)
	for _, result := range task.TaskResult {
		assert.NotEqual(t, kept, result.Data)
		assert.Equal(t, ack.TaskResultStatusSuccess, result.Status)
	}
	_, err = client.DescribeClusterResources(ctx, &ack.DescribeClusterResourcesRequest{ClusterID: id})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

func TestClusterResources(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	created, err := client.CreateCluster(ctx, &ack.CreateClusterRequest{
		Name: "demo", RegionID: "cn-beijing", SNATEntry: new(true), EndpointPublicAccess: new(true), ZoneIDs: []string{"cn-beijing-a", "cn-beijing-b"},
	})
	require.NoError(t, err)
	types := func() map[string]int {
		out, err := client.DescribeClusterResources(ctx, &ack.DescribeClusterResourcesRequest{ClusterID: created.ClusterID})
		require.NoError(t, err)
		count := make(map[string]int)
		for _, r := range out.Items {
			count[strings.TrimPrefix(r.ResourceType, "ALIYUN::")+" "+string(r.State)]++
			assert.True(t, json.Valid([]byte(r.ResourceInfo)))
		}
		return count
	}
	assert.Equal(t, map[string]int{
		"ECS::VPC CREATE_IN_PROGRESS": 1, "ECS::VSwitch CREATE_IN_PROGRESS": 2, "ECS::SecurityGroup CREATE_IN_PROGRESS": 1,
		"SLB::LoadBalancer CREATE_IN_PROGRESS": 1, "VPC::NatGateway CREATE_IN_PROGRESS": 1, "SLS::Project CREATE_IN_PROGRESS": 1,
	}, types())
	_, err = client.WaitClusterRunning(ctx, &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, 1, types()["VPC::EIP CREATE_COMPLETE"])
	_, err = client.ModifyClusterAndWait(ctx, &ack.ModifyClusterRequest{ClusterID: created.ClusterID, APIServerEIP: new(false)})
	require.NoError(t, err)
	assert.Zero(t, types()["VPC::EIP CREATE_COMPLETE"])
}

func TestResourcesOfAddons(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id := running(t, client, &ack.CreateClusterRequest{Addons: []ack.ClusterAddon{{Name: "nginx-ingress-controller"}}})
	balancers := func(with bool) (addons []ack.ClusterResource) {
		out, err := client.DescribeClusterResources(ctx, &ack.DescribeClusterResourcesRequest{ClusterID: id, WithAddonResources: &with})
		require.NoError(t, err)
		for _, r := range out.Items {
			if r.CreatorType == ack.ClusterResourceCreatorTypeAddon {
				addons = append(addons, r)
			}
		}
		return addons
	}
	assert.Empty(t, balancers(false))
	require.Len(t, balancers(true), 1)
	balancer := balancers(true)[0]
	assert.Equal(t, ack.ClusterResourceObject{Kind: "Service", Namespace: "kube-system", Name: "nginx-ingress-lb"}, balancer.AssociatedObject)
	assert.Equal(t, balancer.InstanceID, detail(t, client, id).ExternalLoadbalancerID) //nolint:staticcheck // deprecated

	slb, keep, remove := ack.ClusterDeleteOptionResourceTypeSLB, ack.ClusterDeleteOptionDeleteModeRetain, ack.ClusterDeleteOptionDeleteModeDelete
	logs := ack.ClusterDeleteOptionResourceTypeSLSData
	deleted, err := client.DeleteClusterAndWait(ctx, &ack.DeleteClusterRequest{ClusterID: id, DeleteOptions: []ack.ClusterDeleteOption{
		{ResourceType: &slb, DeleteMode: &keep}, {ResourceType: &logs, DeleteMode: &remove},
	}})
	require.NoError(t, err)
	task, err := client.DescribeTaskInfo(ctx, &ack.DescribeTaskInfoRequest{TaskID: deleted.TaskID})
	require.NoError(t, err)
	assert.NotContains(t, task.TaskResult, ack.TaskResult{Data: balancer.InstanceID, Status: ack.TaskResultStatusSuccess})
	assert.Contains(t, task.TaskResult, ack.TaskResult{Data: "k8s-log-" + id, Status: ack.TaskResultStatusSuccess})
}

func TestControlPlaneGrows(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	dedicated := ack.ClusterTypeKubernetes
	id := running(t, client, &ack.CreateClusterRequest{ClusterType: &dedicated})
	assert.EqualValues(t, 3, detail(t, client, id).Size)
	modify := func(size int64) error {
		_, err := client.ModifyClusterAndWait(ctx, &ack.ModifyClusterRequest{
			ClusterID: id, ControlPlaneConfig: &ack.ControlPlaneConfig{Size: &size, LoginPassword: new(roa.Secret("Sesame-1"))},
		})
		return err
	}
	require.NoError(t, modify(5))
	nodes, err := client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id})
	require.NoError(t, err)
	require.Len(t, nodes.Nodes, 5)
	for _, n := range nodes.Nodes {
		assert.Equal(t, ack.NodeRoleMaster, n.InstanceRole)
		assert.Equal(t, ack.NodeStatusReady, n.NodeStatus)
	}
	assert.Nil(t, detail(t, client, id).ControlPlaneConfig.LoginPassword)
	require.ErrorIs(t, modify(3), roa.CodeInvalidParameter, "machines are never removed")
	require.ErrorIs(t, modify(5), roa.CodeInvalidParameter, "it has as many")
	require.ErrorIs(t, modify(1_000_000_001), roa.CodeInvalidParameter)
}

func TestListClusters(t *testing.T) {
	t.Parallel()
	client := NewServer(t).Client(t)
	ctx := t.Context()
	var ids []string
	for i := range 12 {
		region := []string{"cn-beijing", "cn-hangzhou"}[i%2]
		ids = append(ids, running(t, client, &ack.CreateClusterRequest{Name: fmt.Sprintf("c-%02d", i), RegionID: region}))
	}
	edge := running(t, client, &ack.CreateClusterRequest{Name: "edge", RegionID: "cn-beijing", Profile: new(ack.ClusterProfileEdge)})

	var all []string
	for c, err := range client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{PageSize: new(int64(5))}) {
		require.NoError(t, err)
		all = append(all, c.ClusterID)
	}
	assert.Equal(t, append(ids, edge), all)
	page, err := client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing", Name: new("c-")})
	require.NoError(t, err)
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 10, TotalCount: 6}, page.PageInfo)
	assert.Empty(t, page.Clusters[0].ControlPlaneEndpointsConfig, "lists tell less")
	page, err = client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{
		RegionID: "cn-beijing", Profile: new(ack.ClusterProfileEdge), ClusterSpec: new(ack.ClusterSpecACKStandard), ClusterID: &edge,
	})
	require.NoError(t, err)
	require.Len(t, page.Clusters, 1)
	page, err = client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing", PageNumber: new(int64(3))})
	require.NoError(t, err)
	assert.Empty(t, page.Clusters)
	old, err := client.DescribeClustersV1(ctx, &ack.DescribeClustersV1Request{Name: new("c-0")}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.Empty(t, old.Clusters, "the name is the whole name")
	oldest, err := client.DescribeClusters(ctx, &ack.DescribeClustersRequest{Name: new("c-0")}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.Len(t, oldest.Items, 10)
}

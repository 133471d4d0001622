package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A poolSite is a server with a cluster that runs and has a managed node pool.
type poolSite struct {
	*testing.T

	srv           *Server
	client        *ack.Client
	cluster, pool string
}

// newPoolSite starts with a pool of so many nodes that has a desired size.
func newPoolSite(t *testing.T, size int64) *poolSite {
	t.Helper()
	srv := NewServer(t)
	s := &poolSite{T: t, srv: srv, client: srv.Client(t)}
	s.cluster = running(t, s.client, &ack.CreateClusterRequest{KubernetesVersion: new("1.33.3-aliyun.1")})
	s.pool = s.create(&ack.CreateClusterNodePoolRequest{
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"}, ScalingGroup: group(&size), Management: &ack.Management{Enable: new(true)},
	})
	return s
}

// group returns machines for a desired size, which may be nil.
func group(size *int64) *ack.ScalingGroupSpec {
	return &ack.ScalingGroupSpec{VSwitchIDs: []string{"vsw-1", "vsw-2"}, InstanceTypes: []string{"ecs.g7.xlarge"}, DesiredSize: size}
}

// create creates a node pool and waits for it.
func (s *poolSite) create(in *ack.CreateClusterNodePoolRequest) string {
	s.Helper()
	in.ClusterID = s.cluster
	created, err := s.client.CreateClusterNodePoolAndWait(s.Context(), in)
	require.NoError(s, err)
	return created.NodePoolID
}

// detail returns the pool, whose numbers must add up and must be those of the list of nodes.
func (s *poolSite) detail() *ack.NodePool {
	s.Helper()
	out, err := s.client.DescribeClusterNodePoolDetail(s.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: s.cluster, NodePoolID: s.pool})
	require.NoError(s, err)
	status := out.Status
	assert.Equal(s, status.TotalNodes, status.ServingNodes+status.InitialNodes+status.RemovingNodes+status.OfflineNodes+status.FailedNodes)
	assert.Len(s, s.nodes(), int(status.TotalNodes))
	return &out.NodePool
}

// nodes returns the nodes of the pool.
func (s *poolSite) nodes() (nodes []ack.Node) {
	s.Helper()
	for n, err := range s.client.DescribeClusterNodesAll(s.Context(), &ack.DescribeClusterNodesRequest{ClusterID: s.cluster, NodePoolID: &s.pool}) {
		require.NoError(s, err)
		nodes = append(nodes, n)
	}
	return nodes
}

// healthy holds that the pool is active and has so many nodes, all of them healthy.
func (s *poolSite) healthy(want int64) {
	s.Helper()
	status := s.detail().Status
	assert.Equal(s, ack.NodePoolStatus{
		State: ack.NodePoolStateActive, TotalNodes: want, ServingNodes: want, HealthyNodes: want, Conditions: []ack.NodePoolCondition{},
	}, status)
}

// resize sets the desired size and returns the id of the task.
func (s *poolSite) resize(size int64) string {
	s.Helper()
	out, err := s.client.ModifyClusterNodePool(s.Context(), &ack.ModifyClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: &size},
	})
	require.NoError(s, err)
	return out.TaskID
}

func (s *poolSite) scale(count int64) error {
	_, err := s.client.ScaleClusterNodePoolAndWait(s.Context(), &ack.ScaleClusterNodePoolRequest{ClusterID: s.cluster, NodePoolID: s.pool, Count: &count})
	return err
}

func (s *poolSite) task(id string) *ack.Task {
	s.Helper()
	out, err := s.client.DescribeTaskInfo(s.Context(), &ack.DescribeTaskInfoRequest{TaskID: id})
	require.NoError(s, err)
	return &out.Task
}

// refuses holds that a request is refused and changes nothing.
func (s *poolSite) refuses(code roa.Code, request func() error, about ...any) {
	s.Helper()
	before, err := s.srv.Snapshot()
	require.NoError(s, err)
	require.ErrorIs(s, request(), code, about...)
	after, err := s.srv.Snapshot()
	require.NoError(s, err)
	if string(before) != string(after) { // Not assert.Equal, as a snapshot holds secrets.
		s.Errorf("a request that was refused has changed the state: %v", about)
	}
}

func TestNodePoolLife(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 3)
	s.healthy(3)
	p := s.detail()
	assert.Equal(t, ack.NodePoolTypeESS, p.NodePoolInfo.Type)
	assert.True(t, p.NodePoolInfo.IsDefault)
	assert.Regexp(t, "^np[0-9a-f]{32}$", p.NodePoolInfo.NodePoolID)
	assert.Regexp(t, "^asg-", p.ScalingGroup.ScalingGroupID)
	assert.EqualValues(t, 3, *p.ScalingGroup.DesiredSize)
	assert.Equal(t, ack.ContainerRuntimeContainerd, *p.KubernetesConfig.Runtime)
	names := make(map[string]bool)
	for _, n := range s.nodes() {
		names[n.NodeName] = true
		assert.Equal(t, "cn-hangzhou."+n.IPAddress[0], n.NodeName)
		assert.Equal(t, "ecs.g7", n.InstanceTypeFamily)
		assert.Equal(t, ack.NodeStateRunning, n.State)
		assert.Equal(t, 2099, n.ExpiredTime.Year())
	}
	assert.Len(t, names, 3)

	task := s.resize(5)
	assert.Equal(t, ack.NodePoolStateUpdating, s.detail().Status.State)
	s.srv.Advance(time.Minute)
	status := s.detail().Status
	assert.Equal(t, ack.NodePoolStateScaling, status.State)
	assert.EqualValues(t, 2, status.InitialNodes)
	assert.EqualValues(t, 3, status.HealthyNodes)
	s.srv.Advance(time.Hour)
	s.healthy(5)
	assert.Len(t, s.task(task).TaskResult, 2)
	assert.Equal(t, ack.TaskResultStatusSuccess, s.task(task).TaskResult[0].Status)

	s.resize(1)
	s.srv.Advance(time.Minute)
	status = s.detail().Status
	assert.Equal(t, ack.NodePoolStateRemoving, status.State)
	assert.EqualValues(t, 4, status.RemovingNodes)
	s.srv.Advance(time.Hour)
	s.healthy(1)

	require.NoError(t, s.scale(2))
	s.healthy(3)
	assert.EqualValues(t, 3, *s.detail().ScalingGroup.DesiredSize)
}

func TestNodePoolDeletion(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	remove := func(force *bool) (string, error) {
		out, err := s.client.DeleteClusterNodepool(t.Context(), &ack.DeleteClusterNodepoolRequest{ClusterID: s.cluster, NodePoolID: s.pool, Force: force})
		if err != nil {
			return "", err
		}
		return out.TaskID, nil
	}
	s.refuses(conflict, func() error { _, err := remove(nil); return err }, "it has nodes")
	s.srv.FailNext("DeleteClusterNodepool", Failure{Code: "DependencyViolation", Message: "a disk is in use", Stage: "remove_nodes"})
	_, err := remove(new(true))
	require.NoError(t, err)
	assert.Equal(t, ack.NodePoolStateDeleting, s.detail().Status.State)
	assert.EqualValues(t, 2, s.detail().Status.RemovingNodes)
	s.refuses(conflict, func() error { _, err := remove(new(true)); return err }, "it is being deleted")
	s.srv.Advance(time.Hour)
	s.healthy(2)

	s.resize(4)
	s.refuses(conflict, func() error { _, err := remove(new(true)); return err }, "it is growing")
	s.srv.Advance(time.Hour)
	_, err = remove(new(true))
	require.NoError(t, err)
	_, err = s.client.WaitNodePoolDeleted(t.Context(), &ack.DescribeClusterNodePoolDetailRequest{ClusterID: s.cluster, NodePoolID: s.pool})
	require.NoError(t, err)
	s.srv.Advance(time.Hour)
	out, err := s.client.DescribeClusterNodes(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	assert.Empty(t, out.Nodes)
	s.refuses(ack.CodeErrorNodePoolNotFound, func() error { _, err := remove(nil); return err })
	assert.Zero(t, detail(t, s.client, s.cluster).Size)
}

func TestScaleOutFails(t *testing.T) {
	t.Parallel()
	for stage, failed := range map[string]int64{"create_instances": 0, "init_nodes": 2, "": 2} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			s := newPoolSite(t, 1)
			s.srv.FailNext("ScaleClusterNodePool", Failure{Code: "NoStock", Message: "sold out", Stage: stage})
			var taskErr *roa.TaskError
			require.ErrorAs(t, s.scale(2), &taskErr)
			assert.Equal(t, "NoStock", taskErr.Code)
			p := s.detail()
			assert.Equal(t, ack.NodePoolStateActive, p.Status.State)
			assert.Equal(t, failed, p.Status.FailedNodes)
			assert.EqualValues(t, 1, p.Status.HealthyNodes)
			assert.Equal(t, p.Status.TotalNodes, *p.ScalingGroup.DesiredSize)
			for _, n := range s.nodes()[1:] {
				assert.Equal(t, ack.NodeStateFailed, n.State)
				assert.Equal(t, "sold out", n.ErrorMessage)
			}
			require.NoError(t, s.scale(1))
			assert.EqualValues(t, 2, s.detail().Status.HealthyNodes)
		})
	}
}

func TestNodePoolChangeFails(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	for size, stage := range map[int64]string{4: "update_node_pool", 3: "create_instances"} {
		s.srv.FailNext("ModifyClusterNodePool", Failure{Stage: stage})
		task := s.resize(size)
		s.srv.Advance(time.Hour)
		assert.Equal(t, ack.TaskStateFail, s.task(task).State)
		s.healthy(2)
	}
	s.srv.FailNext("ModifyClusterNodePool", Failure{Stage: "remove_nodes"})
	s.resize(1)
	s.srv.Advance(time.Hour)
	s.healthy(2)
	s.srv.FailNext("CreateClusterNodePool", Failure{Stage: "create_instances"})
	_, err := s.client.CreateClusterNodePoolAndWait(t.Context(), &ack.CreateClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "broken"}, ScalingGroup: group(new(int64(2))),
	})
	require.Error(t, err)
	list, err := s.client.DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: s.cluster, NodePoolName: new("broken")})
	require.NoError(t, err)
	require.Len(t, list.NodePools, 1)
	assert.Equal(t, ack.NodePoolStatus{State: ack.NodePoolStateFailed}, list.NodePools[0].Status)
}

func TestAutoScalingLimits(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	limits := func(least, most int64) error {
		_, err := s.client.ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolID: s.pool,
			AutoScaling: &ack.AutoScaling{Enable: new(true), MinInstances: &least, MaxInstances: &most},
		})
		return err
	}
	require.NoError(t, limits(3, 5))
	s.healthy(3)
	assert.Equal(t, ack.AutoScalingTypeCPU, *s.detail().AutoScaling.Type)
	require.NoError(t, s.scale(2))
	s.healthy(5)
	s.refuses(conflict, func() error { return s.scale(1) })
	s.refuses(roa.CodeInvalidParameter, func() error { return limits(3, 2) })
	require.NoError(t, limits(0, 2))
	s.healthy(2)
}

func TestNodePoolModification(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	config := func(update bool, key string) {
		_, err := s.client.ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, UpdateNodes: &update,
			NodePoolInfo:     &ack.NodePoolInfoUpdate{Name: new("renamed")},
			ScalingGroup:     &ack.ScalingGroupUpdate{LoginPassword: new(roa.Secret("Sesame-1"))},
			KubernetesConfig: &ack.KubernetesConfig{Labels: []ack.NodeLabel{{Key: key, Value: new("1")}}},
		})
		require.NoError(t, err)
	}
	labeled := func(labels string) int {
		out, err := s.client.DescribeClusterNodes(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: s.cluster, NodeLabels: &labels})
		require.NoError(t, err)
		return len(out.Nodes)
	}
	config(false, "a")
	p := s.detail()
	assert.Equal(t, "renamed", p.NodePoolInfo.Name)
	assert.True(t, p.ScalingGroup.LoginPassword == "******", "the password is masked")
	assert.Equal(t, []string{"ecs.g7.xlarge"}, p.ScalingGroup.InstanceTypes)
	assert.Zero(t, labeled("a=1"))
	config(true, "b")
	assert.Equal(t, 1, labeled("b=1,kubernetes.io/os=linux"))
	assert.Zero(t, labeled("b=2"))
	config(true, "c")
	assert.Zero(t, labeled("b=1"), "a list that is sent replaces the whole list")
	require.NoError(t, s.scale(1))
	assert.Equal(t, 2, labeled("c=1"))
}

func TestNodePoolRefusals(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	info := &ack.NodePoolInfoSpec{Name: "other"}
	for name, test := range map[string]struct {
		code roa.Code
		in   ack.CreateClusterNodePoolRequest
	}{
		"no name": {roa.CodeMissingParameter, ack.CreateClusterNodePoolRequest{}},
		"name":    {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "-a"}}},
		"two ways to log in": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, ScalingGroup: &ack.ScalingGroupSpec{
			KeyPair: new("key"), LoginPassword: new(roa.Secret("Sesame-1")),
		}}},
		"weak password": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, ScalingGroup: &ack.ScalingGroupSpec{
			LoginPassword: new(roa.Secret("sesamesesame")),
		}}},
		"no period": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, ScalingGroup: &ack.ScalingGroupSpec{
			InstanceChargeType: new(ack.ChargeTypePrePaid),
		}}},
		"edge": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: "edge", Type: new(ack.NodePoolTypeEdge)}, ScalingGroup: group(new(int64(1))),
		}},
		"lingjun": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: "lingjun", Type: new(ack.NodePoolTypeLingjun)},
		}},
		"surge": {roa.CodeInvalidParameter, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, Management: &ack.Management{
			UpgradeConfig: &ack.UpgradeConfig{Surge: new(int64(1)), SurgePercentage: new(int64(10))}, //nolint:staticcheck // deprecated
		}}},
		"too many nodes": {quotaExceeded, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, ScalingGroup: group(new(int64(100)))}},
		"no such policy": {roa.CodeInvalidResourceNotFound, ack.CreateClusterNodePoolRequest{NodePoolInfo: info, Management: &ack.Management{
			AutoRepairPolicy: &ack.AutoRepairPolicy{AutoRepairPolicyID: new("r-none")},
		}}},
	} {
		test.in.ClusterID = s.cluster
		s.refuses(test.code, func() error { _, err := s.client.CreateClusterNodePool(t.Context(), &test.in); return err }, name)
	}
	s.refuses(roa.CodeInvalidParameter, func() error { return s.scale(0) })
	s.refuses(quotaExceeded, func() error { return s.scale(100) })
	s.resize(2)
	s.refuses(conflict, func() error { return s.scale(1) }, "one change at a time")
	other := *s
	other.cluster = "none"
	s.refuses(ack.CodeErrorClusterNotFound, func() error { return other.scale(1) })
}

func TestNodePoolsOfNewCluster(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	in := &ack.CreateClusterRequest{
		Name: "demo", RegionID: "cn-hangzhou", ClusterType: new(ack.ClusterTypeKubernetes),
		NodePools: []ack.NodePoolSpec{
			{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "first"}, ScalingGroup: group(new(int64(2)))},
			{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "second"}, Count: new(int64(1))},
		},
	}
	created, err := client.CreateCluster(t.Context(), in)
	require.NoError(t, err)
	s := &poolSite{T: t, srv: srv, client: client, cluster: created.ClusterID}
	pools := func() []ack.NodePool {
		list, err := client.DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: s.cluster})
		require.NoError(t, err)
		return list.NodePools
	}
	assert.Equal(t, ack.NodePoolStatus{State: ack.NodePoolStateInitial, TotalNodes: 2, InitialNodes: 2}, pools()[0].Status)
	srv.Advance(time.Hour)
	assert.EqualValues(t, 6, detail(t, client, s.cluster).Size)
	for i, p := range pools() {
		s.pool = p.NodePoolInfo.NodePoolID
		s.healthy(int64(2 - i))
		assert.Equal(t, i == 0, p.NodePoolInfo.IsDefault)
	}
	srv.FailNext("CreateCluster", Failure{})
	in.Name = "broken"
	created, err = client.CreateCluster(t.Context(), in)
	require.NoError(t, err)
	srv.Advance(time.Hour)
	s.cluster = created.ClusterID
	assert.Equal(t, ack.NodePoolStatus{State: ack.NodePoolStateFailed}, pools()[0].Status)

	in.Name, in.NodePools = "large", append(in.NodePools, ack.NodePoolSpec{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "large"}, ScalingGroup: group(new(int64(99)))})
	s.refuses(quotaExceeded, func() error { _, err := client.CreateCluster(t.Context(), in); return err })
}

// TestScaleOutOutlivesRestart holds that a snapshot has all that a change under way needs.
func TestScaleOutOutlivesRestart(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	_, err := s.client.ModifyClusterNodePool(t.Context(), &ack.ModifyClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(int64(3))},
		KubernetesConfig: &ack.KubernetesConfig{
			Labels: []ack.NodeLabel{{Key: "team", Value: new("a")}}, UserData: new(roa.Secret("IyEvYmluL3NoCg==")),
		},
	})
	require.NoError(t, err)
	saved, err := s.srv.Snapshot()
	require.NoError(t, err)
	other := NewServer(t)
	require.NoError(t, other.Restore(saved))
	s.srv, s.client = other, other.Client(t)
	other.Advance(time.Minute)
	assert.EqualValues(t, 2, s.detail().Status.InitialNodes)
	other.Advance(time.Hour)
	s.healthy(3)
	assert.Len(t, s.list(ack.DescribeClusterNodesRequest{NodeLabels: new("team=a")}).Nodes, 2)
	assert.True(t, *s.detail().KubernetesConfig.UserData == "IyEvYmluL3NoCg==", "a secret outlives it, too")
}

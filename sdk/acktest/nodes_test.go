package acktest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// list lists nodes as a request wants them.
func (s *poolSite) list(in ack.DescribeClusterNodesRequest) *ack.DescribeClusterNodesResponse {
	s.Helper()
	in.ClusterID = s.cluster
	out, err := s.client.DescribeClusterNodes(s.Context(), &in)
	require.NoError(s, err)
	return out
}

func TestNodeList(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 12)
	all := s.nodes()
	require.Len(t, all, 12)
	first := s.list(ack.DescribeClusterNodesRequest{})
	assert.Len(t, first.Nodes, 10, "the usual size of a page")
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 10, TotalCount: 12}, first.Page)
	second := s.list(ack.DescribeClusterNodesRequest{PageNumber: new("3"), PageSize: new("5")})
	assert.Equal(t, all[10:], second.Nodes)
	assert.Equal(t, ack.PageInfo{PageNumber: 3, PageSize: 5, TotalCount: 12}, second.Page)
	n := &all[3]
	for name, test := range map[string]struct {
		in   ack.DescribeClusterNodesRequest
		want int32
	}{
		"instance":     {ack.DescribeClusterNodesRequest{InstanceIDs: []string{n.InstanceID, all[4].InstanceID, "i-none"}}, 2},
		"name":         {ack.DescribeClusterNodesRequest{NodeNames: &n.NodeName}, 1},
		"address":      {ack.DescribeClusterNodesRequest{NodeIPs: &n.IPAddress[0]}, 1},
		"labels":       {ack.DescribeClusterNodesRequest{NodeLabels: new("node.kubernetes.io/instance-type=ecs.g7.xlarge")}, 12},
		"other labels": {ack.DescribeClusterNodesRequest{NodeLabels: new("kubernetes.io/os=linux,team=a")}, 0},
		"running":      {ack.DescribeClusterNodesRequest{State: new(ack.NodeStateFilterRunning)}, 12},
		"all":          {ack.DescribeClusterNodesRequest{State: new(ack.NodeStateFilterAll)}, 12},
		"failed":       {ack.DescribeClusterNodesRequest{State: new(ack.NodeStateFilterFailed)}, 0},
		"pool":         {ack.DescribeClusterNodesRequest{NodePoolID: new("np-none")}, 0},
		"two filters":  {ack.DescribeClusterNodesRequest{NodeNames: &n.NodeName, NodeIPs: &all[4].IPAddress[0]}, 0},
	} {
		assert.Equal(t, test.want, s.list(test.in).Page.TotalCount, name)
	}
	for _, in := range []ack.DescribeClusterNodesRequest{{PageNumber: new("0")}, {PageSize: new("many")}} {
		in.ClusterID = s.cluster
		s.refuses(roa.CodeInvalidParameter, func() error { _, err := s.client.DescribeClusterNodes(t.Context(), &in); return err })
	}
}

func TestNodesComeAndGo(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 3)
	ids := func(nodes []ack.Node) (ids []string) {
		for _, n := range nodes {
			ids = append(ids, n.InstanceID)
		}
		return ids
	}
	before := s.nodes()
	// By the pool: its desired size goes down.
	out, err := s.client.RemoveNodePoolNodes(t.Context(), &ack.RemoveNodePoolNodesRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, InstanceIDs: ids(before[:2]), DrainNode: new(true),
	})
	require.NoError(t, err)
	status := s.detail().Status
	assert.Equal(t, ack.NodePoolStateRemoving, status.State)
	assert.EqualValues(t, 2, status.RemovingNodes)
	assert.Len(t, s.list(ack.DescribeClusterNodesRequest{State: new(ack.NodeStateFilterRemoving)}).Nodes, 2)
	s.srv.Advance(3 * time.Minute)
	assert.EqualValues(t, 1, s.detail().Status.RemovingNodes, "one after the other")
	task, err := s.client.WaitTask(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: out.TaskID})
	require.NoError(t, err)
	assert.Equal(t, "drain_nodes", task.Stages[0].Message)
	assert.Equal(t, []ack.TaskResult{{Data: before[0].InstanceID, Status: "success"}, {Data: before[1].InstanceID, Status: "success"}}, task.TaskResult)
	s.healthy(1)
	assert.EqualValues(t, 1, *s.detail().ScalingGroup.DesiredSize)

	// By the cluster: the pool starts another node.
	last := s.nodes()[0]
	_, err = s.client.DeleteClusterNodesAndWait(t.Context(), &ack.DeleteClusterNodesRequest{ClusterID: s.cluster, Nodes: []string{last.NodeName}, ReleaseNode: new(true)})
	require.NoError(t, err)
	assert.EqualValues(t, 1, s.detail().Status.InitialNodes)
	s.srv.Advance(time.Hour)
	s.healthy(1)
	assert.NotEqual(t, last.InstanceID, s.nodes()[0].InstanceID)

	// The failure of a removal leaves the nodes.
	s.srv.FailNext("RemoveClusterNodes", Failure{})
	_, err = s.client.RemoveClusterNodes(t.Context(), &ack.RemoveClusterNodesRequest{ClusterID: s.cluster, Nodes: []string{s.nodes()[0].NodeName}}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.EqualValues(t, 1, s.detail().Status.RemovingNodes)
	s.srv.Advance(time.Hour)
	s.healthy(1)

	// Machines come back, unless they were released.
	attached, err := s.client.AttachInstancesAndWait(t.Context(), &ack.AttachInstancesRequest{
		ClusterID: s.cluster, Instances: []string{before[0].InstanceID, last.InstanceID, s.nodes()[0].InstanceID, "i-new"},
	})
	require.NoError(t, err)
	var codes []string
	for _, item := range attached.List {
		codes = append(codes, item.Code)
	}
	assert.Equal(t, []string{"200", "400", "400", "200"}, codes)
	s.healthy(3)
	nodes := s.nodes()
	assert.ElementsMatch(t, []string{before[0].InstanceID, "i-new"}, ids(nodes[1:]))
	assert.Equal(t, "ess_attach", nodes[2].Source)
	assert.EqualValues(t, 3, *s.detail().ScalingGroup.DesiredSize)
}

func TestPrePaidNodesAreNotReleased(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	machines := group(new(int64(1)))
	machines.InstanceChargeType, machines.Period = new(ack.ChargeTypePrePaid), new(int64(1))
	s.pool = s.create(&ack.CreateClusterNodePoolRequest{NodePoolInfo: &ack.NodePoolInfoSpec{Name: "prepaid"}, ScalingGroup: machines})
	n := s.nodes()[0]
	assert.Equal(t, n.CreationTime.Add(30*24*time.Hour), n.ExpiredTime)
	_, err := s.client.RemoveNodePoolNodesAndWait(t.Context(), &ack.RemoveNodePoolNodesRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, InstanceIDs: []string{n.InstanceID}, ReleaseNode: new(true),
	})
	require.NoError(t, err)
	assert.Empty(t, s.nodes())
	_, err = s.client.AttachInstancesToNodePoolAndWait(t.Context(), &ack.AttachInstancesToNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Instances: []string{n.InstanceID},
	})
	require.NoError(t, err)
	s.healthy(1)
}

func TestMastersStay(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	s := &poolSite{T: t, srv: srv, client: srv.Client(t)}
	s.cluster = running(t, s.client, &ack.CreateClusterRequest{ClusterType: new(ack.ClusterTypeKubernetes)})
	nodes := s.list(ack.DescribeClusterNodesRequest{}).Nodes
	require.Len(t, nodes, 3)
	assert.Equal(t, ack.NodeRoleMaster, nodes[0].InstanceRole)
	s.refuses(roa.CodeInvalidParameter, func() error {
		_, err := s.client.DeleteClusterNodes(t.Context(), &ack.DeleteClusterNodesRequest{ClusterID: s.cluster, Nodes: []string{nodes[0].NodeName}})
		return err
	})
	// There is no node pool for new nodes, so they are outside of pools.
	scaled, err := s.client.ScaleOutCluster(t.Context(), &ack.ScaleOutClusterRequest{ClusterID: s.cluster, Count: 2, WorkerSystemDiskSize: 120}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	assert.Equal(t, ack.ClusterStateScaling, detail(t, s.client, s.cluster).State)
	s.srv.Advance(time.Hour)
	assert.Equal(t, "cluster_scaleout", s.task(scaled.TaskID).TaskType)
	nodes = s.list(ack.DescribeClusterNodesRequest{}).Nodes
	require.Len(t, nodes, 5)
	assert.Equal(t, ack.NodeRoleWorker, nodes[4].InstanceRole)
	assert.Empty(t, nodes[4].NodePoolID)
	_, err = s.client.RemoveClusterNodes(t.Context(), &ack.RemoveClusterNodesRequest{ClusterID: s.cluster, Nodes: []string{nodes[4].NodeName, nodes[3].NodeName}}) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	s.srv.Advance(time.Hour)
	assert.EqualValues(t, 3, detail(t, s.client, s.cluster).Size)
	s.refuses(conflict, func() error {
		_, err := s.client.AttachInstances(t.Context(), &ack.AttachInstancesRequest{ClusterID: s.cluster, Instances: []string{"i-1"}})
		return err
	}, "there is no default node pool")
}

func TestScaleCluster(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	_, err := s.client.ScaleClusterAndWait(t.Context(), &ack.ScaleClusterRequest{
		ClusterID: s.cluster, Count: new(int64(2)), WorkerInstanceTypes: []string{"ecs.c7.large"},
	})
	require.NoError(t, err)
	s.healthy(3)
	assert.Equal(t, "ecs.c7.large", s.nodes()[2].InstanceType)
	s.srv.FailNext("ScaleOutCluster", Failure{Stage: "create_instances"})
	_, err = s.client.ScaleOutClusterAndWait(t.Context(), &ack.ScaleOutClusterRequest{ClusterID: s.cluster, Count: 2, WorkerSystemDiskSize: 120})
	require.Error(t, err)
	s.healthy(3)
	assert.EqualValues(t, 3, *s.detail().ScalingGroup.DesiredSize)
	for _, in := range []ack.ScaleOutClusterRequest{
		{}, {Count: 1, KeyPair: new("k"), LoginPassword: new(roa.Secret("Sesame-1"))}, {Count: 1, VSwitchIDs: []string{"1", "2", "3", "4"}},
		{Count: 1, WorkerInstanceChargeType: new(ack.ChargeTypePrePaid), WorkerPeriod: new(int64(5))},
	} {
		in.ClusterID, in.WorkerSystemDiskSize = s.cluster, 120
		s.refuses(roa.CodeInvalidParameter, func() error { _, err := s.client.ScaleOutCluster(t.Context(), &in); return err }) //nolint:staticcheck // deprecated
	}
}

func TestNodeRefusals(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	remove := func(ids ...string) func() error {
		return func() error {
			_, err := s.client.RemoveNodePoolNodes(t.Context(), &ack.RemoveNodePoolNodesRequest{ClusterID: s.cluster, NodePoolID: s.pool, InstanceIDs: ids})
			return err
		}
	}
	n := s.nodes()[0]
	s.refuses(roa.CodeMissingParameter, remove())
	s.refuses(roa.CodeInvalidResourceNotFound, remove(n.InstanceID, "i-none"))
	attach := func(ids ...string) func() error {
		return func() error {
			_, err := s.client.AttachInstances(t.Context(), &ack.AttachInstancesRequest{ClusterID: s.cluster, Instances: ids, Password: new(roa.Secret(`Sesame-"1`))})
			return err
		}
	}
	s.refuses(roa.CodeInvalidParameter, attach("i-1"))
	s.resize(3)
	s.srv.Advance(time.Minute)
	s.refuses(conflict, remove(n.InstanceID), "the pool is scaling")
}

func TestNodeOperation(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	run := func(name string) (*ack.RunNodeOperationResponse, error) {
		return s.client.RunNodeOperationAndWait(t.Context(), &ack.RunNodeOperationRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, NodeName: name, OperationAction: "restart.kubelet",
		})
	}
	n := s.nodes()[0]
	out, err := run(n.NodeName)
	require.NoError(t, err)
	assert.Equal(t, ack.TaskTarget{ID: n.NodeName, Type: "node"}, s.task(out.TaskID).Target)
	s.srv.FailNext("RunNodeOperation", Failure{})
	_, err = run(n.NodeName)
	require.Error(t, err)
	s.healthy(1)
	s.refuses(roa.CodeInvalidResourceNotFound, func() error { _, err := run("none"); return err })
}

func TestAttachScript(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	script := func(pool *string) (string, error) {
		out, err := s.client.DescribeClusterAttachScripts(t.Context(), &ack.DescribeClusterAttachScriptsRequest{
			ClusterID: s.cluster, NodePoolID: pool, Arch: new(ack.NodeArchARM64), FormatDisk: new(true),
		})
		if err != nil {
			return "", err
		}
		return out.Text.Reveal(), nil
	}
	text, err := script(nil)
	require.NoError(t, err)
	for _, part := range []string{"--nodepool-id " + s.pool, "/1.33.3-aliyun.1/arm64/", "--openapi-token ", "--disk-init true", "--runtime containerd", "\r"} {
		assert.True(t, strings.Contains(text, part), part) // The text holds a token.
	}
	s.refuses(ack.CodeErrorNodePoolNotFound, func() error { _, err := script(new("none")); return err })
}

// TestAttachedNodes holds which settings of a request count for the instances.
func TestAttachedNodes(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	runtime := &ack.Runtime{Name: new(ack.ContainerRuntimeContainerd), Version: new("1.6.38")}
	for id, in := range map[string]ack.AttachInstancesRequest{
		"i-default": {ImageID: new("m-1"), Runtime: runtime},
		"i-named":   {KeepInstanceName: new(true)},
		"i-pool":    {NodePoolID: &s.pool, ImageID: new("m-1"), Runtime: runtime},
	} {
		in.ClusterID, in.Instances = s.cluster, []string{id}
		_, err := s.client.AttachInstancesAndWait(t.Context(), &in)
		require.NoError(t, err)
	}
	_, err := s.client.AttachInstancesToNodePoolAndWait(t.Context(), &ack.AttachInstancesToNodePoolRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Instances: []string{"i-same"},
	})
	require.NoError(t, err)
	renamed, usual := "worker-k8s-for-cs-"+s.cluster, s.detail().ScalingGroup.ImageID
	want := map[string][2]string{"i-default": {renamed, "m-1"}, "i-named": {"i-named", usual}, "i-pool": {renamed, usual}, "i-same": {"i-same", usual}}
	got := make(map[string][2]string)
	for _, n := range s.nodes() {
		got[n.InstanceID] = [2]string{n.InstanceName, n.ImageID}
	}
	assert.Equal(t, want, got)
	quoted, err := s.client.DescribeClusterNodes(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: s.cluster, InstanceIDs: []string{`"i-pool`, `i-same"`}})
	require.NoError(t, err)
	assert.Len(t, quoted.Nodes, 2, "a document writes the list in quotes")
}

func TestDrainIsTold(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	name := s.nodes()[0].NodeName
	_, err := s.client.DeleteClusterNodesAndWait(t.Context(), &ack.DeleteClusterNodesRequest{ClusterID: s.cluster, Nodes: []string{name}, DrainNode: new(true)})
	require.NoError(t, err)
	out, err := s.client.DescribeEvents(t.Context(), &ack.DescribeEventsRequest{ClusterID: &s.cluster, Type: new(ack.EventTypeClusterNodeDrain)})
	require.NoError(t, err)
	var reasons []string
	for _, e := range out.Events {
		assert.Equal(t, name, e.Subject)
		reasons = append(reasons, e.Data.Reason)
	}
	assert.Equal(t, []string{"Succeeded", "Started"}, reasons)
}

package acktest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// components returns the components of the pool by name.
func (s *poolSite) components() map[string]ack.NodeComponent {
	s.Helper()
	found := make(map[string]ack.NodeComponent)
	in := &ack.ListNodePoolComponentInstancesRequest{ClusterID: s.cluster, NodePoolID: s.pool, MaxResults: new(int32(1))}
	for component, err := range s.client.ListNodePoolComponentInstancesAll(s.Context(), in) {
		require.NoError(s, err)
		found[component.Name] = component
	}
	return found
}

func TestNodeComponents(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	var offers []string
	for offer, err := range s.client.ListNodePoolComponentsAll(t.Context(), &ack.ListNodePoolComponentsRequest{ClusterID: s.cluster, MaxResults: new(int32(2))}) {
		require.NoError(t, err)
		offers = append(offers, offer.Name)
	}
	assert.Equal(t, []string{"kubelet", "containerd", "node-problem-detector"}, offers)
	kubelet := ack.NodeComponent{Name: "kubelet", Version: "1.33.3-aliyun.1", ConfigRevision: "1", State: "active"}
	assert.Equal(t, map[string]ack.NodeComponent{"kubelet": kubelet}, s.components())

	created, err := s.client.CreateNodePoolComponentInstances(t.Context(), &ack.CreateNodePoolComponentInstancesRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Components: []ack.NewNodeComponent{{Name: "node-problem-detector", Version: "0.8.19"}},
	})
	require.NoError(t, err)
	assert.Equal(t, "installing", s.components()["node-problem-detector"].State)
	_, err = s.client.WaitTask(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: created.TaskID})
	require.NoError(t, err)
	assert.Equal(t, "active", s.components()["node-problem-detector"].State)
	assert.Empty(t, s.detail().NodeComponents[1].State)

	config := &ack.NodeComponentConfig{CustomConfig: map[string]any{"cpuManagerPolicy": "static"}}
	updated, err := s.client.UpdateNodePoolComponentInstance(t.Context(), &ack.UpdateNodePoolComponentInstanceRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Name: "kubelet", Config: config,
	})
	require.NoError(t, err)
	assert.Equal(t, "updating", s.components()["kubelet"].State)
	assert.Equal(t, "1", s.components()["kubelet"].ConfigRevision)
	s.srv.Advance(time.Hour)
	assert.Len(t, s.task(updated.TaskID).TaskResult, 2)
	kubelet.ConfigRevision, kubelet.Config = "2", *config
	assert.Equal(t, kubelet, s.components()["kubelet"])

	s.srv.FailNext("DeleteNodePoolComponentInstance", Failure{})
	for _, left := range []int{2, 1} {
		_, err := s.client.DeleteNodePoolComponentInstance(t.Context(), &ack.DeleteNodePoolComponentInstanceRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, Name: "node-problem-detector",
		})
		require.NoError(t, err)
		assert.Equal(t, "deleting", s.components()["node-problem-detector"].State)
		s.srv.Advance(time.Hour)
		assert.Len(t, s.components(), left)
	}
}

func TestOlderNodeComponents(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 3)
	installed, err := s.client.InstallNodePoolComponents(t.Context(), &ack.InstallNodePoolComponentsRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Components: []ack.ComponentInstall{{Name: "containerd"}},
		RollingPolicy: &ack.ComponentInstallRollout{BatchInterval: new(int64(60)), PausePolicy: new(ack.PausePolicyNotPause)},
	})
	require.NoError(t, err)
	_, err = s.client.WaitTask(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: installed.TaskID})
	require.NoError(t, err)
	assert.Len(t, s.task(installed.TaskID).Stages, 5, "three batches, and a wait after the first and the second one")
	assert.Equal(t, "2.1.3", s.components()["containerd"].Version)
	_, err = s.client.UpdateNodePoolComponentAndWait(t.Context(), &ack.UpdateNodePoolComponentRequest{
		ClusterID: s.cluster, NodePoolID: s.pool, Name: new("containerd"), Version: new("2.1.4"), DisableRolling: new(true),
	})
	require.NoError(t, err)
	assert.Equal(t, "2.1.4", s.components()["containerd"].Version)
}

func TestNodeComponentRefusals(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 1)
	update := func(name *string) func() error {
		return func() error {
			_, err := s.client.UpdateNodePoolComponent(t.Context(), &ack.UpdateNodePoolComponentRequest{ClusterID: s.cluster, NodePoolID: s.pool, Name: name})
			return err
		}
	}
	s.refuses(roa.CodeMissingParameter, update(nil))
	s.refuses(roa.CodeInvalidResourceNotFound, update(new("containerd")), "it is not installed")
	s.refuses(roa.CodeInvalidResourceNotFound, func() error {
		_, err := s.client.InstallNodePoolComponents(t.Context(), &ack.InstallNodePoolComponentsRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, Components: []ack.ComponentInstall{{Name: "none"}},
		})
		return err
	})
	s.refuses(roa.CodeInvalidParameter, func() error {
		_, err := s.client.ListNodePoolComponentInstances(t.Context(), &ack.ListNodePoolComponentInstancesRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, NextToken: new("?"),
		})
		return err
	})
	s.refuses(ack.CodeErrorNodePoolNotFound, func() error {
		_, err := s.client.ListNodePoolComponents(t.Context(), &ack.ListNodePoolComponentsRequest{ClusterID: s.cluster, NodePoolID: new("none")})
		return err
	})
}

func TestRepairPolicies(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 0)
	rules := []ack.RepairRule{{Incidents: []ack.RepairIncident{{Name: new("Node.FaultNeedReboot.HOST"), Type: new("system")}}}}
	created, err := s.client.CreateAutoRepairPolicy(t.Context(), &ack.CreateAutoRepairPolicyRequest{
		ClusterID: s.cluster, Name: new("gpu"), ResourceType: new("nodepool"), Rules: rules,
	})
	require.NoError(t, err)
	follow := func(id string) {
		_, err := s.client.ModifyClusterNodePoolAndWait(t.Context(), &ack.ModifyClusterNodePoolRequest{
			ClusterID: s.cluster, NodePoolID: s.pool, Management: &ack.Management{AutoRepairPolicy: &ack.AutoRepairPolicy{AutoRepairPolicyID: &id}},
		})
		require.NoError(t, err)
	}
	remove := func() error {
		_, err := s.client.DeleteAutoRepairPolicy(t.Context(), &ack.DeleteAutoRepairPolicyRequest{ClusterID: s.cluster, PolicyID: created.PolicyID})
		return err
	}
	follow(created.PolicyID)
	s.refuses(conflict, remove)
	_, err = s.client.ModifyAutoRepairPolicy(t.Context(), &ack.ModifyAutoRepairPolicyRequest{ClusterID: s.cluster, PolicyID: created.PolicyID, Name: new("gpus")})
	require.NoError(t, err)
	want := ack.RepairPolicy{ID: created.PolicyID, Name: "gpus", ResourceType: "nodepool", ResourceIDs: []string{s.pool}, Rules: rules}
	got, err := s.client.DescribeAutoRepairPolicy(t.Context(), &ack.DescribeAutoRepairPolicyRequest{ClusterID: s.cluster, PolicyID: created.PolicyID})
	require.NoError(t, err)
	assert.Equal(t, want, got.RepairPolicy)
	list, err := s.client.ListAutoRepairPolicies(t.Context(), &ack.ListAutoRepairPoliciesRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	assert.Equal(t, []ack.RepairPolicy{want}, list.Items)
	follow("")
	require.NoError(t, remove())
	s.refuses(roa.CodeInvalidResourceNotFound, remove)
}

func TestVulnerabilities(t *testing.T) {
	t.Parallel()
	s := newPoolSite(t, 2)
	found := func(urgency ...ack.VulnerabilityUrgency) (n int) {
		out, err := s.client.DescribeNodePoolVuls(t.Context(), &ack.DescribeNodePoolVulsRequest{ClusterID: s.cluster, NodePoolID: s.pool, Necessity: urgency})
		require.NoError(t, err)
		for _, record := range out.VulRecords {
			n += len(record.VulList)
		}
		return n
	}
	scan := func() {
		_, err := s.client.ScanClusterVulsAndWait(t.Context(), &ack.ScanClusterVulsRequest{ClusterID: s.cluster})
		require.NoError(t, err)
	}
	fix := func(in ack.FixNodePoolVulsRequest) error {
		in.ClusterID, in.NodePoolID = s.cluster, s.pool
		_, err := s.client.FixNodePoolVulsAndWait(t.Context(), &in)
		return err
	}
	assert.Zero(t, found(), "nobody has looked yet")
	scan()
	assert.Equal(t, 6, found())
	assert.Equal(t, 4, found(ack.VulnerabilityUrgencyASAP, ack.VulnerabilityUrgencyNNTF))
	cluster, err := s.client.DescribeClusterVuls(t.Context(), &ack.DescribeClusterVulsRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	require.Len(t, cluster.VulRecords, 3)
	assert.EqualValues(t, 2, cluster.VulRecords[0].NodeCount)

	sudo := "oval:com.redhat.rhsa:def:20193197"
	s.refuses(roa.CodeInvalidResourceNotFound, func() error { return fix(ack.FixNodePoolVulsRequest{Vuls: []string{"none"}}) })
	s.refuses(roa.CodeInvalidParameter, func() error {
		return fix(ack.FixNodePoolVulsRequest{RolloutPolicy: &ack.VulnerabilityFixRollout{MaxParallelism: new(int64(3))}})
	})
	s.srv.FailNext("FixNodePoolVuls", Failure{Stage: "fix_nodes"})
	require.Error(t, fix(ack.FixNodePoolVulsRequest{Vuls: []string{sudo}}))
	assert.Equal(t, 6, found())
	require.NoError(t, fix(ack.FixNodePoolVulsRequest{Vuls: []string{sudo}, Nodes: []string{s.nodes()[0].NodeName}}))
	assert.Equal(t, 5, found())
	require.NoError(t, fix(ack.FixNodePoolVulsRequest{AutoRestart: new(false)}))
	assert.Equal(t, 2, found(), "what needs a restart stays")
	require.NoError(t, fix(ack.FixNodePoolVulsRequest{}))
	assert.Zero(t, found())
	scan()
	assert.Zero(t, found(), "what is fixed is gone")
	s.healthy(2)
}

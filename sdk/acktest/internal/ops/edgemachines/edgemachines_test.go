package edgemachines_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/edgemachines"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

func register(t *testing.T, client *ack.Client, sn string) string {
	t.Helper()
	out, err := client.CreateEdgeMachine(t.Context(), &ack.CreateEdgeMachineRequest{Hostname: "host-" + sn, SN: sn, Model: "ACK-V-B010"})
	require.NoError(t, err)
	return out.EdgeMachineID
}

func list(t *testing.T, client *ack.Client, in ack.DescribeEdgeMachinesRequest) *ack.DescribeEdgeMachinesResponse {
	t.Helper()
	out, err := client.DescribeEdgeMachines(t.Context(), &in)
	require.NoError(t, err)
	return out
}

func TestActivation(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	id, begin := register(t, client, "Q2CB"), srv.Now()
	process := func() *ack.DescribeEdgeMachineActiveProcessResponse {
		out, err := client.DescribeEdgeMachineActiveProcess(ctx, &ack.DescribeEdgeMachineActiveProcessRequest{EdgeMachineID: id})
		require.NoError(t, err)
		return out
	}
	machine := list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines[0]
	assert.Equal(t, ack.EdgeMachineLifeStateWaitOnline, machine.LifeState)
	assert.Equal(t, 1, machine.ActiveTime.Year())
	assert.Zero(t, process().Progress)
	_, err := client.DescribeEdgeMachineTunnelConfigDetail(ctx, &ack.DescribeEdgeMachineTunnelConfigDetailRequest{EdgeMachineID: id})
	require.ErrorContains(t, err, "is not online")
	srv.Advance(10 * time.Second)
	assert.EqualValues(t, 33, process().Progress)
	assert.NotEqual(t, ack.EdgeMachineActivationStateActivated, process().State)
	srv.Advance(time.Hour)
	out := process()
	assert.Equal(t, ack.EdgeMachineActivationStateActivated, out.State)
	assert.EqualValues(t, 100, out.Progress)
	assert.Equal(t, "步骤 '初始化主机配置' 执行成功", out.Step)
	var logs []world.EdgeLog
	require.NoError(t, json.Unmarshal([]byte(out.Logs), &logs))
	require.Len(t, logs, 6)
	assert.Equal(t, world.EdgeLog{
		Content: "步骤 '颁发激活凭证' 执行成功", ID: 1, Level: 3, Timestamp: begin.Add(10 * time.Second).UnixMilli(),
	}, logs[1])
	machine = list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines[0]
	assert.Equal(t, ack.EdgeMachineLifeStateActivated, machine.LifeState)
	assert.Equal(t, ack.EdgeMachineOnlineStateOnline, machine.OnlineState)
	assert.Regexp(t, "^ack-v-b010-", machine.Hostname)
	assert.Equal(t, begin.Add(90*time.Second).Truncate(time.Second), machine.ActiveTime)
	first, err := client.DescribeEdgeMachineTunnelConfigDetail(ctx, &ack.DescribeEdgeMachineTunnelConfigDetailRequest{EdgeMachineID: id})
	require.NoError(t, err)
	second, err := client.DescribeEdgeMachineTunnelConfigDetail(ctx, &ack.DescribeEdgeMachineTunnelConfigDetailRequest{EdgeMachineID: id})
	require.NoError(t, err)
	assert.True(t, first.Token != "" && first.Token != second.Token)
	assert.Equal(t, "Q2CB", first.SN)
}

func TestMachines(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	srv.FailNext("CreateEdgeMachine", acktest.Failure{Code: "Broken", Message: "broken"})
	broken := register(t, client, "1")
	srv.Advance(time.Hour)
	process, err := client.DescribeEdgeMachineActiveProcess(ctx, &ack.DescribeEdgeMachineActiveProcessRequest{EdgeMachineID: broken})
	require.NoError(t, err)
	assert.Contains(t, process.Step, "执行失败")
	well := register(t, client, "2")
	srv.Advance(time.Hour)
	name := list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines[1].Hostname

	for filter, test := range map[string]struct {
		in   ack.DescribeEdgeMachinesRequest
		want []string
	}{
		"none":   {ack.DescribeEdgeMachinesRequest{}, []string{broken, well}},
		"name":   {ack.DescribeEdgeMachinesRequest{Hostname: &name}, []string{well}},
		"model":  {ack.DescribeEdgeMachinesRequest{Model: new("ACK-A-S001")}, nil},
		"online": {ack.DescribeEdgeMachinesRequest{OnlineState: new(ack.EdgeMachineOnlineStateOffline)}, []string{broken}},
		"life":   {ack.DescribeEdgeMachinesRequest{LifeState: new(ack.EdgeMachineLifeStateActivated)}, []string{well}},
		"page":   {ack.DescribeEdgeMachinesRequest{PageNumber: new(int64(2)), PageSize: new(int64(1))}, []string{well}},
	} {
		var got []string
		for _, m := range list(t, client, test.in).EdgeMachines {
			got = append(got, m.EdgeMachineID)
		}
		assert.Equal(t, test.want, got, filter)
	}
	_, err = client.CreateEdgeMachine(ctx, &ack.CreateEdgeMachineRequest{Hostname: "h", SN: "2", Model: "ACK-V-B010"})
	require.ErrorContains(t, err, "EdgeMachine ACK-V-B010/2 has exist")
	_, err = client.CreateEdgeMachine(ctx, &ack.CreateEdgeMachineRequest{Hostname: "h", SN: "3", Model: "ACK"})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	models, err := client.DescribeEdgeMachineModels(ctx, &ack.DescribeEdgeMachineModelsRequest{})
	require.NoError(t, err)
	assert.Equal(t, "ACK-V-B010", models.Models[0].Model)

	remove := &ack.DeleteEdgeMachineRequest{EdgeMachineID: well}
	_, err = client.DeleteEdgeMachine(ctx, remove)
	require.NoError(t, err)
	assert.Equal(t, ack.EdgeMachineLifeStateDeleting, list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines[1].LifeState)
	_, err = client.DeleteEdgeMachine(ctx, remove)
	require.ErrorContains(t, err, "is being deleted")
	srv.Advance(time.Minute)
	assert.EqualValues(t, 1, list(t, client, ack.DescribeEdgeMachinesRequest{}).PageInfo.TotalCount)
	_, err = client.DeleteEdgeMachine(ctx, remove)
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
}

// TestDeletedMeanwhile holds that a machine that is deleted while it is activated stays deleted.
func TestDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	id := register(t, client, "1")
	srv.Advance(80 * time.Second)
	_, err := client.DeleteEdgeMachine(t.Context(), &ack.DeleteEdgeMachineRequest{EdgeMachineID: id})
	require.NoError(t, err)
	srv.Advance(15 * time.Second)
	assert.Equal(t, ack.EdgeMachineLifeStateDeleting, list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines[0].LifeState)
	srv.Advance(time.Hour)
	assert.Empty(t, list(t, client, ack.DescribeEdgeMachinesRequest{}).EdgeMachines)
}

func TestAddToCluster(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	account := opstest.As{State: s}
	edge, other := &world.Cluster{Cluster: ack.Cluster{Profile: ack.ClusterProfileEdge}}, new(world.Cluster)
	require.NoError(t, s.Do(world.Call{Caller: world.Caller{Account: opstest.Account}}, func(w *world.World) error {
		for _, c := range []*world.Cluster{edge, other} {
			w.CreateCluster(c)
			for id, kind := range map[string]ack.NodePoolType{"np1": ack.NodePoolTypeEdge, "np3": ack.NodePoolTypeESS} {
				c.NodePools.Put(id, &world.NodePool{NodePool: ack.NodePool{NodePoolInfo: ack.NodePoolInfo{NodePoolID: id, Type: kind}}})
			}
		}
		return nil
	}))
	s.Advance(time.Hour)
	made, err := opstest.Call(account, edgemachines.CreateEdgeMachine, &ack.CreateEdgeMachineRequest{Hostname: "h", SN: "1", Model: "ACK-V-B010"})
	require.NoError(t, err)
	add := func(cluster, pool string) error {
		_, err := opstest.Call(account, edgemachines.EdgeClusterAddEdgeMachine, &ack.EdgeClusterAddEdgeMachineRequest{
			ClusterID: cluster, EdgeMachineID: made.EdgeMachineID, NodePoolID: pool,
		})
		return err
	}
	require.ErrorContains(t, add(edge.ClusterID, "np1"), "is not activated")
	s.Advance(time.Hour)
	require.ErrorContains(t, add(other.ClusterID, "np1"), "is no edge cluster")
	require.ErrorContains(t, add(edge.ClusterID, "np3"), "is no edge node pool")
	require.ErrorContains(t, add(edge.ClusterID, "np2"), string(ack.CodeErrorNodePoolNotFound))
	require.ErrorContains(t, add("c1", "np1"), string(ack.CodeErrorClusterNotFound))
	assert.Zero(t, edge.Nodes.Len(), "nothing has changed")
	require.NoError(t, add(edge.ClusterID, "np1"))
	require.ErrorContains(t, add(edge.ClusterID, "np1"), "is a node of the cluster")
	assert.Equal(t, ack.NodeStateInitial, edge.Nodes.Get(made.EdgeMachineID).State)
	s.Advance(time.Hour)
	node := edge.Nodes.Get(made.EdgeMachineID)
	assert.True(t, node.Ready() && node.Joined && !node.IsAliyunNode)
	assert.Equal(t, node.HostName, node.NodeName)
	assert.Equal(t, "np1", node.NodePoolID)
	assert.NotEmpty(t, node.UID)
	remove := &ack.DeleteEdgeMachineRequest{EdgeMachineID: made.EdgeMachineID}
	_, err = opstest.Call(account, edgemachines.DeleteEdgeMachine, remove)
	require.ErrorContains(t, err, "is a node of the cluster")
	remove.Force = new(ack.DeleteEdgeMachineForceTrue)
	_, err = opstest.Call(account, edgemachines.DeleteEdgeMachine, remove)
	require.NoError(t, err)
}

package diagnosis_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/diagnosis"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestDiagnosis(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	ctx := t.Context()
	started, err := client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
		ClusterID: cluster, Type: new(ack.DiagnosisTypePod), Target: map[string]any{"namespace": "kube-system", "name": "csi"},
	})
	require.NoError(t, err)
	get := &ack.GetClusterDiagnosisResultRequest{ClusterID: cluster, DiagnosisID: started.DiagnosisID}
	out, err := client.GetClusterDiagnosisResult(ctx, get)
	require.NoError(t, err)
	out.Metadata = roa.Metadata{}
	assert.Equal(t, &ack.GetClusterDiagnosisResultResponse{
		DiagnosisID: started.DiagnosisID, Type: ack.DiagnosisTypePod, Target: `{"name":"csi","namespace":"kube-system"}`,
		Created: srv.Now().Format("2006-01-02T15:04Z"),
	}, out)
	srv.Advance(5 * time.Second)
	out, err = client.GetClusterDiagnosisResult(ctx, get)
	require.NoError(t, err)
	assert.EqualValues(t, 1, out.Status)
	items := func(language *string) []ack.DiagnosisCheckItem {
		out, err := client.GetClusterDiagnosisCheckItems(ctx, &ack.GetClusterDiagnosisCheckItemsRequest{
			ClusterID: cluster, DiagnosisID: started.DiagnosisID, Language: language,
		})
		require.NoError(t, err)
		assert.True(t, out.IsSuccess)
		return out.CheckItems
	}
	assert.Empty(t, items(nil))
	done, err := client.WaitDiagnosisFinished(ctx, get)
	require.NoError(t, err)
	assert.Equal(t, "success", done.Message)
	assert.NotEmpty(t, done.Finished)
	assert.JSONEq(t, `{"normal":2}`, done.Result)
	assert.Equal(t, ack.DiagnosisCheckItem{
		Name: "ClusterState", Display: "ClusterState", Desc: "Checks whether the cluster is running.", Group: "Cluster",
		Level: ack.DiagnosisCheckItemLevelNormal, Message: "success", Value: "running", Refer: "running",
	}, items(nil)[0])
	assert.Equal(t, "检查集群是否运行中。", items(new("zh_CN"))[0].Desc)

	srv.FailNext("CreateClusterDiagnosis", acktest.Failure{Code: "Broken", Message: "the node does not answer"})
	started, err = client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{ClusterID: cluster})
	require.NoError(t, err)
	_, err = client.WaitDiagnosisFinished(ctx, &ack.GetClusterDiagnosisResultRequest{ClusterID: cluster, DiagnosisID: started.DiagnosisID})
	require.ErrorContains(t, err, "the node does not answer")
}

// TestNode holds that a diagnosis finds what is wrong with a node.
func TestNode(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	account := opstest.As{State: s}
	c := new(world.Cluster)
	require.NoError(t, s.Do(world.Call{Caller: world.Caller{Account: opstest.Account}}, func(w *world.World) error {
		w.CreateCluster(c)
		for _, name := range []string{"well", "ill"} {
			c.Nodes.Put(name, &world.Node{Node: ack.Node{NodeName: name, NodeStatus: ack.NodeStatusReady, InstanceStatus: ack.InstanceStatusRunning}})
		}
		return nil
	}))
	s.Advance(time.Hour)
	c.Nodes.Get("ill").NodeStatus = ack.NodeStatusNotReady
	diagnose := func(node string) *ack.GetClusterDiagnosisResultResponse {
		started, err := opstest.Call(account, diagnosis.CreateClusterDiagnosis, &ack.CreateClusterDiagnosisRequest{
			ClusterID: c.ClusterID, Type: new(ack.DiagnosisTypeNode), Target: map[string]any{"name": node},
		})
		require.NoError(t, err)
		s.Advance(time.Hour)
		out, err := opstest.Call(account, diagnosis.GetClusterDiagnosisResult, &ack.GetClusterDiagnosisResultRequest{
			ClusterID: c.ClusterID, DiagnosisID: started.DiagnosisID,
		})
		require.NoError(t, err)
		return out
	}
	assert.JSONEq(t, `{"normal":4}`, diagnose("well").Result)
	ill := diagnose("ill")
	assert.JSONEq(t, `{"normal":3,"error":1}`, ill.Result)
	items, err := opstest.Call(account, diagnosis.GetClusterDiagnosisCheckItems, &ack.GetClusterDiagnosisCheckItemsRequest{
		ClusterID: c.ClusterID, DiagnosisID: ill.DiagnosisID,
	})
	require.NoError(t, err)
	assert.Equal(t, ack.DiagnosisCheckItem{
		Name: "NodeStatus", Display: "NodeStatus", Desc: "Checks whether Kubernetes calls the node ready.", Group: "Node",
		Level: ack.DiagnosisCheckItemLevelError, Message: `It is "NotReady", not "Ready".`, Value: "NotReady", Refer: "Ready",
	}, items.CheckItems[1])
}

func TestDiagnosisRefuses(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	for name, test := range map[string]struct {
		in   ack.CreateClusterDiagnosisRequest
		code roa.Code
	}{
		"no cluster":   {ack.CreateClusterDiagnosisRequest{ClusterID: "c1"}, ack.CodeErrorClusterNotFound},
		"no such type": {ack.CreateClusterDiagnosisRequest{ClusterID: cluster, Type: new(ack.DiagnosisType("moon"))}, roa.CodeInvalidParameter},
		"no target":    {ack.CreateClusterDiagnosisRequest{ClusterID: cluster, Type: new(ack.DiagnosisTypeNetwork)}, roa.CodeMissingParameter},
		"no such node": {
			ack.CreateClusterDiagnosisRequest{ClusterID: cluster, Type: new(ack.DiagnosisTypeMemory), Target: map[string]any{"node": "n"}},
			ack.CodeDiagnosisResourceNotFound,
		},
	} {
		_, err := client.CreateClusterDiagnosis(t.Context(), &test.in)
		require.ErrorIs(t, err, test.code, name)
	}
	_, err := client.GetClusterDiagnosisResult(t.Context(), &ack.GetClusterDiagnosisResultRequest{ClusterID: cluster, DiagnosisID: "1"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
}

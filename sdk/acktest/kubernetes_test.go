package acktest

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
)

// nodesInside returns the names of the nodes that the Kubernetes API of a cluster shows.
func nodesInside(ctx context.Context, t *testing.T, source *kubeconfig.Source) (names []string, status int) {
	t.Helper()
	config, err := source.Config(ctx)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.BaseURL()+"/api/v1/nodes", http.NoBody)
	require.NoError(t, err)
	resp, err := source.HTTPClient().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close() //nolint:errcheck // it was read
	var list struct {
		Items []struct{ Metadata struct{ Name string } }
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&list))
	for _, n := range list.Items {
		names = append(names, n.Metadata.Name)
	}
	return names, resp.StatusCode
}

// watchNodes returns the names of the nodes that a watch tells of, until it ends.
func watchNodes(t *testing.T, source *kubeconfig.Source) <-chan string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second) // a watch that is told nothing would not end
	t.Cleanup(cancel)
	config, err := source.Config(ctx)
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.BaseURL()+"/api/v1/nodes?watch=true", http.NoBody)
	require.NoError(t, err)
	resp, err := source.HTTPClient().Do(req) //nolint:bodyclose // the goroutine closes it
	require.NoError(t, err)
	names := make(chan string)
	go func() {
		defer close(names)
		defer resp.Body.Close() //nolint:errcheck // it was read
		for events := json.NewDecoder(resp.Body); ; {
			var event struct {
				Object struct{ Metadata struct{ Name string } }
			}
			if events.Decode(&event) != nil {
				return
			}
			select {
			case names <- event.Object.Metadata.Name:
			case <-ctx.Done():
				return
			}
		}
	}()
	return names
}

// withTwoNodes returns a client and the id of a cluster that runs, with two nodes.
func withTwoNodes(t *testing.T, srv *Server) (*ack.Client, string) {
	t.Helper()
	client := srv.Client(t)
	out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{
		Name: "test", RegionID: "cn-hangzhou", EndpointPublicAccess: new(true),
		NodePools: []ack.NodePoolSpec{{
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(int64(2))},
		}},
	})
	require.NoError(t, err)
	return client, out.ClusterID
}

func TestKubernetesAPI(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	var want []string
	for n, err := range client.DescribeClusterNodesAll(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: id}) {
		require.NoError(t, err)
		want = append(want, n.NodeName)
	}
	require.Len(t, want, 2)
	source := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	names, status := nodesInside(t.Context(), t, source)
	assert.Equal(t, http.StatusOK, status)
	assert.ElementsMatch(t, want, names)

	// Nodes that join are there, and those who watch are told.
	watched := watchNodes(t, source)
	pools, err := client.DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: id, NodePoolName: new("workers")})
	require.NoError(t, err)
	require.Len(t, pools.NodePools, 1)
	_, err = client.ScaleClusterNodePoolAndWait(t.Context(), &ack.ScaleClusterNodePoolRequest{
		ClusterID: id, NodePoolID: pools.NodePools[0].NodePoolInfo.NodePoolID, Count: new(int64(1)),
	})
	require.NoError(t, err)
	for seen := map[string]bool{}; len(seen) < 3; {
		name, ok := <-watched
		require.True(t, ok, "the watch ended, which had seen %v", seen)
		seen[name] = true
	}
	grown, _ := nodesInside(t.Context(), t, source)
	assert.Len(t, grown, 3)
	assert.Subset(t, grown, want)
	want = grown

	// Kubeconfigs work after a restore, at the same address, and those that were revoked do not.
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	require.NoError(t, srv.Restore(snapshot))
	for range watched { // until the watch has ended; the connection goes on
	}
	names, _ = nodesInside(t.Context(), t, source)
	assert.ElementsMatch(t, want, names)
	_, err = client.RevokeK8sClusterKubeConfig(t.Context(), &ack.RevokeK8sClusterKubeConfigRequest{ClusterID: id})
	require.NoError(t, err)
	_, status = nodesInside(t.Context(), t, source)
	assert.Equal(t, http.StatusUnauthorized, status)
	source = kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	_, status = nodesInside(t.Context(), t, source)
	assert.Equal(t, http.StatusOK, status)

	// A cluster that is gone serves nobody.
	config, err := source.Config(t.Context())
	require.NoError(t, err)
	_, err = client.DeleteClusterAndWait(t.Context(), &ack.DeleteClusterRequest{ClusterID: id})
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, config.BaseURL()+"/api/v1/nodes", http.NoBody)
	require.NoError(t, err)
	resp, err := source.HTTPClient().Do(req)
	if err == nil {
		_ = resp.Body.Close()
	}
	require.Error(t, err)
}

// TestRestoreAfterClose does not serve the APIs of clusters again, which nobody would end.
func TestRestoreAfterClose(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	_, err := client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	require.NoError(t, err)
	snapshot, err := srv.Snapshot()
	require.NoError(t, err)
	srv.Close()
	require.ErrorContains(t, srv.Restore(snapshot), "the server is closed")
}

// TestMasterURL names the server that kubeconfigs name, as soon as there is one: a server of each cluster would be too many.
func TestMasterURL(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	ctx := t.Context()
	endpoints := func(text string) (public, private string) {
		var urls struct {
			Public  string `json:"api_server_endpoint"`
			Private string `json:"intranet_api_server_endpoint"`
		}
		require.NoError(t, json.Unmarshal([]byte(text), &urls))
		return urls.Public, urls.Private
	}
	public, private := endpoints(detail(t, client, id).MasterURL)
	assert.Regexp(t, `^https://203\.0\.113\.\d+:6443$`, public)
	assert.Regexp(t, `^https://192\.168\.0\.\d+:6443$`, private)

	named := func(id string, private bool) string {
		out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id, PrivateIPAddress: &private})
		require.NoError(t, err)
		return connect(t, out.Config).config.BaseURL()
	}
	public, private = named(id, false), named(id, true)
	list, err := client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	require.Len(t, list.Clusters, 1)
	for _, text := range []string{detail(t, client, id).MasterURL, list.Clusters[0].MasterURL} {
		gotPublic, gotPrivate := endpoints(text)
		assert.Equal(t, []string{public, private}, []string{gotPublic, gotPrivate})
	}

	closed, err := client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{Name: "inside", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	private = named(closed.ClusterID, false)
	public, gotPrivate := endpoints(detail(t, client, closed.ClusterID).MasterURL)
	assert.Equal(t, []string{"", private}, []string{public, gotPrivate}, "a cluster that is not public has one address")
}

// TestNodesEditedInside shows through the service what kubectl cordon, taint and label do, and keeps it when nodes come and go.
func TestNodesEditedInside(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	ctx := t.Context()
	api := inside(t, client, id)
	name := nodeNames(t, api)[0]
	path := "/api/v1/nodes/" + name
	labeled := func(labels string) (names []string) {
		for n, err := range client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: id, NodeLabels: &labels}) {
			require.NoError(t, err)
			names = append(names, n.NodeName)
		}
		return names
	}
	schedulable := func() string {
		started, err := client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
			ClusterID: id, Type: new(ack.DiagnosisTypeNode), Target: map[string]any{"name": name},
		})
		require.NoError(t, err)
		srv.Advance(time.Hour)
		result, err := client.GetClusterDiagnosisCheckItems(ctx, &ack.GetClusterDiagnosisCheckItemsRequest{ClusterID: id, DiagnosisID: started.DiagnosisID})
		require.NoError(t, err)
		for _, item := range result.CheckItems {
			if item.Name == "NodeSchedulable" {
				return item.Value
			}
		}
		return "no such item"
	}
	require.Equal(t, "true", schedulable())
	api.patch(path, `{"metadata":{"labels":{"team":"a"}},"spec":{"unschedulable":true,"taints":[{"key":"gpu","value":"1","effect":"NoExecute"}]}}`)
	assert.Equal(t, []string{name}, labeled("team=a"))
	assert.Equal(t, "false", schedulable())

	pools, err := client.DescribeClusterNodePools(ctx, &ack.DescribeClusterNodePoolsRequest{ClusterID: id, NodePoolName: new("workers")})
	require.NoError(t, err)
	pool := pools.NodePools[0].NodePoolInfo.NodePoolID
	_, err = client.ScaleClusterNodePoolAndWait(ctx, &ack.ScaleClusterNodePoolRequest{ClusterID: id, NodePoolID: pool, Count: new(int64(1))})
	require.NoError(t, err)
	_, err = client.ModifyClusterNodePoolAndWait(ctx, &ack.ModifyClusterNodePoolRequest{
		ClusterID: id, NodePoolID: pool, UpdateNodes: new(true),
		KubernetesConfig: &ack.KubernetesConfig{Labels: []ack.NodeLabel{{Key: "pool", Value: new("w")}}},
	})
	require.NoError(t, err)
	assert.Len(t, labeled("pool=w"), 3)
	assert.Equal(t, []string{name}, labeled("team=a,pool=w"))
	text := api.get(path)
	for _, want := range []string{`"team":"a"`, `"pool":"w"`, `"unschedulable":true`, `"key":"gpu"`} {
		assert.Contains(t, text, want)
	}

	api.patch(path, `{"metadata":{"labels":{"team":null}},"spec":{"unschedulable":null,"taints":null}}`)
	assert.Empty(t, labeled("team=a"))
	assert.Equal(t, []string{name}, labeled("pool=w,kubernetes.io/hostname="+name))
	assert.Equal(t, "true", schedulable())
	text = api.get(path)
	for _, gone := range []string{`"team"`, `"unschedulable":true`, `"taints"`} {
		assert.NotContains(t, text, gone)
	}
}

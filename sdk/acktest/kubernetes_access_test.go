package acktest

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// access connects to the Kubernetes API of a cluster with a kubeconfig.
type access struct {
	t      *testing.T
	config *kubeconfig.Config
	client *http.Client
}

func connect(t *testing.T, text roa.Secret) *access {
	t.Helper()
	config, err := kubeconfig.Parse(text)
	require.NoError(t, err)
	a := &access{t: t, config: config, client: config.HTTPClient()}
	t.Cleanup(a.client.CloseIdleConnections)
	return a
}

// do sends a request and returns the status of the response.
func (a *access) do(method, path, body string) int {
	a.t.Helper()
	return a.send(method, path, "application/json", body)
}

func (a *access) send(method, path, mediaType, body string) int {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), method, a.config.BaseURL()+path, strings.NewReader(body))
	require.NoError(a.t, err)
	req.Header.Set("Content-Type", mediaType)
	resp, err := a.client.Do(req)
	require.NoError(a.t, err)
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(a.t, err)
	require.NoError(a.t, resp.Body.Close())
	return resp.StatusCode
}

func newAccessCluster(t *testing.T, client *ack.Client) string {
	t.Helper()
	out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{
		Name: "test", RegionID: "cn-hangzhou", ClusterType: new(ack.ClusterTypeManagedKubernetes), EndpointPublicAccess: new(true),
	})
	require.NoError(t, err)
	return out.ClusterID
}

const podsPath = "/api/v1/namespaces/default/pods"

func TestKubeconfigWorksUntilRevoked(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	cluster := newAccessCluster(t, client)
	get := func(in ack.DescribeClusterUserKubeconfigRequest) *access {
		in.ClusterID = cluster
		out, err := client.DescribeClusterUserKubeconfig(ctx, &in)
		require.NoError(t, err)
		return connect(t, out.Config)
	}
	public, private := get(ack.DescribeClusterUserKubeconfigRequest{}), get(ack.DescribeClusterUserKubeconfigRequest{PrivateIPAddress: new(true)})
	assert.NotEqual(t, public.config.BaseURL(), private.config.BaseURL())
	short := get(ack.DescribeClusterUserKubeconfigRequest{TemporaryDurationMinutes: new(int64(15))})
	for _, a := range []*access{public, private, short} {
		assert.Equal(t, http.StatusOK, a.do(http.MethodGet, podsPath, ""))
	}
	srv.Advance(16 * time.Minute)
	assert.Equal(t, http.StatusUnauthorized, short.do(http.MethodGet, podsPath, ""), "it has expired")
	assert.Equal(t, http.StatusOK, public.do(http.MethodGet, podsPath, ""))
	_, err := client.RevokeK8sClusterKubeConfig(ctx, &ack.RevokeK8sClusterKubeConfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	assert.Equal(t, http.StatusUnauthorized, public.do(http.MethodGet, podsPath, ""), "it is revoked")
	assert.Equal(t, http.StatusOK, get(ack.DescribeClusterUserKubeconfigRequest{}).do(http.MethodGet, podsPath, ""))
}

func TestKubernetesNamespaces(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	cluster := newAccessCluster(t, client)
	out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	api := connect(t, out.Config)
	list := func() []string {
		out, err := client.DescribeUserClusterNamespaces(ctx, &ack.DescribeUserClusterNamespacesRequest{ClusterID: cluster})
		require.NoError(t, err)
		return out.Items
	}
	assert.NotContains(t, list(), "test")
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, "/api/v1/namespaces", `{"metadata":{"name":"test"}}`))
	assert.Contains(t, list(), "test")
	require.Equal(t, http.StatusOK, api.do(http.MethodDelete, "/api/v1/namespaces/test", ""))
	assert.NotContains(t, list(), "test")
}

func TestPermissionsInCluster(t *testing.T) {
	t.Parallel()
	const tom = "236712345678901234"
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	cluster := newAccessCluster(t, client)
	out, err := client.DescribeSubaccountK8sClusterUserConfig(ctx, &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	api := connect(t, out.Config)
	assert.Equal(t, http.StatusForbidden, api.do(http.MethodGet, podsPath, ""))
	grant := func(role string) {
		_, err := client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: tom, Items: []ack.PermissionGrant{
			{Cluster: &cluster, RoleType: ack.PermissionScopeNamespace, Namespace: new("default"), RoleName: role},
		}})
		require.NoError(t, err)
	}
	pod := `{"metadata":{"name":"web"},"spec":{"containers":[{"name":"web","image":"nginx"}]}}`
	grant("restricted")
	assert.Equal(t, http.StatusOK, api.do(http.MethodGet, podsPath, ""))
	assert.Equal(t, http.StatusForbidden, api.do(http.MethodPost, podsPath, pod))
	grant("dev")
	assert.Equal(t, http.StatusCreated, api.do(http.MethodPost, podsPath, pod))
	assert.Equal(t, http.StatusForbidden, api.do(http.MethodGet, "/api/v1/nodes", ""))

	clean := &ack.CleanClusterUserPermissionsRequest{ClusterID: cluster, UID: tom}
	_, err = client.CleanClusterUserPermissions(ctx, clean)
	require.ErrorContains(t, err, "has used the kubeconfig in the last seven days")
	clean.Force = new(true)
	_, err = client.CleanClusterUserPermissions(ctx, clean)
	require.NoError(t, err)
	assert.Equal(t, http.StatusUnauthorized, api.do(http.MethodGet, podsPath, ""))
}

// TestKubeconfigsOutliveRestart holds that kubeconfigs of a server go on to work with one that continues its state, and revoked ones do not.
func TestKubeconfigsOutliveRestart(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	ctx := t.Context()
	cluster := newAccessCluster(t, client)
	get := func() *access {
		out, err := client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
		require.NoError(t, err)
		return connect(t, out.Config)
	}
	revoked := get()
	_, err := client.RevokeK8sClusterKubeConfig(ctx, &ack.RevokeK8sClusterKubeConfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	valid := get()
	require.Equal(t, http.StatusCreated, valid.do(http.MethodPost, "/api/v1/namespaces", `{"metadata":{"name":"test"}}`))
	saved, err := srv.Snapshot()
	require.NoError(t, err)
	srv.Close()
	valid.client.CloseIdleConnections() // of the server that is gone
	revoked.client.CloseIdleConnections()

	next := NewServer(t)
	require.NoError(t, next.Restore(saved))
	assert.Equal(t, http.StatusOK, valid.do(http.MethodGet, "/api/v1/namespaces/test", ""))
	assert.Equal(t, http.StatusUnauthorized, revoked.do(http.MethodGet, podsPath, ""))
}

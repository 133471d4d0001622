package kube_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestSnapshot(t *testing.T) {
	t.Parallel()
	a := newCluster(t, worker(1), worker(2))
	a.post(appPath, app)
	a.do(http.StatusOK, http.MethodPatch, node1, `{"metadata":{"labels":{"team":"a"}}}`, "Content-Type", "application/merge-patch+json")
	a.do(http.StatusOK, http.MethodDelete, "/api/v1/nodes/cn-hangzhou.10.0.0.2", "")
	saved, err := a.api.Snapshot()
	require.NoError(t, err)
	again, err := a.api.Snapshot()
	require.NoError(t, err)
	assert.True(t, string(saved) == string(again), "two snapshots of one state differ")

	b := newCluster(t, worker(1), worker(2))
	require.NoError(t, b.api.Restore(saved))
	assert.Equal(t, a.get(podPath), b.get(podPath))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1"}, names(b.get("/api/v1/nodes")), "a node that was deleted stays away")
	b.pool.set(worker(1), worker(3))
	assert.Equal(t, "a", object.String(b.get(node1), "metadata", "labels", "team"))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1", "cn-hangzhou.10.0.0.3"}, names(b.get("/api/v1/nodes")))
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	for text, want := range map[string]string{
		`[]`:           "not a snapshot",
		`{"nodes":[]}`: "the nodes are not JSON",
		`{"nodes":{},"objects":[{"resource":"pods","name":"a","object":[]}]}`: "pods a is not JSON",
	} {
		require.ErrorContains(t, c.api.Restore(json.RawMessage(text)), want)
	}
	assert.Len(t, names(c.get("/api/v1/namespaces")), 4)
}

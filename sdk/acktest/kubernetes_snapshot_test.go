package acktest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
)

// get returns the body of what is at a path.
func (a *access) get(path string) string {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, a.config.BaseURL()+path, http.NoBody)
	require.NoError(a.t, err)
	resp, err := a.client.Do(req)
	require.NoError(a.t, err)
	text, err := io.ReadAll(resp.Body)
	require.NoError(a.t, err)
	require.NoError(a.t, resp.Body.Close())
	require.Equal(a.t, http.StatusOK, resp.StatusCode, "%s", text)
	return string(text)
}

// patch changes what is at a path by a merge patch.
func (a *access) patch(path, body string) {
	a.t.Helper()
	require.Equal(a.t, http.StatusOK, a.send(http.MethodPatch, path, "application/merge-patch+json", body))
}

// inside connects to a cluster with a kubeconfig that the service gives.
func inside(t *testing.T, client *ack.Client, cluster string) *access {
	t.Helper()
	out, err := client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	return connect(t, out.Config)
}

const (
	webDeployment = `{"metadata":{"name":"web"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},
		"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}`
	deploymentsPath = "/apis/apps/v1/namespaces/test/deployments"
)

// populate makes objects of several kinds in a cluster, and returns the paths of lists that hold them.
func populate(t *testing.T, api *access) []string {
	t.Helper()
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, "/api/v1/namespaces", `{"metadata":{"name":"test"}}`))
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, deploymentsPath, webDeployment))
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, podsPath, `{"metadata":{"name":"own"},"spec":{"containers":[{"name":"a","image":"b"}]}}`))
	for _, name := range nodeNames(t, api) {
		api.patch("/api/v1/nodes/"+name, `{"metadata":{"annotations":{"team":"a"}}}`)
	}
	return []string{"/api/v1/namespaces", deploymentsPath, "/api/v1/pods", "/api/v1/nodes"}
}

func nodeNames(t *testing.T, api *access) (names []string) {
	t.Helper()
	var list struct {
		Items []struct{ Metadata struct{ Name string } }
	}
	require.NoError(t, json.Unmarshal([]byte(api.get("/api/v1/nodes")), &list))
	for _, n := range list.Items {
		names = append(names, n.Metadata.Name)
	}
	return names
}

// TestSnapshotsHoldObjects of the Kubernetes APIs of clusters, also those that are taken when the server was closed.
func TestSnapshotsHoldObjects(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	api := inside(t, client, id)
	lists, want := populate(t, api), make(map[string]string)
	for _, path := range lists {
		want[path] = api.get(path)
	}
	assert.Contains(t, want["/api/v1/nodes"], `"team":"a"`)
	assert.Equal(t, 3, strings.Count(want["/api/v1/pods"], `"phase":"Running"`))
	saved, err := srv.Snapshot()
	require.NoError(t, err)

	require.Equal(t, http.StatusOK, api.do(http.MethodDelete, "/api/v1/namespaces/test", ""))
	require.NoError(t, srv.Restore(saved))
	for path, text := range want {
		assert.Equal(t, text, api.get(path), "a restore brings it back")
	}
	srv.Close()
	api.client.CloseIdleConnections()
	saved, err = srv.Snapshot()
	require.NoError(t, err)
	next := NewServer(t, WithSnapshot(saved))
	api = inside(t, next.Client(t), id)
	for path, text := range want {
		assert.Equal(t, text, api.get(path), "another server goes on")
	}
}

// objectsOf are the objects of clusters in a snapshot.
var objectsOf = regexp.MustCompile(`(?s)"Objects": \{.*?\n\t{7}\},\n`)

// TestRestoreChecksObjects loads snapshots of earlier versions, which have no objects, and refuses those whose objects are none.
func TestRestoreChecksObjects(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	api := inside(t, client, id)
	populate(t, api)
	saved, err := srv.Snapshot()
	require.NoError(t, err)
	before := api.get("/api/v1/pods")
	watched := watchNodes(t, kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id}))
	for _, bad := range []string{`{"revision":-1}`, `{"objects":[{"resource":"pods","name":"geheim","object":{}}]}`, `"geheim"`, `[]`} {
		text := objectsOf.ReplaceAllLiteralString(string(saved), `"Objects": `+bad+`,`)
		require.NotEqual(t, string(saved), text)
		err := srv.Restore([]byte(text))
		require.ErrorContains(t, err, "acktest: load state: /accounts/0/row/Clusters/0/row/Objects: ")
		assert.NotContains(t, err.Error(), "geheim")
		assert.Equal(t, before, api.get("/api/v1/pods"))
	}
	require.Error(t, srv.Restore(saved[:len(saved)*2/3]))
	assert.Equal(t, before, api.get("/api/v1/pods"))
	api.patch("/api/v1/nodes/"+nodeNames(t, api)[0], `{"metadata":{"annotations":{"team":"b"}}}`)
	_, open := <-watched
	assert.True(t, open, "watches go on")

	old := objectsOf.ReplaceAllLiteralString(string(saved), "")
	require.NotEqual(t, string(saved), old)
	require.NoError(t, srv.Restore([]byte(old)))
	assert.NotContains(t, api.get("/api/v1/pods"), `"own"`)
	assert.Contains(t, api.get("/api/v1/namespaces"), `"test"`, "namespaces were part of them")
	assert.Len(t, nodeNames(t, api), 2)
}

// TestChangesInsideCount as changes, and what only reads does not.
func TestChangesInsideCount(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client, id := withTwoNodes(t, srv)
	api := inside(t, client, id)
	node := "/api/v1/nodes/" + nodeNames(t, api)[0]
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, podsPath, `{"metadata":{"name":"own"},"spec":{"containers":[{"name":"a","image":"b"}]}}`))
	changed := func(f func()) bool {
		c := srv.Changed()
		f()
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	for i, path := range []string{podsPath + "/own", node} {
		assert.True(t, changed(func() { api.patch(path, fmt.Sprintf(`{"metadata":{"annotations":{"n":"%d"}}}`, i)) }), path)
	}
	assert.False(t, changed(func() {
		api.get(node)
		inside(t, client, id)
		detail(t, client, id)
	}))
	assert.True(t, changed(func() { api.do(http.MethodDelete, podsPath+"/own", "") }))
}

package kube_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// save returns what the API of a cluster keeps as text.
func save(t *testing.T, c *cluster) string {
	t.Helper()
	text, err := json.Marshal(c.api.Snapshot())
	require.NoError(t, err)
	return string(text)
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	a := newCluster(t, worker(1), worker(2))
	a.post(appPath, app)
	a.do(http.StatusOK, http.MethodPatch, node1, `{"metadata":{"labels":{"team":"a"}}}`, "Content-Type", "application/merge-patch+json")
	a.do(http.StatusOK, http.MethodDelete, "/api/v1/nodes/cn-hangzhou.10.0.0.2", "")
	saved := save(t, a)
	assert.True(t, saved == save(t, a), "two snapshots of one state differ")

	var snapshot kube.Snapshot
	require.NoError(t, json.Unmarshal([]byte(saved), &snapshot))
	b := newCluster(t, worker(1), worker(2))
	b.api.Restore(&snapshot)
	assert.True(t, saved == save(t, b), "what was restored differs")
	assert.Equal(t, a.get(podPath), b.get(podPath))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1"}, names(b.get("/api/v1/nodes")), "a node that was deleted stays away")
	b.pool.set(worker(1), worker(3))
	assert.Equal(t, "a", object.String(b.get(node1), "metadata", "labels", "team"))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1", "cn-hangzhou.10.0.0.3"}, names(b.get("/api/v1/nodes")))

	c := newCluster(t, worker(1))
	c.api.Restore(&snapshot)
	c.post(podPath, webPod)
	d := newCluster(t, worker(1))
	d.api.Restore(&snapshot)
	d.get(node1)
	assert.NotContains(t, names(d.get(podPath)), "web", "APIs that begin with one snapshot share it")
}

func TestSnapshotRefuses(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	saved := save(t, c)
	for text, want := range map[string]string{
		`[]`:                "not a snapshot",
		`{"nodes":[]}`:      "not a snapshot",
		`{"revision":-1}`:   "the revision is not one",
		`{"nodes":{"a":1}}`: "a node is not an object",
		`{"objects":[{"resource":"pods","name":"a","object":[]}]}`:                         "object 0 is not JSON of an object",
		`{"objects":[{"resource":"geheim","name":"a","object":{}}]}`:                       "object 0 is of a kind",
		strings.Replace(saved, `"resourceVersion":"1`, `"resourceVersion":"91`, 1):         "has no revision",
		strings.Replace(saved, `"uid":"`, `"uid":"","x":"`, 1):                             "has no uid",
		strings.Replace(saved, `"name":"default","object`, `"name":"geheim","object`, 1):   "has another name",
		strings.Replace(saved, `"replicas":2`, `"replicas":-2`, 1):                         "is not as the API makes them",
		strings.Replace(saved, `"annotations":{"dep`, `"annotations":{"geheim":1,"dep`, 1): "has no metadata",
		strings.Replace(saved, `"objects":[`, `"objects":[`+firstObject(t, saved)+",", 1):  "object 1 is there twice",
	} {
		snapshot := new(kube.Snapshot)
		err := json.Unmarshal([]byte(text), snapshot)
		require.ErrorContains(t, err, want, want)
		require.ErrorAs(t, err, new(kube.SnapshotError))
		assert.NotContains(t, err.Error(), "geheim")
	}
	require.Error(t, json.Unmarshal([]byte(saved[:len(saved)/2]), new(kube.Snapshot)), "it is cut off")
}

func firstObject(t *testing.T, saved string) string {
	t.Helper()
	var s struct{ Objects []json.RawMessage }
	require.NoError(t, json.Unmarshal([]byte(saved), &s))
	return string(s.Objects[0])
}

// TestHostileSnapshot puts another value in each place of a snapshot in turn. It is refused, or gives an API that responds and can be saved.
func TestHostileSnapshot(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, strings.Replace(app, `"replicas":2`, `"replicas":1`, 1))
	saved := save(t, c)
	refused, taken := 0, 0
	for n := 0; ; n++ {
		tree, err := object.Decode([]byte(saved))
		require.NoError(t, err)
		tree["objects"] = slices.DeleteFunc(object.List(tree, "objects"), func(o any) bool { return !isSettled(o) })
		bad, place := []string{`null`, `-9007199254740993`, `[{}]`}[n%3], n
		spoiled := spoil(tree, json.RawMessage(bad), &place)
		if place >= 0 {
			break
		}
		text, err := json.Marshal(spoiled)
		require.NoError(t, err)
		snapshot := new(kube.Snapshot)
		if json.Unmarshal(text, snapshot) != nil {
			refused++
			continue
		}
		taken++
		require.NotPanics(t, func() { use(t, snapshot) }, "place %d is %s", n, bad)
	}
	assert.Greater(t, refused, 50)
	assert.Greater(t, taken, 50)
}

// isSettled reports whether controllers and the scheduler look at an object.
func isSettled(item any) bool {
	o, _ := item.(object.Object)
	return slices.Contains([]string{"deployments.apps", "nodes", "pods", "replicasets.apps"}, object.String(o, "resource"))
}

// use lets an API go on from a snapshot.
func use(t *testing.T, snapshot *kube.Snapshot) {
	t.Helper()
	pool := &nodePool{version: "1.34.1-aliyun.1", nodes: []kube.Node{worker(1), worker(2)}}
	api := kube.NewAPI(pool, (&clock{now: start}).Now)
	defer api.Close()
	api.Restore(snapshot)
	api.MakeNamespaces([]string{"default"})
	for _, r := range []struct{ method, path, body string }{
		{http.MethodGet, "/api/v1/nodes", ""},
		{http.MethodGet, allPods, ""},
		{http.MethodGet, appPath, ""},
		{http.MethodPost, podPath, strings.Replace(webPod, `"web"`, `"other"`, 1)},
		{http.MethodPatch, node1, `{"spec":{"unschedulable":true}}`},
		{http.MethodPut, appPath + "/app/scale", `{"spec":{"replicas":1}}`},
		{http.MethodDelete, appPath + "/app", ""},
		{http.MethodDelete, podPath, ""},
	} {
		w, req := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), r.method, r.path, strings.NewReader(r.body))
		req.Header.Set("Content-Type", "application/merge-patch+json")
		if r.method != http.MethodPatch {
			req.Header.Set("Content-Type", "application/json")
		}
		api.ServeHTTP(w, req)
		require.NotEqual(t, http.StatusInternalServerError, w.Code, "%s %s", r.method, r.path)
	}
	_, err := json.Marshal(api.Snapshot())
	require.NoError(t, err)
}

// spoil puts a value in the nth place of a tree, counted down.
func spoil(tree any, bad json.RawMessage, n *int) any {
	if *n--; *n < 0 {
		return bad
	}
	switch tree := tree.(type) {
	case object.Object:
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			if tree[name] = spoil(tree[name], bad, n); *n < 0 {
				break
			}
		}
	case []any:
		for i := range tree {
			if tree[i] = spoil(tree[i], bad, n); *n < 0 {
				break
			}
		}
	}
	return tree
}

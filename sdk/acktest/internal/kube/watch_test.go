package kube_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestWatchFollowsTheSource(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch("/api/v1/nodes?watch=true")
	w.expect("ADDED cn-hangzhou.10.0.0.1")
	c.pool.set(worker(1), worker(2))
	w.expect("ADDED cn-hangzhou.10.0.0.2")
	n := worker(2)
	n.Ready = false
	c.pool.set(worker(1), n)
	w.expect("MODIFIED cn-hangzhou.10.0.0.2")
	c.pool.set(worker(1))
	kind, o := w.next()
	assert.Equal(t, "DELETED cn-hangzhou.10.0.0.2 Node", kind+" "+object.String(o, "metadata", "name")+" "+object.String(o, "kind"))
	assert.Equal(t, object.String(c.get("/api/v1/nodes"), "metadata", "resourceVersion"), object.String(o, "metadata", "resourceVersion"))
}

func TestWatchResumes(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	revision := object.String(c.get(podPath), "metadata", "resourceVersion")
	c.post(podPath, webPod)
	w := c.watch(podPath + "?watch=1&resourceVersion=" + revision)
	w.expect("ADDED web", "MODIFIED web") // the second says that there is no node
	c.do(http.StatusOK, http.MethodDelete, podPath+"/web", "")
	w.expect("DELETED web")
}

func TestWatchShowsOnlyWhatIsChosen(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	labels := c.watch(podPath + "?watch=1&labelSelector=app%3Dweb")
	fields := c.watch(allPods + "?watch=1&fieldSelector=spec.nodeName%3Dcn-hangzhou.10.0.0.1")
	other := c.watch("/api/v1/namespaces/kube-system/pods?watch=1")
	c.post(podPath, webPod)
	labels.expect("ADDED web", "MODIFIED web")
	fields.expect("ADDED web") // when it got its node
	relabel := func(app string) {
		c.do(http.StatusOK, http.MethodPatch, podPath+"/web", `{"metadata":{"labels":{"app":"`+app+`"}}}`, "Content-Type", "application/merge-patch+json")
	}
	relabel("other")
	labels.expect("DELETED web")
	relabel("web")
	labels.expect("ADDED web")
	c.post("/api/v1/namespaces/kube-system/pods", webPod)
	other.expect("ADDED web")
}

func TestWatchList(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1), worker(2))
	w := c.watch("/api/v1/nodes?watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan")
	w.expect("ADDED cn-hangzhou.10.0.0.1", "ADDED cn-hangzhou.10.0.0.2")
	kind, o := w.next()
	assert.Equal(t, "BOOKMARK Node v1", kind+" "+object.String(o, "kind")+" "+object.String(o, "apiVersion"))
	assert.Equal(t, "true", object.String(o, "metadata", "annotations", "k8s.io/initial-events-end"))
	assert.Equal(t, object.String(c.get("/api/v1/nodes"), "metadata", "resourceVersion"), object.String(o, "metadata", "resourceVersion"))
	c.pool.set(worker(2))
	w.expect("DELETED cn-hangzhou.10.0.0.1")

	none := c.watch("/api/v1/nodes?watch=true&allowWatchBookmarks=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan")
	c.pool.set()
	none.expect("DELETED cn-hangzhou.10.0.0.2")
	for _, query := range []string{"sendInitialEvents=true", "resourceVersionMatch=NotOlderThan", "sendInitialEvents=true&resourceVersionMatch=Exact"} {
		status := c.do(http.StatusUnprocessableEntity, http.MethodGet, "/api/v1/nodes?watch=true&"+query, "")
		assert.Equal(t, "Invalid", object.String(status, "reason"), query)
	}
}

func TestWatchEndsInTimeWithABookmark(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := kube.NewAPI(&nodePool{nodes: []kube.Node{worker(1)}}, time.Now)
		w, began := httptest.NewRecorder(), time.Now()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			api.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/nodes?watch=1&allowWatchBookmarks=true&timeoutSeconds=300", http.NoBody))
		}()
		synctest.Wait()
		created := httptest.NewRecorder()
		api.ServeHTTP(created, httptest.NewRequestWithContext(t.Context(), http.MethodPost, podPath, strings.NewReader(webPod)))
		require.Equal(t, http.StatusCreated, created.Code)
		<-ended
		assert.Equal(t, 5*time.Minute, time.Since(began))
		stream := &watch{t: t, decoder: json.NewDecoder(w.Body)}
		stream.expect("ADDED cn-hangzhou.10.0.0.1", "BOOKMARK")
		require.ErrorIs(t, stream.decoder.Decode(&object.Object{}), io.EOF)
	})
}

// churn makes so many changes of pods that the first ones are forgotten.
func churn(c *cluster) {
	c.post(appPath, app)
	for range 3 {
		for _, replicas := range []string{"1000", "0"} {
			c.do(http.StatusOK, http.MethodPatch, appPath+"/app/scale", `{"spec":{"replicas":`+replicas+`}}`, "Content-Type", "application/merge-patch+json")
		}
	}
}

func TestBookmarksKeepAnIdleWatchAlive(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch("/api/v1/nodes?watch=1&allowWatchBookmarks=true")
	w.expect("ADDED cn-hangzhou.10.0.0.1")
	first := object.String(c.get("/api/v1/nodes"), "metadata", "resourceVersion")
	churn(c)
	var last string
	for range 3 {
		kind, o := w.next()
		require.Equal(t, "BOOKMARK", kind)
		last = object.String(o, "metadata", "resourceVersion")
	}
	c.do(http.StatusGone, http.MethodGet, "/api/v1/nodes?watch=1&resourceVersion="+first, "")
	status := c.do(http.StatusGone, http.MethodGet, "/api/v1/nodes?resourceVersionMatch=Exact&resourceVersion="+first, "")
	assert.Equal(t, "Expired", object.String(status, "reason"))
	resumed := c.watch("/api/v1/nodes?watch=1&resourceVersion=" + last)
	c.pool.set()
	resumed.expect("DELETED cn-hangzhou.10.0.0.1")
}

func TestRevisionsOfTheFuture(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	for _, path := range []string{"/api/v1/nodes?resourceVersion=999999", "/api/v1/nodes?watch=1&resourceVersion=999999"} {
		status := c.do(http.StatusGatewayTimeout, http.MethodGet, path, "")
		assert.Equal(t, "ResourceVersionTooLarge", object.String(object.Maps(status, "details", "causes")[0], "reason"))
	}
	c.do(http.StatusBadRequest, http.MethodGet, "/api/v1/nodes?watch=1&resourceVersion=x", "")
	c.do(http.StatusBadRequest, http.MethodGet, "/api/v1/nodes?watch=1&timeoutSeconds=x", "")
}

func TestWatchOfTables(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch("/api/v1/nodes?watch=1", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
	kind, o := w.next()
	assert.Equal(t, "ADDED Table", kind+" "+object.String(o, "kind"))
	assert.Len(t, object.List(o, "columnDefinitions"), 10)
	assert.Len(t, object.List(o, "rows"), 1)
	c.pool.set()
	kind, o = w.next()
	assert.Equal(t, "DELETED Table", kind+" "+object.String(o, "kind"))
	assert.Empty(t, object.List(o, "columnDefinitions"))
}

package kube_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// TestManyClients has clients change pods and deployments while the pool scales,
// and demands that one who watches ends with what is listed.
func TestManyClients(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch(allPods + "?watch=1")
	const clients, rounds = 8, 10
	var group sync.WaitGroup
	for client := range clients {
		group.Go(func() {
			for round := range rounds {
				name := fmt.Sprintf("pod-%d-%d", client, round)
				c.post(podPath, strings.Replace(webPod, `"name":"web"`, `"name":"`+name+`"`, 1))
				c.do(http.StatusOK, http.MethodPatch, podPath+"/"+name, `{"metadata":{"labels":{"round":"x"}}}`, "Content-Type", "application/merge-patch+json")
				if round%2 == 0 {
					c.do(http.StatusOK, http.MethodDelete, podPath+"/"+name, "")
				}
				c.get("/api/v1/nodes")
			}
		})
	}
	group.Go(func() {
		for round := range rounds {
			c.pool.set(worker(1), worker(2+round))
		}
	})
	group.Wait()
	c.post(podPath, webPod)
	seen := map[string]bool{}
	for !seen["web"] {
		kind, o := w.next()
		if name := object.String(o, "metadata", "name"); kind == "DELETED" {
			delete(seen, name)
		} else {
			seen[name] = true
		}
	}
	assert.Len(t, seen, len(names(c.get(allPods))))
	for _, name := range names(c.get(allPods)) {
		assert.True(t, seen[name], name)
	}
}

// FuzzAPI demands that no request breaks the API: whatever a client sends, it
// is told what is wrong with it.
func FuzzAPI(f *testing.F) {
	const strategic = "application/strategic-merge-patch+json"
	f.Add(http.MethodPost, podPath, "application/json", webPod)
	f.Add(http.MethodPost, appPath, "application/yaml", "metadata: {name: a}\nspec: {replicas: 1}")
	f.Add(http.MethodPatch, podPath+"/web", strategic, `{"spec":{"containers":[{"name":"nginx","image":"b"}]},"metadata":{"ownerReferences":[{"uid":"a"}]}}`)
	f.Add(http.MethodPatch, podPath+"/web/status", "application/merge-patch+json", `{"status":{"conditions":3,"phase":{}}}`)
	f.Add(http.MethodPatch, node1, strategic, `{"spec":{"taints":"x","unschedulable":1},"status":[]}`)
	f.Add(http.MethodPut, appPath+"/app/scale", "application/json", `{"spec":{"replicas":"many"}}`)
	f.Add(http.MethodPatch, appPath+"/app", "application/json-patch+json", `[{"op":"replace","path":"/spec/template/spec","value":{"containers":[{"name":"a","image":"b","resources":{"requests":{"cpu":"1e99"}}}]}}]`)
	f.Add(http.MethodDelete, podPath+"?labelSelector=a%20in%20(b)", "application/vnd.kubernetes.protobuf", "k8s\x00\n\x13\n\x02v1\x12\rDeleteOptions")
	f.Add(http.MethodGet, podPath+"?limit=1&continue=e30&fieldSelector=spec.nodeName%3D", "", "")
	f.Fuzz(func(t *testing.T, method, path, media, body string) {
		if strings.Contains(path, "watch") || !strings.HasPrefix(path, "/") {
			return
		}
		r, err := http.NewRequestWithContext(t.Context(), method, "https://127.0.0.1"+path, strings.NewReader(body))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", media)
		api := kube.NewAPI(&nodePool{nodes: []kube.Node{worker(1)}}, time.Now)
		send := func(r *http.Request) int {
			w := httptest.NewRecorder()
			api.ServeHTTP(w, r)
			return w.Code
		}
		post := func(path, body string) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
			assert.Equal(t, http.StatusCreated, send(r))
		}
		post(podPath, webPod)
		post(appPath, app)
		assert.Less(t, send(r), http.StatusInternalServerError)
		post("/api/v1/namespaces/default/configmaps", `{"metadata":{"name":"after"}}`)
		for _, list := range []string{allPods, "/api/v1/nodes", "/apis/apps/v1/deployments"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, list, http.NoBody)
			r.Header.Set("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
			assert.Equal(t, http.StatusOK, send(r))
		}
	})
}

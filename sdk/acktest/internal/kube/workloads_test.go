package kube_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// phases returns how many pods of the cluster are in each phase.
func phases(c *cluster) map[string]int {
	count := map[string]int{}
	for _, pod := range object.Maps(c.get(allPods), "items") {
		count[object.String(pod, "status", "phase")]++
	}
	return count
}

func TestDeploymentGetsItsPods(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	assert.Equal(t, map[string]int{"Running": 2}, phases(c))
	d := c.get(appPath + "/app")
	assert.Equal(t, object.Int(2), object.Get(d, "status", "readyReplicas"))
	assert.Equal(t, object.Get(d, "metadata", "generation"), object.Get(d, "status", "observedGeneration"))
	for _, pod := range object.Maps(c.get(podPath+"?labelSelector=app%3Dapp,pod-template-hash"), "items") {
		owner := object.Maps(pod, "metadata", "ownerReferences")[0]
		assert.Equal(t, "ReplicaSet apps/v1", object.String(owner, "kind")+" "+object.String(owner, "apiVersion"))
		assert.True(t, strings.HasPrefix(object.String(pod, "metadata", "name"), "app-"))
	}
	gone := names(c.get(podPath))[0]
	c.do(http.StatusOK, http.MethodDelete, podPath+"/"+gone, "")
	assert.NotContains(t, names(c.get(podPath)), gone)
	assert.Equal(t, map[string]int{"Running": 2}, phases(c), "a deleted pod comes again")
	c.do(http.StatusOK, http.MethodDelete, appPath+"/app", "")
	assert.Empty(t, names(c.get(podPath)))
	assert.Empty(t, names(c.get("/apis/apps/v1/replicasets")))
}

func TestPodsFollowNodes(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	c.post(appPath, strings.Replace(app, `"replicas":2`, `"replicas":3`, 1))
	c.post(podPath, webPod)
	assert.Equal(t, map[string]int{"Pending": 4}, phases(c))
	c.pool.set(worker(1)) // 4 cores are enough for two pods of 1.5, and the one that wants none
	assert.Equal(t, map[string]int{"Running": 3, "Pending": 1}, phases(c))
	waiting := object.Maps(c.get(podPath+"?fieldSelector=status.phase%3DPending"), "items")
	require.Len(t, waiting, 1)
	condition := object.Maps(waiting[0], "status", "conditions")[0]
	assert.Equal(t, "0/1 nodes are available: 1 Insufficient cpu.", object.String(condition, "message"))
	c.pool.set(worker(1), worker(2))
	assert.Equal(t, map[string]int{"Running": 4}, phases(c))
	c.pool.set(worker(2))
	assert.Equal(t, map[string]int{"Running": 2, "Pending": 1}, phases(c), "pods of the deployment come again, the other one is gone")
	c.do(http.StatusNotFound, http.MethodGet, podPath+"/web", "")
	notReady := worker(2)
	notReady.Ready = false
	c.pool.set(notReady)
	assert.Nil(t, object.Get(c.get(appPath+"/app"), "status", "readyReplicas"))
	table := c.get(podPath, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
	for _, row := range object.Maps(table, "rows") {
		assert.Equal(t, "0/1", object.List(row, "cells")[1])
	}
	c.pool.set()
	assert.Equal(t, map[string]int{"Pending": 3}, phases(c))
}

func TestScheduling(t *testing.T) {
	t.Parallel()
	tainted, cordoned, small := worker(1), worker(2), worker(3)
	tainted.Taints = []kube.Taint{{Key: "gpu", Value: "yes", Effect: "NoSchedule"}, {Key: "soft", Effect: "PreferNoSchedule"}}
	tainted.Capacity["nvidia.com/gpu"] = "1"
	cordoned.Unschedulable = true
	small.Capacity = map[string]string{"pods": "1"}
	small.Labels = map[string]string{"size": "3"}
	c := newCluster(t, tainted, cordoned, small)
	place := func(name, spec string) string {
		t.Helper()
		c.post(podPath, `{"metadata":{"name":"`+name+`"},"spec":{`+spec+`"containers":[{"name":"a","image":"b"}]}}`)
		pod := c.get(podPath + "/" + name)
		if node := object.String(pod, "spec", "nodeName"); node != "" {
			return strings.TrimPrefix(node, "cn-hangzhou.10.0.0.")
		}
		return object.String(object.Maps(pod, "status", "conditions")[0], "message")
	}
	const gpu = `"tolerations":[{"key":"gpu","value":"yes"}],`
	assert.Equal(t, "1", place("tolerant", gpu+`"nodeSelector":{"alibabacloud.com/nodepool-id":"np1"},`))
	assert.Equal(t, "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {gpu: yes}, 1 node(s) were unschedulable.",
		place("picky", `"nodeSelector":{"size":"4"},`))
	affinity := `"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"size","operator":"Gt","values":["2"]}]}]}}},`
	assert.Equal(t, "3", place("large", affinity))
	assert.Contains(t, place("late", affinity), "1 Too many pods")
	assert.Equal(t, "2", place("daemon", `"tolerations":[{"operator":"Exists"}],"nodeSelector":{"kubernetes.io/hostname":"cn-hangzhou.10.0.0.2"},`))
	assert.Equal(t, "2", place("bound", `"nodeName":"cn-hangzhou.10.0.0.2",`))
	c.post(podPath, `{"metadata":{"name":"lost"},"spec":{"nodeName":"nowhere","containers":[{"name":"a","image":"b"}]}}`)
	c.do(http.StatusNotFound, http.MethodGet, podPath+"/lost", "")
}

func TestRollout(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	before := names(c.get(podPath))
	image := func(name string) object.Object {
		t.Helper()
		c.do(http.StatusOK, http.MethodPatch, appPath+"/app", `[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"`+name+`"}]`,
			"Content-Type", "application/json-patch+json")
		return c.get(appPath + "/app")
	}
	d := image("nginx:2")
	assert.Equal(t, "2", object.String(d, "metadata", "annotations", "deployment.kubernetes.io/revision"))
	assert.Equal(t, object.Int(2), object.Get(d, "status", "updatedReplicas"))
	after := names(c.get(podPath))
	assert.Len(t, after, 2)
	assert.NotSubset(t, before, after)
	assert.Len(t, names(c.get("/apis/apps/v1/replicasets")), 2)
	image("nginx:alpine")
	assert.Len(t, names(c.get("/apis/apps/v1/replicasets")), 2, "the replica set of the old template is used again")
}

func TestOrphansStay(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	c.do(http.StatusOK, http.MethodDelete, appPath+"/app?propagationPolicy=Orphan", "")
	assert.Len(t, names(c.get("/apis/apps/v1/replicasets")), 1)
	assert.Len(t, names(c.get(podPath)), 2)
}

func TestPodsAreBounded(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	c.post(appPath, strings.Replace(app, `"replicas":2`, `"replicas":2147483647`, 1))
	assert.Len(t, names(c.get(podPath)), 1000)
}

func TestTables(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	c.post("/api/v1/namespaces/default/configmaps", `{"metadata":{"name":"settings"},"data":{"a":"1","b":"2"}}`)
	c.post("/api/v1/namespaces/default/secrets", `{"metadata":{"name":"token"},"stringData":{"a":"1"}}`)
	c.post("/api/v1/namespaces/default/services", `{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80},{"port":53,"protocol":"UDP"}]}}`)
	c.post("/api/v1/namespaces/default/events", `{"metadata":{"name":"e1"},"type":"Normal","reason":"Scaled","message":"m","lastTimestamp":"2026-03-01T07:58:00Z","involvedObject":{"kind":"Pod","name":"web"}}`)
	c.post("/apis/coordination.k8s.io/v1/namespaces/default/leases", `{"metadata":{"name":"lock"},"spec":{"holderIdentity":"me"}}`)
	c.clock.Advance(90e9)
	n := object.Int
	tests := []struct {
		path string
		want []any
	}{
		{appPath, []any{"app", "2/2", n(2), n(2), "90s", "nginx", "nginx:alpine", "app=app"}},
		{"/api/v1/namespaces/default/configmaps", []any{"settings", n(2), "90s"}},
		{"/api/v1/namespaces/default/secrets", []any{"token", "Opaque", n(1), "90s"}},
		{"/api/v1/namespaces/default/services", []any{"web", "ClusterIP", "<none>", "<none>", "80/TCP,53/UDP", "90s", "app=web"}},
		{"/api/v1/namespaces/default/serviceaccounts", []any{"default", n(0), "90s"}},
		{"/api/v1/namespaces", []any{"default", "Active", "90s"}},
		{"/api/v1/events", []any{"3m30s", "Normal", "Scaled", "pod/web", "m", "e1"}},
		{"/apis/coordination.k8s.io/v1/leases", []any{"lock", "me", "90s"}},
	}
	for _, tt := range tests {
		table := c.get(tt.path, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
		assert.Equal(t, tt.want, object.Maps(table, "rows")[0]["cells"], tt.path)
		assert.Len(t, object.List(table, "columnDefinitions"), len(tt.want), tt.path)
	}
	rs := object.List(object.Maps(c.get("/apis/apps/v1/replicasets", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"), "rows")[0], "cells")
	assert.Equal(t, []any{n(2), n(2), n(2), "90s"}, rs[1:5])
	pod := object.List(object.Maps(c.get(podPath, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"), "rows")[0], "cells")
	assert.Equal(t, []any{"1/1", "Running", "0", "90s"}, pod[1:5])
	assert.Equal(t, "cn-hangzhou.10.0.0.1", pod[6])
}

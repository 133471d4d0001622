package kube_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

const node1 = "/api/v1/nodes/cn-hangzhou.10.0.0.1"

func TestNodesAreThoseOfTheSource(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(2), worker(1))
	list := c.get("/api/v1/nodes")
	assert.Equal(t, "NodeList v1", object.String(list, "kind")+" "+object.String(list, "apiVersion"))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1", "cn-hangzhou.10.0.0.2"}, names(list))
	n := c.get(node1)
	assert.Equal(t, "Node v1", object.String(n, "kind")+" "+object.String(n, "apiVersion"))
	assert.Equal(t, "uid-1", object.String(n, "metadata", "uid"))
	assert.Equal(t, "2026-03-01T07:00:00Z", object.String(n, "metadata", "creationTimestamp"))
	assert.Equal(t, map[string]string{
		"alibabacloud.com/nodepool-id": "np1", "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": "cn-hangzhou.10.0.0.1", "kubernetes.io/os": "linux",
	}, object.Strings(n, "metadata", "labels"))
	assert.Equal(t, "8Gi", object.String(n, "status", "allocatable", "memory"))
	assert.Equal(t, "cn-hangzhou.i-1", object.String(n, "spec", "providerID"))

	c.pool.set(worker(3))
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.3"}, names(c.get("/api/v1/nodes")))
	c.do(http.StatusNotFound, http.MethodGet, node1, "")
}

func TestWhatClientsChangeOfNodesStays(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	change := func(patch string) object.Object {
		t.Helper()
		return c.do(http.StatusOK, http.MethodPatch, node1, patch, "Content-Type", "application/merge-patch+json")
	}
	change(`{"metadata":{"labels":{"team":"a","alibabacloud.com/nodepool-id":"mine"}},"spec":{"unschedulable":true,"taints":[{"key":"gpu","effect":"NoSchedule"}]}}`)
	n := worker(1)
	n.Labels = map[string]string{"alibabacloud.com/nodepool-id": "np1", "added": "later"}
	n.Ready = false
	c.pool.set(n)
	got := c.get(node1)
	assert.Equal(t, map[string]string{"team": "a", "alibabacloud.com/nodepool-id": "mine", "added": "later"}, without(object.Strings(got, "metadata", "labels"), "kubernetes.io/"))
	assert.Equal(t, []string{"gpu", "node.kubernetes.io/unschedulable", "node.kubernetes.io/not-ready"}, taints(got))

	n.Labels["alibabacloud.com/nodepool-id"], n.Ready = "np2", true
	c.pool.set(n)
	got = change(`{"spec":{"unschedulable":null}}`)
	assert.Equal(t, "np2", object.String(got, "metadata", "labels", "alibabacloud.com/nodepool-id"), "the source spoke last")
	assert.Equal(t, []string{"gpu"}, taints(got))

	n.UID = "uid-new"
	c.pool.set(n)
	assert.Empty(t, taints(c.get(node1)), "another node of that name is a new one")
}

func without(labels map[string]string, prefix string) map[string]string {
	for key := range labels {
		if len(key) > len(prefix) && key[:len(prefix)] == prefix {
			delete(labels, key)
		}
	}
	return labels
}

func taints(n object.Object) []string {
	var keys []string
	for _, taint := range object.Maps(n, "spec", "taints") {
		keys = append(keys, object.String(taint, "key"))
	}
	return keys
}

func TestDeletedNodeStaysAway(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.get(node1)
	c.do(http.StatusOK, http.MethodDelete, node1, "")
	n := worker(1)
	n.Labels["added"] = "later"
	c.pool.set(n)
	c.do(http.StatusNotFound, http.MethodGet, node1, "")
	c.do(http.StatusMethodNotAllowed, http.MethodPost, "/api/v1/nodes", "{}")
}

func TestConditionsTellSinceWhen(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	since := func() string {
		for _, condition := range object.Maps(c.get(node1), "status", "conditions") {
			if object.String(condition, "type") == "Ready" {
				return object.String(condition, "status") + " " + object.String(condition, "lastTransitionTime")
			}
		}
		return ""
	}
	assert.Equal(t, "True 2026-03-01T08:00:00Z", since())
	c.clock.Advance(time.Minute)
	n := worker(1)
	n.Annotations = map[string]string{"a": "b"}
	c.pool.set(n)
	assert.Equal(t, "True 2026-03-01T08:00:00Z", since())
	n.Ready = false
	c.pool.set(n)
	assert.Equal(t, "False 2026-03-01T08:01:00Z", since())
}

func TestNodeTable(t *testing.T) {
	t.Parallel()
	master, broken, cordoned := worker(1), worker(2), worker(3)
	master.Labels = map[string]string{"node-role.kubernetes.io/master": "", "node-role.kubernetes.io/control-plane": ""}
	master.ExternalIP = "203.0.113.1"
	broken.Ready = false
	cordoned.Unschedulable = true
	c := newCluster(t, master, broken, cordoned)
	table := c.get("/api/v1/nodes?limit=500", "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json")
	assert.Equal(t, "Table meta.k8s.io/v1", object.String(table, "kind")+" "+object.String(table, "apiVersion"))
	var head []string
	for _, column := range object.Maps(table, "columnDefinitions") {
		name := object.String(column, "name")
		if n, _ := object.Integer(column, "priority"); n > 0 {
			name += "+"
		}
		head = append(head, name)
	}
	assert.Equal(t, []string{"Name", "Status", "Roles", "Age", "Version", "Internal-IP+", "External-IP+", "OS-Image+", "Kernel-Version+", "Container-Runtime+"}, head)
	rows := object.Maps(table, "rows")
	require.Len(t, rows, 3)
	assert.Equal(t, []any{"cn-hangzhou.10.0.0.1", "Ready", "control-plane,master", "60m", "v1.34.1-aliyun.1", "10.0.0.1", "203.0.113.1", "Alibaba Cloud Linux 3", "5.10.134", "containerd://1.6.39"}, rows[0]["cells"])
	assert.Equal(t, []any{"NotReady", "<none>"}, object.List(rows[1], "cells")[1:3])
	assert.Equal(t, []any{"Ready,SchedulingDisabled", "<none>"}, object.List(rows[2], "cells")[1:3])
	assert.Equal(t, "PartialObjectMetadata", object.String(rows[0], "object", "kind"))
	assert.Nil(t, object.Get(rows[0], "object", "spec"))

	old := c.get("/api/v1/nodes?includeObject=Object", "Accept", "application/json;as=Table;v=v1beta1;g=meta.k8s.io, application/json")
	assert.Equal(t, "meta.k8s.io/v1beta1", object.String(old, "apiVersion"))
	assert.Equal(t, "Node", object.String(object.Maps(old, "rows")[0], "object", "kind"))
	single := c.get(node1, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
	assert.Len(t, object.Maps(single, "rows"), 1)
}

func TestNodesChangedNeverWaits(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch("/api/v1/nodes?watch=1")
	w.expect("ADDED cn-hangzhou.10.0.0.1")
	for i := range 50 { // the pool holds its lock while it calls NodesChanged
		n := worker(1)
		n.Annotations = map[string]string{"round": string(rune('a' + i%26))}
		c.pool.set(n)
	}
	c.pool.set()
	for {
		kind, _ := w.next()
		if kind == "DELETED" {
			return
		}
		require.Equal(t, "MODIFIED", kind)
	}
}

var _ kube.Source = (*nodePool)(nil)

// TestNodeEdits tells whoever has the nodes what clients have changed of them, once, and not what follows from their state.
func TestNodeEdits(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1), worker(2))
	n := worker(1)
	var told []kube.NodeEdit
	c.api.NodeEdited = func(e kube.NodeEdit) {
		told = append(told, e)
		c.pool.set(n, worker(2)) // as the edit wants it
	}
	change := func(patch string) []kube.NodeEdit {
		t.Helper()
		told = nil
		c.do(http.StatusOK, http.MethodPatch, node1, patch, "Content-Type", "application/merge-patch+json")
		return told
	}
	marks := func(labels map[string]string, taints ...kube.Taint) kube.NodeMarks {
		return kube.NodeMarks{Labels: labels, Taints: taints}
	}
	edit := kube.NodeEdit{Name: n.Name, UID: "uid-1"}
	gpu := kube.Taint{Key: "gpu", Value: "1", Effect: "NoSchedule"}
	none := map[string]string{}

	n.Labels, n.Taints = map[string]string{"alibabacloud.com/nodepool-id": "np1", "team": "a"}, []kube.Taint{gpu}
	edit.Removed, edit.Added = marks(none), marks(map[string]string{"team": "a"}, gpu)
	assert.Equal(t, []kube.NodeEdit{edit}, change(`{"metadata":{"labels":{"team":"a"}},"spec":{"taints":[{"key":"gpu","value":"1","effect":"NoSchedule"}]}}`))
	assert.Empty(t, change(`{"metadata":{"annotations":{"a":"b"}}}`))
	n.Unschedulable = true
	edit.Added, edit.Unschedulable = marks(none), new(true)
	assert.Equal(t, []kube.NodeEdit{edit}, change(`{"spec":{"unschedulable":true}}`))
	n.Labels, n.Taints = map[string]string{"alibabacloud.com/nodepool-id": "np1", "team": "b"}, nil
	edit.Removed, edit.Added, edit.Unschedulable = marks(map[string]string{"team": "a"}, gpu), marks(map[string]string{"team": "b"}), nil
	assert.Equal(t, []kube.NodeEdit{edit}, change(`{"metadata":{"labels":{"team":"b"}},"spec":{"taints":null}}`))

	revision := object.String(c.get(node1), "metadata", "resourceVersion")
	c.pool.set(n, worker(3))
	assert.Equal(t, revision, object.String(c.get(node1), "metadata", "resourceVersion"), "what the source says of it is no change")
	told = nil
	c.do(http.StatusNotFound, http.MethodPatch, "/api/v1/nodes/none", `{}`, "Content-Type", "application/merge-patch+json")
	assert.Empty(t, told)
}

package kube_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestSelectors(t *testing.T) {
	t.Parallel()
	a, b := worker(1), worker(2)
	a.Labels, b.Labels = map[string]string{"team": "a", "size": "3"}, map[string]string{"team": "b"}
	b.Unschedulable = true
	c := newCluster(t, a, b)
	tests := []struct {
		query string
		want  []string
	}{
		{"labelSelector=team%3Da", []string{"1"}},
		{"labelSelector=" + url.QueryEscape("team in (a,b),!size"), []string{"2"}},
		{"labelSelector=" + url.QueryEscape("team!=a"), []string{"2"}},
		{"labelSelector=" + url.QueryEscape("size>2"), []string{"1"}},
		{"fieldSelector=metadata.name%3Dcn-hangzhou.10.0.0.1", []string{"1"}},
		{"fieldSelector=" + url.QueryEscape("metadata.name!=cn-hangzhou.10.0.0.1"), []string{"2"}},
		{"fieldSelector=spec.unschedulable%3Dfalse", []string{"1"}},
		{"fieldSelector=spec.unschedulable%3Dtrue", []string{"2"}},
		{"labelSelector=team%3Da&fieldSelector=spec.unschedulable%3Dtrue", []string{}},
	}
	for _, tt := range tests {
		got := names(c.get("/api/v1/nodes?" + tt.query))
		for i := range tt.want {
			tt.want[i] = "cn-hangzhou.10.0.0." + tt.want[i]
		}
		assert.Equal(t, tt.want, got, tt.query)
	}
	c.do(http.StatusBadRequest, http.MethodGet, "/api/v1/nodes?labelSelector=a+b", "")
	c.do(http.StatusBadRequest, http.MethodGet, "/api/v1/nodes?fieldSelector=a", "")
	status := c.do(http.StatusBadRequest, http.MethodGet, "/api/v1/nodes?fieldSelector=spec.podCIDR%3Da", "")
	assert.Equal(t, "field label not supported: spec.podCIDR", object.String(status, "message"))
}

func TestPages(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	const path = "/api/v1/namespaces/default/configmaps"
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		c.post(path, `{"metadata":{"name":"`+name+`","labels":{"all":"yes"}}}`)
	}
	first := c.get(path + "?limit=2")
	assert.Equal(t, []string{"a", "b"}, names(first))
	assert.Equal(t, object.Int(3), object.Get(first, "metadata", "remainingItemCount"))
	c.do(http.StatusOK, http.MethodDelete, path+"/c", "")
	c.post(path, `{"metadata":{"name":"bb"}}`)
	second := c.get(path + "?limit=2&continue=" + object.String(first, "metadata", "continue"))
	assert.Equal(t, []string{"c", "d"}, names(second), "pages are of one revision")
	assert.Equal(t, object.String(first, "metadata", "resourceVersion"), object.String(second, "metadata", "resourceVersion"))
	last := c.get(path + "?limit=2&continue=" + object.String(second, "metadata", "continue"))
	assert.Equal(t, []string{"e"}, names(last))
	assert.Empty(t, object.String(last, "metadata", "continue"))
	assert.Nil(t, object.Get(c.get(path+"?limit=1&labelSelector=all"), "metadata", "remainingItemCount"), "nobody counts what is selected")

	past := c.get(path + "?resourceVersionMatch=Exact&resourceVersion=" + object.String(first, "metadata", "resourceVersion"))
	assert.Equal(t, []string{"a", "b", "c", "d", "e"}, names(past))
	now := []string{"a", "b", "bb", "d", "e"}
	assert.Equal(t, now, names(c.get(path+"?resourceVersion=0")))
	assert.Equal(t, now, names(c.get(path+"?resourceVersionMatch=NotOlderThan&resourceVersion="+object.String(first, "metadata", "resourceVersion"))))
	for _, query := range []string{"limit=x", "limit=-1", "continue=%25", "continue=e30x", "resourceVersion=x", "resourceVersionMatch=Exact", "resourceVersion=1&resourceVersionMatch=x",
		"resourceVersion=1&continue=" + object.String(first, "metadata", "continue"), "a=%zz"} {
		c.do(http.StatusBadRequest, http.MethodGet, path+"?"+query, "")
	}
	churn(c)
	status := c.do(http.StatusGone, http.MethodGet, path+"?continue="+object.String(first, "metadata", "continue"), "")
	assert.Equal(t, "Expired", object.String(status, "reason"))
}

func TestPartialMetadata(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	list := c.get("/api/v1/nodes", "Accept", "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
	assert.Equal(t, "PartialObjectMetadataList", object.String(list, "kind"))
	assert.Equal(t, []string{"apiVersion", "kind", "metadata"}, object.Names(object.Maps(list, "items")[0]))
	one := c.get(node1, "Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
	assert.Equal(t, []string{"apiVersion", "kind", "metadata"}, object.Names(one))
	plain := c.get(node1, "Accept", "application/vnd.kubernetes.protobuf,application/json")
	assert.Equal(t, "Node", object.String(plain, "kind"))
	status := c.do(http.StatusNotAcceptable, http.MethodGet, node1, "", "Accept", "application/vnd.kubernetes.protobuf")
	assert.Equal(t, "NotAcceptable", object.String(status, "reason"))
}

func TestDiscovery(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	aggregated := []string{"Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"}
	assert.Equal(t, []any{"v1"}, c.get("/api", aggregated...)["versions"])
	groups := c.get("/apis", aggregated...)
	assert.Equal(t, "apps", object.String(object.Maps(groups, "groups")[0], "name"))
	assert.Equal(t, "apps/v1", object.String(c.get("/apis/apps"), "preferredVersion", "groupVersion"))
	parts := map[string]string{}
	for _, path := range []string{"/api/v1", "/apis/apps/v1", "/apis/coordination.k8s.io/v1"} {
		for _, r := range object.Maps(c.get(path), "resources") {
			parts[object.String(r, "name")] = object.String(r, "kind")
		}
	}
	assert.Equal(t, "Pod", parts["pods"])
	assert.Equal(t, "Scale", parts["deployments/scale"])
	assert.Equal(t, "Eviction", parts["pods/eviction"])
	version := c.get("/version")
	assert.Equal(t, "1 34", object.String(version, "major")+" "+object.String(version, "minor"))
	c.do(http.StatusNotFound, http.MethodGet, "/apis/batch/v1", "")
	c.do(http.StatusMethodNotAllowed, http.MethodPost, "/version", "{}")
	for _, path := range []string{"/healthz", "/livez", "/readyz"} {
		resp := c.send(t.Context(), http.MethodGet, path, "")
		assert.NoError(t, resp.Body.Close())
		assert.Equal(t, http.StatusOK, resp.StatusCode)
	}
}

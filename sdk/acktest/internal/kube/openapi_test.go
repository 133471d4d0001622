package kube_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestOpenAPI2(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	doc := c.get("/openapi/v2")
	assert.Equal(t, "2.0 v1.34.1-aliyun.1", object.String(doc, "swagger")+" "+object.String(doc, "info", "version"))
	pod := object.Map(doc, "definitions", "io.k8s.api.core.v1.Pod")
	assert.Equal(t, []any{object.Object{"group": "", "version": "v1", "kind": "Pod"}}, pod["x-kubernetes-group-version-kind"])
	assert.Equal(t, []string{"apiVersion", "kind", "metadata", "spec", "status"}, object.Names(object.Map(pod, "properties")))
	containers := object.Map(doc, "definitions", "io.k8s.api.core.v1.PodSpec", "properties", "containers")
	assert.Equal(t, object.Object{
		"type": "array", "items": object.Object{"$ref": "#/definitions/io.k8s.api.core.v1.Container"},
		"x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge",
	}, containers)
	patch := object.Map(doc, "paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch")
	assert.Equal(t, "Deployment", object.String(patch, "x-kubernetes-group-version-kind", "kind"))
}

func TestOpenAPI3(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	index := c.get("/openapi/v3")
	assert.Equal(t, []string{"api/v1", "apis/apps/v1", "apis/coordination.k8s.io/v1"}, object.Names(object.Map(index, "paths")))
	apps := c.get(object.String(index, "paths", "apis/apps/v1", "serverRelativeURL"))
	assert.Equal(t, []string{"/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "/apis/apps/v1/namespaces/{namespace}/replicasets/{name}"}, object.Names(object.Map(apps, "paths")))
	strategy := object.Map(apps, "components", "schemas", "io.k8s.api.apps.v1.DeploymentSpec", "properties", "strategy")
	assert.Equal(t, "retainKeys", strategy["x-kubernetes-patch-strategy"])
	assert.Equal(t, "#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy", object.String(object.Maps(strategy, "allOf")[0], "$ref"))
	c.do(http.StatusNotFound, http.MethodGet, "/openapi/v3/apis/batch/v1", "")
}

func TestOpenAPIInProtobuf(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	resp := c.send(t.Context(), http.MethodGet, "/openapi/v2", "", "Accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
	defer resp.Body.Close() //nolint:errcheck // it was read
	assert.Equal(t, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf", resp.Header.Get("Content-Type"))
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(text, []byte("\x0a\x032.0\x12\x1e\x0a\x0aKubernetes\x12\x10v1.34.1-aliyun.1")))
	assert.Greater(t, len(text), 50000)
}

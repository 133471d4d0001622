package kube_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNamespacesChanged(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	var told [][]string
	c.api.NamespacesChanged = func(names []string) { told = append(told, names) }
	usual := []string{"default", "kube-node-lease", "kube-public", "kube-system"}
	assert.Equal(t, usual, c.api.Namespaces())
	c.api.MakeNamespaces([]string{"default", "alpha"})
	assert.Equal(t, append([]string{"alpha"}, usual...), names(c.get("/api/v1/namespaces")))
	c.post(podPath, webPod)
	c.post("/api/v1/namespaces", `{"metadata":{"name":"test"}}`)
	with := append([]string{"alpha"}, append(slices.Clip(usual), "test")...)
	assert.Equal(t, with, told[len(told)-1], "it is told before the response")
	before := len(told)
	c.do(http.StatusOK, http.MethodDelete, podPath+"/web", "")
	assert.Len(t, told, before, "nothing is told of other objects")
	c.do(http.StatusOK, http.MethodDelete, "/api/v1/namespaces/test", "")
	assert.Equal(t, append([]string{"alpha"}, usual...), told[len(told)-1])
	assert.Len(t, told, before+1)
}

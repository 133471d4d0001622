package kube_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

func TestPodLivesAsTheDocumentationShowsIt(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	yaml := "apiVersion: v1\nkind: Pod\nmetadata:\n  name: nginx\n  namespace: default\nspec:\n  containers:\n  - name: nginx\n    image: nginx:alpine\n    ports:\n    - containerPort: 80\n"
	created := c.do(http.StatusCreated, http.MethodPost, podPath, yaml, "Content-Type", "application/yaml")
	assert.Equal(t, "Pending", object.String(created, "status", "phase"))
	pod := c.get(podPath + "/nginx")
	assert.Equal(t, "Running", object.String(pod, "status", "phase"))
	assert.Equal(t, "cn-hangzhou.10.0.0.1", object.String(pod, "spec", "nodeName"))
	assert.Equal(t, object.Int(80), object.Maps(object.Maps(pod, "spec", "containers")[0], "ports")[0]["containerPort"])
	resp := c.send(t.Context(), http.MethodGet, podPath+"/nginx/log", "")
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	deleted := c.do(http.StatusOK, http.MethodDelete, podPath+"/nginx", "")
	assert.Equal(t, "Success", object.String(deleted, "status"))
	assert.Equal(t, object.String(pod, "metadata", "uid"), object.String(deleted, "details", "uid"))
	status := c.do(http.StatusNotFound, http.MethodGet, podPath+"/nginx", "")
	assert.Equal(t, `pods "nginx" not found`, object.String(status, "message"))
	assert.Equal(t, "Status v1 Failure NotFound", strings.Join([]string{object.String(status, "kind"), object.String(status, "apiVersion"), object.String(status, "status"), object.String(status, "reason")}, " "))
	c.do(http.StatusNotFound, http.MethodDelete, podPath+"/nginx", "")
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	c.post(podPath, webPod)
	const json = "application/json"
	tests := []struct {
		name, path, media, body string
		code                    int
		message                 string
	}{
		{"twice", podPath, json, webPod, 409, `pods "web" already exists`},
		{"other kind", podPath, json, app, 400, "the kind of the object (Deployment) is not that of the request (Pod)"},
		{"other version", podPath, json, `{"apiVersion":"v2"}`, 400, "the API version in the data (v2)"},
		{"other namespace", podPath, json, `{"metadata":{"name":"a","namespace":"b"}}`, 400, "namespace"},
		{"no namespace", "/api/v1/namespaces/gone/pods", json, webPod, 404, `namespaces "gone" not found`},
		{"all namespaces", allPods, json, webPod, 405, "method"},
		{"on an object", podPath + "/web", json, webPod, 405, "method"},
		{"no name", podPath, json, `{"spec":{}}`, 422, "name or generateName is required"},
		{"bad name", podPath, json, strings.Replace(webPod, `"web"`, `"We_b"`, 1), 422, `Pod "We_b" is invalid: metadata.name`},
		{"bad label", podPath, json, strings.Replace(webPod, `{"app":"web"}`, `{"app":"w b"}`, 1), 422, "metadata.labels"},
		{"labels of numbers", podPath, json, strings.Replace(webPod, `{"app":"web"}`, `{"app":1}`, 1), 400, "metadata.labels is not a map of texts"},
		{"metadata of text", podPath, json, `{"metadata":"a"}`, 400, "metadata is not an object"},
		{"name of a number", podPath, json, `{"metadata":{"name":1}}`, 400, "metadata.name is not a text"},
		{"no containers", podPath, json, `{"metadata":{"name":"a"}}`, 422, "spec.containers: Required value"},
		{"no image", podPath, json, `{"metadata":{"name":"a"},"spec":{"containers":[{"name":"a"},{"name":"a","image":"b"},3]}}`, 422, `spec.containers[0].image: Required value, spec.containers[1].name: Duplicate value: "a", spec.containers[2].name: Required value`},
		{"selector of others", appPath, json, strings.Replace(app, `{"app":"app"}`, `{"app":"b"}`, 1), 422, "`selector` does not match template `labels`"},
		{"no selector", appPath, json, strings.Replace(app, `"selector"`, `"selektor"`, 1), 422, "spec.selector: Required value"},
		{"bad selector", appPath, json, strings.Replace(app, `"matchLabels":{"app":"app"}`, `"matchExpressions":[{"key":"app","operator":"Is"}]`, 1), 422, `"Is" is not an operator`},
		{"bad replicas", appPath, json, strings.Replace(app, `:2,`, `:"2",`, 1), 422, "spec.replicas"},
		{"not JSON", podPath, json, `{`, 400, "read JSON"},
		{"two values", podPath, json, `{}{}`, 400, "more than one value"},
		{"list", podPath, json, `[]`, 400, "the body is not an object"},
		{"not YAML", podPath, "application/yaml", "a: [", 400, "read YAML"},
		{"aliases", podPath, "application/yaml", "a: &x {}\nb: *x", 400, "aliases are not supported"},
		{"form", podPath, "application/x-www-form-urlencoded", webPod, 415, "application/json, application/yaml"},
		{"bad media type", podPath, "/", webPod, 400, "Content-Type"},
		{"too long", podPath, json, strings.Repeat(" ", 4<<20), 413, "too large"},
		{"no resource", "/api/v1/namespaces/default/things", json, `{}`, 404, "could not find"},
		{"no part", podPath + "/web/things", json, `{}`, 404, "could not find"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			status := c.in(t).do(tt.code, http.MethodPost, tt.path, tt.body, "Content-Type", tt.media)
			assert.Contains(t, object.String(status, "message"), tt.message)
			assert.NotEmpty(t, object.String(status, "reason"))
		})
	}
}

func TestGenerateName(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	body := strings.Replace(webPod, `"name":"web"`, `"generateName":"web-"`, 1)
	a, b := c.post(podPath, body), c.post(podPath, body)
	assert.Regexp(t, `^web-[b-z2-9]{5}$`, object.String(a, "metadata", "name"))
	assert.NotEqual(t, object.String(a, "metadata", "name"), object.String(b, "metadata", "name"))
	assert.NotEqual(t, object.String(a, "metadata", "uid"), object.String(b, "metadata", "uid"))
	assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, object.String(a, "metadata", "uid"))
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	const path = "/api/v1/namespaces/default/configmaps"
	created := c.post(path, `{"metadata":{"name":"settings","managedFields":[{}],"uid":"mine","resourceVersion":"7"},"data":{"a":"1"}}`)
	assert.Nil(t, object.Get(created, "metadata", "managedFields"))
	revision := object.String(created, "metadata", "resourceVersion")
	put := func(code int, body string) object.Object {
		t.Helper()
		return c.do(code, http.MethodPut, path+"/settings", body, "Content-Type", "application/json")
	}
	updated := put(http.StatusOK, `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"settings","resourceVersion":"`+revision+`"},"data":{"a":"2"}}`)
	assert.Equal(t, object.String(created, "metadata", "uid"), object.String(updated, "metadata", "uid"))
	assert.Equal(t, "2026-03-01T08:00:00Z", object.String(updated, "metadata", "creationTimestamp"))
	assert.NotEqual(t, revision, object.String(updated, "metadata", "resourceVersion"))
	status := put(http.StatusConflict, `{"metadata":{"resourceVersion":"`+revision+`"}}`)
	assert.Contains(t, object.String(status, "message"), "the object has been modified")
	put(http.StatusConflict, `{"metadata":{"uid":"other"}}`)
	put(http.StatusBadRequest, `{"metadata":{"name":"other"}}`)
	same := put(http.StatusOK, `{"data":{"a":"2"}}`)
	assert.Equal(t, object.String(updated, "metadata", "resourceVersion"), object.String(same, "metadata", "resourceVersion"), "nothing has changed")
	c.do(http.StatusNotFound, http.MethodPut, path+"/gone", `{}`)

	dry := c.do(http.StatusOK, http.MethodPut, path+"/settings?dryRun=All", `{"data":{"a":"3"}}`)
	assert.Equal(t, "3", object.String(dry, "data", "a"))
	assert.Equal(t, "2", object.String(c.get(path+"/settings"), "data", "a"))
}

func TestStatusIsAPart(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(podPath, webPod)
	merge := func(path, patch string) object.Object {
		t.Helper()
		return c.do(http.StatusOK, http.MethodPatch, path, patch, "Content-Type", "application/merge-patch+json")
	}
	assert.Equal(t, "Running", object.String(merge(podPath+"/web", `{"status":{"phase":"Failed"}}`), "status", "phase"))
	failed := merge(podPath+"/web/status", `{"metadata":{"labels":{"app":"b"}},"status":{"phase":"Failed"}}`)
	assert.Equal(t, "Failed web", object.String(failed, "status", "phase")+" "+object.String(failed, "metadata", "labels", "app"))
	assert.Equal(t, "Failed", object.String(c.get(podPath+"/web/status"), "status", "phase"), "it stays as it is")
}

func TestPatchKinds(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(appPath, app)
	patch := func(code int, media, body string) object.Object {
		t.Helper()
		return c.do(code, http.MethodPatch, appPath+"/app", body, "Content-Type", media)
	}
	const (
		strategic = "application/strategic-merge-patch+json"
		json      = "application/json-patch+json"
	)
	scaled := patch(200, strategic, `{"spec": {"replicas": 4}}`)
	assert.Equal(t, object.Int(4), object.Get(scaled, "spec", "replicas"))
	assert.Equal(t, object.Int(2), object.Get(scaled, "metadata", "generation"))
	image := patch(200, strategic, `{"spec": {"template": {"spec": {"containers": [{"name": "nginx","image": "nginx:1.7.9"}]}}}}`)
	containers := object.Maps(image, "spec", "template", "spec", "containers")
	assert.Equal(t, "nginx:1.7.9 1500m", object.String(containers[0], "image")+" "+object.String(containers[0], "resources", "requests", "cpu"))
	patch(200, json, `[{"op":"test","path":"/spec/replicas","value":4},{"op":"replace","path":"/spec/replicas","value":1}]`)
	patch(422, json, `[{"op":"test","path":"/spec/replicas","value":4}]`)
	patch(400, json, `[{"op":"remove","path":"/spec/nothing"}]`)
	patch(400, strategic, `[]`)
	patch(400, strategic, `{"spec":{"template":{"spec":{"containers":[{"image":"a"}]}}}}`)
	patch(409, strategic, `{"metadata":{"resourceVersion":"1"}}`)
	patch(422, strategic, `{"spec":{"selector":{"matchLabels":{"b":"c"}}}}`)
	status := patch(415, "application/apply-patch+yaml", app)
	assert.Contains(t, object.String(status, "message"), json)
	c.do(http.StatusNotFound, http.MethodPatch, appPath+"/gone", `{}`, "Content-Type", strategic)
}

func TestPodsAreFixed(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(podPath, webPod)
	patch := func(code int, body string) {
		t.Helper()
		c.do(code, http.MethodPatch, podPath+"/web", body, "Content-Type", "application/strategic-merge-patch+json")
	}
	patch(http.StatusOK, `{"spec":{"containers":[{"name":"nginx","image":"nginx:2"}],"tolerations":[{"operator":"Exists"}]}}`)
	patch(http.StatusUnprocessableEntity, `{"spec":{"nodeSelector":{"a":"b"}}}`)
}

func TestScale(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1), worker(2))
	c.post(appPath, app)
	scale := c.get(appPath + "/app/scale")
	assert.Equal(t, "Scale autoscaling/v1 app=app", object.String(scale, "kind")+" "+object.String(scale, "apiVersion")+" "+object.String(scale, "status", "selector"))
	patched := c.do(http.StatusOK, http.MethodPatch, appPath+"/app/scale", `{"spec":{"replicas":3}}`, "Content-Type", "application/merge-patch+json")
	assert.Equal(t, object.Int(3), object.Get(patched, "spec", "replicas"))
	assert.Len(t, names(c.get(podPath)), 3)
	c.do(http.StatusConflict, http.MethodPut, appPath+"/app/scale", `{"metadata":{"resourceVersion":"1"},"spec":{"replicas":0}}`)
	c.do(http.StatusUnprocessableEntity, http.MethodPut, appPath+"/app/scale", `{"spec":{"replicas":-1}}`)
	c.do(http.StatusOK, http.MethodPut, appPath+"/app/scale", `{"spec":{}}`)
	assert.Empty(t, names(c.get(podPath)))
}

func TestNamespaces(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	const path = "/api/v1/namespaces"
	assert.Equal(t, []string{"default", "kube-node-lease", "kube-public", "kube-system"}, names(c.get(path)))
	c.post(path, `{"metadata":{"name":"team"}}`)
	assert.Equal(t, "Active", object.String(c.get(path+"/team"), "status", "phase"))
	assert.Equal(t, []string{"default"}, names(c.get(path+"/team/serviceaccounts")))
	c.post(path+"/team/pods", webPod)
	c.do(http.StatusOK, http.MethodDelete, path+"/team", "")
	assert.Empty(t, names(c.get(allPods)))
	c.do(http.StatusNotFound, http.MethodPost, path+"/team/pods", webPod)
	status := c.do(http.StatusForbidden, http.MethodDelete, path+"/default", "")
	assert.Contains(t, object.String(status, "message"), "this namespace may not be deleted")
	c.do(http.StatusUnprocessableEntity, http.MethodPost, path, `{"metadata":{"name":"a.b"}}`)
}

func TestDelete(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	c.post(podPath, webPod)
	c.do(http.StatusConflict, http.MethodDelete, podPath+"/web", `{"preconditions":{"uid":"other"}}`)
	c.do(http.StatusOK, http.MethodDelete, podPath+"/web", `{"dryRun":["All"]}`)
	c.do(http.StatusBadRequest, http.MethodDelete, podPath+"/web", `{`)
	c.get(podPath + "/web")
	c.do(http.StatusOK, http.MethodPatch, podPath+"/web", `{"metadata":{"finalizers":["a/b"]}}`, "Content-Type", "application/merge-patch+json")
	c.do(http.StatusCreated, http.MethodPost, podPath+"/web/eviction", `{"kind":"Eviction","apiVersion":"policy/v1"}`)
	assert.Equal(t, "2026-03-01T08:00:00Z", object.String(c.get(podPath+"/web"), "metadata", "deletionTimestamp"), "finalizers keep it")
	c.do(http.StatusOK, http.MethodPatch, podPath+"/web", `{"metadata":{"finalizers":null}}`, "Content-Type", "application/merge-patch+json")
	c.do(http.StatusNotFound, http.MethodGet, podPath+"/web", "")
	c.do(http.StatusNotFound, http.MethodPost, podPath+"/web/eviction", `{}`)
	c.do(http.StatusBadRequest, http.MethodPost, podPath+"/web/eviction", `{"kind":"Pod"}`)

	for _, name := range []string{"a", "b", "c"} {
		c.post("/api/v1/namespaces/default/configmaps", `{"metadata":{"name":"`+name+`","labels":{"n":"`+name+`"}}}`)
	}
	list := c.do(http.StatusOK, http.MethodDelete, "/api/v1/namespaces/default/configmaps?labelSelector=n+in+(a,b)", "")
	assert.Equal(t, []string{"a", "b"}, names(list))
	assert.Equal(t, []string{"c"}, names(c.get("/api/v1/configmaps")))
	c.do(http.StatusMethodNotAllowed, http.MethodDelete, "/api/v1/configmaps", "")
}

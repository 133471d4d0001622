package kube

import (
	"net/http"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/openapi"
)

// serveOpenAPI responds with the descriptions of the API. It tells whether the
// path is one of theirs. kubectl asks for OpenAPI 2 in protobuf alone.
func (a *API) serveOpenAPI(w http.ResponseWriter, r *http.Request, path string) bool {
	var response object.Object
	switch version := a.source.Version(); path {
	case "/openapi/v2":
		response = openapi.V2(version, describedResources)
		if accepted := strings.Join(r.Header.Values("Accept"), ","); strings.Contains(accepted, "proto-openapi.spec.v2") {
			w.Header().Set("Content-Type", openapi.MediaTypeV2)
			_, _ = w.Write(openapi.Protobuf(response))
			return true
		}
	case "/openapi/v3":
		response = openapi.V3Index(describedResources)
	default:
		root, ok := strings.CutPrefix(path, "/openapi/v3/")
		if !ok {
			return false
		}
		response = openapi.V3(version, root, describedResources)
	}
	if response == nil {
		return false
	}
	writeJSON(w, http.StatusOK, response)
	return true
}

// describedResources are what the descriptions tell of the resources.
var describedResources = func() []openapi.Resource {
	var list []openapi.Resource
	for _, r := range resources {
		path := r.root() + "/" + r.name + "/{name}"
		if r.namespaced {
			path = r.root() + "/namespaces/{namespace}/" + r.name + "/{name}"
		}
		list = append(list, openapi.Resource{Group: r.group, Version: r.version, Kind: r.kind, Path: path})
	}
	return slices.Clip(list)
}()

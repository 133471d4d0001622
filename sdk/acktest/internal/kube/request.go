package kube

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// A request is an HTTP request for resources, taken apart.
type request struct {
	http        *http.Request
	query       url.Values
	verb        string
	resource    *resource
	subresource string
	namespace   string
	name        string
	format      format
}

// route says what a request is for.
func (a *API) route(r *http.Request) (*request, *failure) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the query is not well-formed")
	}
	req := &request{http: r, query: query}
	rest, ok := req.findResource(strings.Split(strings.Trim(r.URL.Path, "/"), "/"))
	if !ok || len(rest) > 2 {
		return nil, failed(http.StatusNotFound, "NotFound", "the server could not find the requested resource")
	}
	if len(rest) > 0 {
		req.name = rest[0]
	}
	if len(rest) > 1 {
		req.subresource = rest[1]
	}
	if !req.resource.has(req.subresource) {
		return nil, failed(http.StatusNotFound, "NotFound", "the server could not find the requested resource")
	}
	return req, req.findVerb()
}

// findResource finds the resource and the namespace of a path, and returns the
// rest of the path.
func (req *request) findResource(path []string) (rest []string, ok bool) {
	var group, version string
	switch {
	case len(path) >= 3 && path[0] == "api":
		version, path = path[1], path[2:]
	case len(path) >= 4 && path[0] == "apis":
		group, version, path = path[1], path[2], path[3:]
	default:
		return nil, false
	}
	if len(path) >= 3 && path[0] == "namespaces" {
		if res := find(group, version, path[2]); res != nil && res.namespaced {
			req.resource, req.namespace = res, path[1]
			return path[3:], path[1] != ""
		}
	}
	res := find(group, version, path[0])
	if res == nil || res.namespaced && len(path) > 1 {
		return nil, false
	}
	req.resource = res
	if res == namespaces && len(path) > 1 {
		req.namespace = path[1] // as RBAC has it
	}
	return path[1:], true
}

func find(group, version, name string) *resource {
	i := slices.IndexFunc(resources, func(r *resource) bool { return r.group == group && r.version == version && r.name == name })
	if i < 0 {
		return nil
	}
	return resources[i]
}

// key returns where the object of the request is.
func (req *request) key() store.Key {
	key := store.Key{Resource: req.resource.id(), Name: req.name}
	if req.resource.namespaced {
		key.Namespace = req.namespace
	}
	return key
}

// findVerb finds out what is to be done.
func (req *request) findVerb() *failure {
	named := req.name != ""
	switch req.http.Method {
	case http.MethodGet:
		req.verb = "list"
		if watch := req.query.Get("watch"); !named && (watch == "true" || watch == "1") {
			req.verb = "watch"
		} else if named {
			req.verb = "get"
		}
	case http.MethodPost:
		req.verb = "create"
		named = named == (req.subresource != "") && (req.namespace != "" || !req.resource.namespaced)
	case http.MethodPut:
		req.verb = "update"
	case http.MethodPatch:
		req.verb = "patch"
	case http.MethodDelete:
		req.verb = "delete"
		if !named {
			req.verb, named = "deletecollection", req.namespace != "" || !req.resource.namespaced
		}
	default:
		return notAllowed(req.resource)
	}
	if req.http.Method != http.MethodGet && !named || !slices.Contains(req.verbs(), req.verb) {
		return notAllowed(req.resource)
	}
	return nil
}

// verbs returns what can be done with the resource or its part.
func (req *request) verbs() []string {
	switch req.subresource {
	case "":
		return req.resource.verbs
	case "eviction":
		return []string{"create"}
	case "log":
		return []string{"get"}
	default:
		return []string{"get", "patch", "update"}
	}
}

package kube

import (
	"io"
	"net/http"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// serveFixed responds to requests for what is no resource: versions, health,
// discovery and descriptions. It tells whether the path is one of these.
// Discovery is not aggregated: a client that asks for that sees by the media type
// that it got the older form.
func (a *API) serveFixed(w http.ResponseWriter, r *http.Request, path string) bool {
	var response object.Object
	switch path {
	case "/healthz", "/livez", "/readyz":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok")
		return true
	case "/version":
		response = a.version()
	case "/api":
		response = object.Object{
			"kind": "APIVersions", "versions": []any{"v1"},
			"serverAddressByClientCIDRs": []any{object.Object{"clientCIDR": "0.0.0.0/0", "serverAddress": r.Host}},
		}
	case "/apis":
		response = object.Object{"kind": "APIGroupList", "apiVersion": "v1", "groups": apiGroups()}
	default:
		response = describe(path)
	}
	if response == nil {
		return a.serveOpenAPI(w, r, path)
	}
	if r.Method != http.MethodGet {
		writeFailure(w, failed(http.StatusMethodNotAllowed, "MethodNotAllowed", "the server does not allow this method on %s", path))
		return true
	}
	writeJSON(w, http.StatusOK, response)
	return true
}

// version returns the version of the cluster. Minor and the parts that no
// source tells are as in other clusters of this kind.
func (a *API) version() object.Object {
	version := a.source.Version()
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	return object.Object{
		"major": major, "minor": minor, "gitVersion": "v" + version, "gitCommit": "", "gitTreeState": "clean",
		"buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "gc", "platform": "linux/amd64",
	}
}

// describe returns the description of a group or of one of its versions, or nil
// if the path is of neither.
func describe(path string) object.Object {
	for _, group := range apiGroups() {
		g, _ := group.(object.Object)
		if path == "/apis/"+object.String(g, "name") {
			described := object.Clone(g)
			described["kind"], described["apiVersion"] = "APIGroup", "v1"
			return described
		}
	}
	for _, r := range resources {
		if path == r.root() {
			return object.Object{
				"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": r.apiVersion(), "resources": apiResources(r.apiVersion()),
			}
		}
	}
	return nil
}

// root returns the path below which the resources of the same group and version are.
func (r *resource) root() string {
	if r.group == "" {
		return "/api/" + r.version
	}
	return "/apis/" + r.apiVersion()
}

// apiGroups returns the groups that have a name.
func apiGroups() []any {
	groups := []any{}
	seen := map[string]bool{"": true}
	for _, r := range resources {
		if seen[r.group] {
			continue
		}
		seen[r.group] = true
		version := object.Object{"groupVersion": r.apiVersion(), "version": r.version}
		groups = append(groups, object.Object{"name": r.group, "versions": []any{version}, "preferredVersion": version})
	}
	return groups
}

// apiResources returns the resources of a version of a group, and their parts.
func apiResources(version string) []any {
	list := []any{}
	for _, r := range resources {
		if r.apiVersion() != version {
			continue
		}
		list = append(list, described(r, r.name, r.kind, r.verbs))
		if r.status {
			list = append(list, described(r, r.name+"/status", r.kind, []string{"get", "patch", "update"}))
		}
		for _, sub := range r.subresources {
			list = append(list, describedPart(r, sub))
		}
	}
	return list
}

func described(r *resource, name, kind string, verbs []string) object.Object {
	o := object.Object{"name": name, "singularName": "", "namespaced": r.namespaced, "kind": kind, "verbs": texts(verbs)}
	if name == r.name {
		o["singularName"] = r.singular
		if len(r.short) > 0 {
			o["shortNames"] = texts(r.short)
		}
		if len(r.categories) > 0 {
			o["categories"] = texts(r.categories)
		}
	}
	return o
}

// describedPart describes a part that has objects of another kind.
func describedPart(r *resource, sub string) object.Object {
	name := r.path(sub)
	switch sub {
	case "scale":
		o := described(r, name, "Scale", []string{"get", "patch", "update"})
		o["group"], o["version"] = "autoscaling", "v1"
		return o
	case "eviction":
		o := described(r, name, "Eviction", []string{"create"})
		o["group"], o["version"] = "policy", "v1"
		return o
	default:
		return described(r, name, r.kind, []string{"get"})
	}
}

func texts(list []string) []any {
	all := make([]any, len(list))
	for i, text := range list {
		all[i] = text
	}
	return all
}

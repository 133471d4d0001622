package kube

import (
	"net/http"
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// systemNamespaces are those that each cluster begins with, and that stay.
var systemNamespaces = []string{"default", "kube-node-lease", "kube-public", "kube-system"}

// namespaceLabel is the label of a namespace that holds its name.
const namespaceLabel = "kubernetes.io/metadata.name"

// delete deletes one object.
func (a *API) delete(w http.ResponseWriter, req *request) *failure {
	options, f := readDeleteOptions(w, req)
	if f != nil {
		return f
	}
	status, f := a.transact(func() (object.Object, *failure) {
		o, ok := a.store.Get(req.key())
		if !ok {
			return nil, notFound(req.resource, req.name)
		}
		f := checkPreconditions(req.resource, o, object.String(options, "preconditions", "uid"), object.String(options, "preconditions", "resourceVersion"))
		if f == nil {
			f = a.remove(req, req.key(), o, object.String(options, "propagationPolicy"))
		}
		return deleted(req.resource, o), f
	})
	if f != nil {
		return f
	}
	writeJSON(w, http.StatusOK, status)
	return nil
}

// deleteCollection deletes the chosen objects and responds with the list of them.
func (a *API) deleteCollection(w http.ResponseWriter, req *request) *failure {
	options, f := readDeleteOptions(w, req)
	if f != nil {
		return f
	}
	chosen, f := choose(req)
	if f != nil {
		return f
	}
	items := []any{}
	_, f = a.transact(func() (object.Object, *failure) {
		for _, item := range a.store.List(req.resource.id(), chosen.namespace) {
			if !chosen.has(item.Key, item.Object) {
				continue
			}
			if f := a.remove(req, item.Key, item.Object, object.String(options, "propagationPolicy")); f != nil {
				return nil, f
			}
			items = append(items, item.Object)
		}
		return nil, nil
	})
	if f != nil {
		return f
	}
	writeJSON(w, http.StatusOK, a.formattedList(req, object.Object{"resourceVersion": ""}, items))
	return nil
}

// readDeleteOptions returns the options of the body, and those of the query.
func readDeleteOptions(w http.ResponseWriter, req *request) (object.Object, *failure) {
	media, body, f := readBody(w, req.http)
	if f != nil {
		return nil, f
	}
	options := object.Object{}
	if len(body) > 0 {
		if options, f = decode(media, body); f != nil {
			return nil, f
		}
	}
	if policy := req.query.Get("propagationPolicy"); policy != "" {
		options["propagationPolicy"] = policy
	}
	if slices.Contains(object.List(options, "dryRun"), any("All")) {
		req.query.Set("dryRun", "All")
	}
	return options, nil
}

// remove deletes an object, or marks it while it has finalizers. What it owns
// is deleted too, unless the policy is to leave it.
func (a *API) remove(req *request, key store.Key, o object.Object, policy string) *failure {
	if req.resource == namespaces && slices.Contains(systemNamespaces, key.Name) {
		return failed(http.StatusForbidden, "Forbidden", "namespaces %q is forbidden: this namespace may not be deleted", key.Name).about(namespaces, key.Name)
	}
	if req.dryRun() {
		return nil
	}
	if policy == "Orphan" {
		a.disown(o)
	}
	if len(object.List(o, "metadata", "finalizers")) == 0 {
		a.store.Delete(key)
	} else if !isDeleted(o) {
		o = object.Clone(o)
		object.Set(o, a.timestamp(), "metadata", "deletionTimestamp")
		object.Set(o, object.Int(0), "metadata", "deletionGracePeriodSeconds")
		a.store.Put(key, o)
	}
	if req.resource == namespaces {
		a.empty(key.Name)
	}
	return nil
}

// empty deletes all that is in a namespace.
func (a *API) empty(namespace string) {
	for _, item := range a.store.All() {
		if item.Key.Namespace == namespace {
			a.store.Delete(item.Key)
		}
	}
}

// disown makes objects independent of their owner.
func (a *API) disown(owner object.Object) {
	uid := object.String(owner, "metadata", "uid")
	for _, item := range a.store.All() {
		owners := object.List(item.Object, "metadata", "ownerReferences")
		rest := slices.DeleteFunc(slices.Clone(owners), func(ref any) bool {
			r, ok := ref.(object.Object)
			return ok && object.String(r, "uid") == uid
		})
		if len(rest) < len(owners) {
			o := object.Clone(item.Object)
			object.Set(o, rest, "metadata", "ownerReferences")
			a.store.Put(item.Key, o)
		}
	}
}

// evict deletes a pod as those do who drain a node.
func (a *API) evict(w http.ResponseWriter, req *request, eviction object.Object) *failure {
	if kind := object.String(eviction, "kind"); kind != "" && kind != "Eviction" {
		return badRequest("the kind of the object (%s) is not Eviction", kind)
	}
	status, f := a.transact(func() (object.Object, *failure) {
		o, ok := a.store.Get(req.key())
		if !ok {
			return nil, notFound(req.resource, req.name)
		}
		return success(), a.remove(req, req.key(), o, "")
	})
	if f != nil {
		return f
	}
	writeJSON(w, http.StatusCreated, status)
	return nil
}

func success() object.Object {
	return object.Object{"kind": "Status", "apiVersion": "v1", "metadata": object.Object{}, "status": "Success"}
}

// deleted says which object was deleted.
func deleted(res *resource, o object.Object) object.Object {
	status := success()
	details := object.Object{"name": name(o), "kind": res.name, "uid": object.String(o, "metadata", "uid")}
	if res.group != "" {
		details["group"] = res.group
	}
	status["details"] = details
	return status
}

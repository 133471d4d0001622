package kube

import (
	"net/http"
	"reflect"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// transact makes a change, does what follows from it, and wakes those who watch.
func (a *API) transact(change func() (object.Object, *failure)) (object.Object, *failure) {
	o, f, changed := a.change(change)
	if changed {
		a.changes.send()
		a.tellNamespaces()
		if a.Changed != nil {
			a.Changed()
		}
	}
	return o, f
}

// change makes a change, and reports whether there was one.
func (a *API) change(change func() (object.Object, *failure)) (o object.Object, f *failure, changed bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.store.Revision()
	o, f = change()
	if a.store.Revision() == before {
		return o, f, false
	}
	a.settle()
	return o, f, true
}

// respond sends the object that a change has made, or returns why there is none.
func (a *API) respond(w http.ResponseWriter, req *request, code int, o object.Object, f *failure) *failure {
	if f != nil {
		return f
	}
	if req.resource == nodes {
		a.tellNodes()
	}
	writeJSON(w, code, a.formatted(req, o))
	return nil
}

// create makes an object.
func (a *API) create(w http.ResponseWriter, req *request) *failure {
	o, f := readObject(w, req.http)
	if f != nil {
		return f
	}
	if req.subresource == "eviction" {
		return a.evict(w, req, o)
	}
	if f := req.identify(o); f != nil {
		return f
	}
	created, f := a.transact(func() (object.Object, *failure) { return a.add(req, o) })
	return a.respond(w, req, http.StatusCreated, created, f)
}

// add stores a new object.
func (a *API) add(req *request, o object.Object) (object.Object, *failure) {
	if f := a.nameNew(req, o); f != nil {
		return nil, f
	}
	a.begin(req.resource, o)
	if causes := req.resource.causes(o, nil); len(causes) > 0 {
		return nil, invalid(req.resource, req.name, causes...)
	}
	if _, exists := a.store.Get(req.key()); exists {
		return nil, alreadyExists(req.resource, req.name)
	}
	if !req.dryRun() {
		a.store.Put(req.key(), o)
		if req.resource == namespaces {
			a.makeServiceAccount(req.name)
		}
	}
	return req.resource.typed(o), nil
}

// begin makes a complete object of one that is new.
func (a *API) begin(res *resource, o object.Object) {
	meta := object.Map(o, "metadata")
	for _, field := range []string{"resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"} {
		delete(meta, field)
	}
	meta["uid"], meta["creationTimestamp"] = a.newUID(), a.timestamp()
	if res.generation {
		meta["generation"] = object.Int(1)
	}
	if res.status {
		delete(o, "status")
	}
	if res.complete != nil {
		res.complete(o)
	}
}

// update puts an object in place of the one of its name.
func (a *API) update(w http.ResponseWriter, req *request) *failure {
	o, f := readObject(w, req.http)
	if f != nil {
		return f
	}
	updated, f := a.transact(func() (object.Object, *failure) {
		old, ok := a.store.Get(req.key())
		if !ok {
			return nil, notFound(req.resource, req.name)
		}
		return a.replace(req, old, o)
	})
	return a.respond(w, req, http.StatusOK, updated, f)
}

// replace stores an object, or the part of it that the request is for, in place
// of an old one.
func (a *API) replace(req *request, old, o object.Object) (object.Object, *failure) {
	if req.subresource == "scale" {
		return a.setScale(req, old, o)
	}
	if f := req.identify(o); f != nil {
		return nil, f
	}
	if f := checkPreconditions(req.resource, old, object.String(o, "metadata", "uid"), object.String(o, "metadata", "resourceVersion")); f != nil {
		return nil, f
	}
	o = req.resource.successor(old, o, req.subresource)
	if causes := req.resource.causes(o, old); len(causes) > 0 {
		return nil, invalid(req.resource, req.name, causes...)
	}
	return req.resource.typed(a.exchange(req, old, o)), nil
}

// exchange stores an object in place of an old one, unless they are the same.
func (a *API) exchange(req *request, old, o object.Object) object.Object {
	res := req.resource
	if res.generation && !reflect.DeepEqual(old["spec"], o["spec"]) {
		object.Set(o, object.Int(number(old, "metadata", "generation")+1), "metadata", "generation")
	}
	if reflect.DeepEqual(old, o) {
		return old
	}
	if req.dryRun() {
		return o
	}
	a.store.Put(req.key(), o)
	if isDeleted(o) && len(object.List(o, "metadata", "finalizers")) == 0 {
		a.store.Delete(req.key())
	}
	return o
}

// successor returns the object that follows on an old one when a client sends a
// new one: who it is stays, and only requests for the status change that.
func (r *resource) successor(old, o object.Object, subresource string) object.Object {
	if subresource == "status" {
		status := o["status"]
		o = object.Clone(old)
		o["status"] = status
		return o
	}
	meta, oldMeta := object.Map(o, "metadata"), object.Map(old, "metadata")
	for _, field := range []string{"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "generateName"} {
		delete(meta, field)
		if value, ok := oldMeta[field]; ok {
			meta[field] = value
		}
	}
	if r.status {
		delete(o, "status")
		if status, ok := old["status"]; ok {
			o["status"] = object.CloneTree(status)
		}
	}
	if r.complete != nil {
		r.complete(o)
	}
	return o
}

// checkPreconditions compares who an object is, and of which revision, with
// what a client expects. An empty expectation is none.
func checkPreconditions(res *resource, o object.Object, uid, revision string) *failure {
	if actual := object.String(o, "metadata", "uid"); uid != "" && uid != actual {
		return conflict(res, name(o), "Precondition failed: UID in precondition: "+uid+", UID in object meta: "+actual)
	}
	if revision != "" && revision != object.String(o, "metadata", "resourceVersion") {
		return conflict(res, name(o), "the object has been modified; please apply your changes to the latest version and try again")
	}
	return nil
}

func isDeleted(o object.Object) bool { return object.String(o, "metadata", "deletionTimestamp") != "" }

// dryRun tells whether nothing is to be stored.
func (req *request) dryRun() bool { return req.query.Get("dryRun") == "All" }

// makeNamespace makes a namespace of the system.
func (a *API) makeNamespace(name string) {
	o := object.Object{"metadata": object.Object{"name": name, "labels": object.Object{namespaceLabel: name}}}
	a.begin(namespaces, o)
	a.store.Put(store.Key{Resource: namespaces.id(), Name: name}, o)
	a.makeServiceAccount(name)
}

// makeServiceAccount makes the service account that each namespace has.
func (a *API) makeServiceAccount(namespace string) {
	o := object.Object{"metadata": object.Object{"name": "default", "namespace": namespace}}
	a.begin(serviceAccounts, o)
	a.store.Put(store.Key{Resource: serviceAccounts.id(), Namespace: namespace, Name: "default"}, o)
}

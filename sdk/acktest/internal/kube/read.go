package kube

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/selector"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// get responds with one object.
func (a *API) get(w http.ResponseWriter, req *request) *failure {
	a.mu.Lock()
	o, ok := a.store.Get(req.key())
	a.mu.Unlock()
	switch {
	case !ok:
		return notFound(req.resource, req.name)
	case req.subresource == "log":
		return serveLog(w, req, o)
	case req.subresource == "scale":
		o = scaleOf(o)
	default:
		o = req.resource.typed(o)
	}
	writeJSON(w, http.StatusOK, a.formatted(req, o))
	return nil
}

// typed returns an object with its kind, which the store does not keep.
func (r *resource) typed(o object.Object) object.Object {
	typed := maps.Clone(o)
	typed["kind"], typed["apiVersion"] = r.kind, r.apiVersion()
	return typed
}

// serveLog responds with the log of a container, which is empty: nothing runs.
func serveLog(w http.ResponseWriter, req *request, pod object.Object) *failure {
	name := req.query.Get("container")
	containers := object.Maps(pod, "spec", "containers")
	known := slices.ContainsFunc(containers, func(c object.Object) bool { return object.String(c, "name") == name })
	switch {
	case name == "" && len(containers) > 1:
		return badRequest("a container name must be specified for pod %s", req.name)
	case name != "" && !known:
		return badRequest("container %s is not valid for pod %s", name, req.name)
	case object.String(pod, "spec", "nodeName") == "":
		return badRequest("pod %s does not have a host assigned", req.name)
	}
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusOK)
	return nil
}

// A choice says which objects of a resource a list or watch is about.
type choice struct {
	resource  *resource
	namespace string
	labels    selector.Selector
	fields    selector.Selector
}

// choose reads the selectors of a request.
func choose(req *request) (choice, *failure) {
	c := choice{resource: req.resource}
	if req.resource.namespaced {
		c.namespace = req.namespace
	}
	var err error
	if c.labels, err = selector.ParseLabels(req.query.Get("labelSelector")); err != nil {
		return c, badRequest("unable to parse requirement: %v", err)
	}
	if c.fields, err = selector.ParseFields(req.query.Get("fieldSelector")); err != nil {
		return c, badRequest("%v", err)
	}
	for _, field := range c.fields.Keys() {
		if field != "metadata.name" && field != "metadata.namespace" && !slices.Contains(req.resource.fields, field) {
			return c, badRequest("field label not supported: %s", field)
		}
	}
	return c, nil
}

// has tells whether an object is chosen.
func (c choice) has(key store.Key, o object.Object) bool {
	if o == nil || key.Resource != c.resource.id() || c.namespace != "" && key.Namespace != c.namespace {
		return false
	}
	return c.labels.Matches(object.Strings(o, "metadata", "labels")) && c.fields.Matches(c.fieldsOf(key, o))
}

// fieldsOf returns what field selectors see of an object.
func (c choice) fieldsOf(key store.Key, o object.Object) map[string]string {
	fields := map[string]string{"metadata.name": key.Name, "metadata.namespace": key.Namespace}
	for _, field := range c.resource.fields {
		switch value := object.Get(o, strings.Split(field, ".")...).(type) {
		case string:
			fields[field] = value
		case bool:
			fields[field] = strconv.FormatBool(value)
		default:
			fields[field] = ""
		}
	}
	if c.resource == nodes && fields["spec.unschedulable"] == "" {
		fields["spec.unschedulable"] = "false"
	}
	return fields
}

// list responds with a list, or with one page of it.
func (a *API) list(w http.ResponseWriter, req *request) *failure {
	chosen, f := choose(req)
	if f != nil {
		return f
	}
	limit, err := strconv.Atoi(defaultTo(req.query.Get("limit"), "0"))
	if err != nil || limit < 0 {
		return badRequest("limit is not a number of objects")
	}
	p := page{limit: limit}
	if token := req.query.Get("continue"); token != "" {
		if p.from, err = readToken(token); err != nil {
			return badRequest("continue key is not valid: %v", err)
		}
	}
	if f := a.readPage(req, chosen, &p); f != nil {
		return f
	}
	items := make([]any, len(p.items))
	for i, item := range p.items {
		items[i] = item.Object
	}
	meta := object.Object{"resourceVersion": strconv.FormatInt(p.revision, 10)}
	if p.rest > 0 {
		last := p.items[len(p.items)-1].Key
		meta["continue"] = token{p.revision, last.Namespace, last.Name}.String()
		if chosen.labels.Empty() && chosen.fields.Empty() {
			meta["remainingItemCount"] = object.Int(int64(p.rest))
		}
	}
	writeJSON(w, http.StatusOK, a.formattedList(req, meta, items))
	return nil
}

// A page is a part of a list: what was asked for, and what was found.
type page struct {
	limit    int
	from     token
	revision int64
	items    []store.Item
	rest     int // how many objects come after it
}

// readPage finds the objects of a page. Pages after the first are of the same
// revision as that.
func (a *API) readPage(req *request, chosen choice, p *page) *failure {
	a.mu.Lock()
	defer a.mu.Unlock()
	revision, f := a.listRevision(req, p.from)
	if f != nil {
		return f
	}
	items, err := a.store.ListAt(req.resource.id(), chosen.namespace, revision)
	if err != nil {
		return expired()
	}
	items = slices.DeleteFunc(items, func(item store.Item) bool {
		return !chosen.has(item.Key, item.Object) || !p.from.before(item.Key)
	})
	p.revision, p.items = revision, items
	if p.limit > 0 && len(items) > p.limit {
		p.items, p.rest = items[:p.limit], len(items)-p.limit
	}
	return nil
}

// listRevision returns the revision that a list is to be of: that of its first
// page, exactly the one that was asked for, or the current one.
func (a *API) listRevision(req *request, from token) (int64, *failure) {
	current := a.store.Revision()
	asked, match := req.query.Get("resourceVersion"), req.query.Get("resourceVersionMatch")
	if from.Revision > 0 {
		if asked != "" && asked != "0" {
			return 0, badRequest("specifying resource version is not allowed when using continue")
		}
		return min(from.Revision, current), nil
	}
	if asked == "" {
		if match != "" {
			return 0, badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided")
		}
		return current, nil
	}
	revision, f := readRevision(asked)
	switch {
	case f != nil:
		return 0, f
	case revision > current:
		return 0, ahead(revision, current)
	case match == "Exact" && revision > 0:
		return revision, nil
	case match != "" && match != "NotOlderThan":
		return 0, badRequest("resourceVersionMatch %q is not supported", match)
	default:
		return current, nil
	}
}

func readRevision(text string) (int64, *failure) {
	revision, err := strconv.ParseInt(text, 10, 64)
	if err != nil || revision < 0 {
		return 0, badRequest("resourceVersion: Invalid value: %q", text)
	}
	return revision, nil
}

// A token says where the next page of a list begins: behind an object.
type token struct {
	Revision  int64  `json:"rv"`
	Namespace string `json:"ns"`
	Name      string `json:"name"`
}

func (t token) String() string {
	text, err := json.Marshal(t)
	if err != nil {
		return "" // it has two texts and a number
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func readToken(text string) (token, error) {
	var t token
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(data, &t)
}

// before tells whether an object comes after the place of the token.
func (t token) before(key store.Key) bool {
	return t.Revision == 0 || store.Key{Resource: key.Resource, Namespace: t.Namespace, Name: t.Name}.Compare(key) < 0
}

func defaultTo(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

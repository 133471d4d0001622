package kube

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// historyLimit is how many changes are remembered for watches that resume. It
// is larger than what one request can change, so that no watch misses any of it.
const historyLimit = 4 * maxPods

// API is the Kubernetes API of one cluster. Make one with [NewAPI]. It is safe
// for concurrent use.
//
// Requests come from the user that [WithUser] put into their context.
type API struct {
	// Allowed tells whether a user may do something, in the words of RBAC. A
	// namespace is empty for objects of the cluster and for lists of all
	// namespaces. If it is nil, everybody may do everything. Set it before the
	// first request.
	Allowed func(user, verb, resource, namespace string) bool

	// NamespacesChanged gets the sorted names of all namespaces when one was made
	// or deleted, before the response to that request. Set it before the first
	// request, or leave it nil.
	NamespacesChanged func(names []string)

	// NodeEdited gets what clients have changed of a node of the source, before
	// the response to their request. From then on, the source has to say it. It
	// must not use the API. Set it before the first request, or leave it nil.
	NodeEdited func(NodeEdit)

	// Changed is called when objects have changed. It must not use the API. Set it
	// before the first request, or leave it nil.
	Changed func()

	source Source
	now    func() time.Time

	toldMu sync.Mutex // held while NamespacesChanged runs
	told   []string

	stale   atomic.Bool // nodes may have changed since they were last read
	changes signal      // something has changed, or nodes may have
	closed  chan struct{}
	close   func()

	nodesMu sync.Mutex // held while nodes are read from the source and stored, and while NodeEdited runs

	mu    sync.Mutex
	store *store.Store
	nodes map[string]object.Object // what the source said last of each node, or was told
}

// NewAPI returns an API whose cluster has the nodes of the source, and four
// namespaces. The time of everything in it is that of now.
func NewAPI(source Source, now func() time.Time) *API {
	a := &API{
		source: source, now: now, closed: make(chan struct{}),
		store: store.New(historyLimit), nodes: map[string]object.Object{},
	}
	a.close = sync.OnceFunc(func() { close(a.closed) })
	a.stale.Store(true)
	for _, name := range systemNamespaces {
		a.makeNamespace(name)
	}
	return a
}

// NodesChanged says that the nodes of the source may have changed. It never
// blocks, and calls nobody: watches read the nodes in goroutines of their own.
func (a *API) NodesChanged() {
	a.stale.Store(true)
	a.changes.send()
}

// Close ends all watches. Requests that come later are refused.
func (a *API) Close() { a.close() }

// ServeHTTP responds to a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-a.closed:
		writeFailure(w, failed(http.StatusServiceUnavailable, "ServiceUnavailable", "the cluster is gone"))
		return
	default:
	}
	if path := strings.TrimSuffix(r.URL.Path, "/"); a.serveFixed(w, r, path) {
		return
	}
	req, failure := a.route(r)
	if failure == nil {
		failure = a.serveResource(w, req)
	}
	if failure != nil {
		writeFailure(w, failure)
	}
}

// serveResource responds to a request for resources, or returns why it cannot.
func (a *API) serveResource(w http.ResponseWriter, req *request) *failure {
	user := UserOf(req.http.Context())
	if a.Allowed != nil && !a.Allowed(user.Name, req.verb, req.resource.path(req.subresource), req.namespace) {
		return forbidden(req, user.Name)
	}
	format, failure := negotiate(req.http.Header.Values("Accept"))
	if failure != nil {
		return failure
	}
	if req.subresource == "" || req.subresource == "status" {
		req.format = format // the objects of other parts have one form
	}
	a.readNodes()
	switch req.verb {
	case "get":
		return a.get(w, req)
	case "list":
		return a.list(w, req)
	case "watch":
		return a.watch(w, req)
	case "create":
		return a.create(w, req)
	case "update":
		return a.update(w, req)
	case "patch":
		return a.patch(w, req)
	case "delete":
		return a.delete(w, req)
	default:
		return a.deleteCollection(w, req)
	}
}

// timestamp returns the time as it stands in objects.
func (a *API) timestamp() string { return a.now().UTC().Format(time.RFC3339) }

// signal wakes those who wait for a change. The zero value is ready.
type signal struct {
	mu   sync.Mutex
	sent chan struct{}
}

// wait returns a channel that is closed by the next call of send.
func (s *signal) wait() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sent == nil {
		s.sent = make(chan struct{})
	}
	return s.sent
}

func (s *signal) send() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sent != nil {
		close(s.sent)
		s.sent = nil
	}
}

package kube

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// bookmarkDistance is after how many changes of other objects a watch tells how
// far it is, so that it can be resumed from there. It is well below what the
// store remembers.
const bookmarkDistance = historyLimit / 4

// initialEventsEnd is the annotation of the bookmark behind the events that
// stand for the objects of a list.
const initialEventsEnd = "k8s.io/initial-events-end"

// A watcher sends the changes of chosen objects to one client.
type watcher struct {
	api       *API
	req       *request
	chosen    choice
	bookmarks bool
	initial   bool // begin with events for the objects that are there
	listEnd   bool // tell where these events end
	revision  int64
	told      int64 // the last revision that the client knows of
	stream    *stream
}

// watch sends changes until the client leaves, its time is over, or the
// cluster is gone.
func (a *API) watch(w http.ResponseWriter, req *request) *failure {
	wt, f := a.newWatcher(req)
	if f != nil {
		return f
	}
	ctx := req.http.Context()
	if text := req.query.Get("timeoutSeconds"); text != "" {
		seconds, err := strconv.Atoi(text)
		if err != nil || seconds < 0 {
			return badRequest("timeoutSeconds is not a number of seconds")
		}
		if seconds > 0 { // the time of the connection, which is not that of the fake
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
			defer cancel()
		}
	}
	backlog, f := wt.begin()
	if f != nil {
		return f
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	wt.stream = &stream{encoder: json.NewEncoder(w), control: http.NewResponseController(w)}
	wt.sendInitial(backlog)
	wt.follow(ctx)
	return nil
}

func (a *API) newWatcher(req *request) (*watcher, *failure) {
	chosen, f := choose(req)
	if f != nil {
		return nil, f
	}
	wt := &watcher{api: a, req: req, chosen: chosen, bookmarks: isTrue(req.query.Get("allowWatchBookmarks"))}
	if wt.revision, f = readRevision(defaultTo(req.query.Get("resourceVersion"), "0")); f != nil {
		return nil, f
	}
	wt.initial = wt.revision == 0
	match := req.query.Get("resourceVersionMatch")
	switch sendInitial := req.query.Get("sendInitialEvents"); {
	case sendInitial == "" && match != "":
		return nil, invalidOptions("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
	case sendInitial != "" && match != "NotOlderThan":
		return nil, invalidOptions("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
	case isTrue(sendInitial):
		wt.initial, wt.listEnd = true, true
	case sendInitial != "":
		wt.initial = false
	}
	return wt, nil
}

func invalidOptions(field, message string) *failure {
	f := failed(http.StatusUnprocessableEntity, "Invalid", "ListOptions.meta.k8s.io %q is invalid: %s: Forbidden: %s", "", field, message)
	f.details = object.Object{"group": "meta.k8s.io", "kind": "ListOptions"}
	return f
}

func isTrue(text string) bool { return text == "true" || text == "1" }

// begin finds where the watch begins, and the objects that it begins with.
func (wt *watcher) begin() ([]store.Item, *failure) {
	a := wt.api
	a.mu.Lock()
	defer a.mu.Unlock()
	current := a.store.Revision()
	switch {
	case wt.revision > current:
		return nil, ahead(wt.revision, current)
	case wt.initial:
		wt.revision = current
		return a.store.List(wt.chosen.resource.id(), wt.chosen.namespace), nil
	case wt.revision == 0:
		wt.revision = current
	}
	if _, err := a.store.Since(wt.revision); err != nil {
		return nil, expired()
	}
	return nil, nil
}

// sendInitial sends events for the objects that the watch begins with.
func (wt *watcher) sendInitial(items []store.Item) {
	for _, item := range items {
		if wt.chosen.has(item.Key, item.Object) {
			wt.send("ADDED", item.Object)
		}
	}
	wt.told = wt.revision
	if wt.listEnd && wt.bookmarks {
		wt.bookmark(object.Object{initialEventsEnd: "true"})
	}
	wt.stream.flush()
}

// follow sends what changes.
func (wt *watcher) follow(ctx context.Context) {
	a := wt.api
	for wt.stream.err == nil {
		changed := a.changes.wait() // before reading, so that no change is missed
		if a.stale.Load() {
			a.readNodes()
		}
		if !wt.sendChanges() {
			return
		}
		select {
		case <-changed:
		case <-a.closed:
			return
		case <-ctx.Done():
			if wt.bookmarks && wt.told < wt.revision {
				wt.bookmark(nil)
				wt.stream.flush()
			}
			return
		}
	}
}

// sendChanges sends what has changed since the last time. It returns false when
// the watch cannot go on, as that is not known any more.
func (wt *watcher) sendChanges() bool {
	a := wt.api
	a.mu.Lock()
	events, err := a.store.Since(wt.revision)
	a.mu.Unlock()
	if err != nil {
		wt.stream.send(object.Object{"type": "ERROR", "object": expired().status()})
		wt.stream.flush()
		return false
	}
	for _, e := range events {
		wt.sendEvent(e)
		wt.revision = e.Revision
	}
	if wt.bookmarks && wt.revision-wt.told >= bookmarkDistance {
		wt.bookmark(nil)
	}
	wt.stream.flush()
	return true
}

// sendEvent sends a change if it is one to those who see only what is chosen:
// an object that is not chosen any more is deleted for them.
func (wt *watcher) sendEvent(e store.Event) {
	before, after := wt.chosen.has(e.Key, e.Before), wt.chosen.has(e.Key, e.After)
	switch {
	case before && after:
		wt.send("MODIFIED", e.After)
	case after:
		wt.send("ADDED", e.After)
	case before:
		gone := maps.Clone(e.Before)
		meta := maps.Clone(object.Map(gone, "metadata"))
		meta["resourceVersion"] = strconv.FormatInt(e.Revision, 10)
		gone["metadata"] = meta
		wt.send("DELETED", gone)
	default:
		return
	}
	wt.told = e.Revision
}

func (wt *watcher) send(kind string, o object.Object) {
	o = wt.chosen.resource.typed(o)
	wt.stream.send(object.Object{"type": kind, "object": wt.api.formattedEvent(wt.req, o, wt.stream.sent == 0)})
}

// bookmark tells the client how far the watch is.
func (wt *watcher) bookmark(annotations object.Object) {
	meta := object.Object{"resourceVersion": strconv.FormatInt(wt.revision, 10), "creationTimestamp": nil}
	if annotations != nil {
		meta["annotations"] = annotations
	}
	wt.send("BOOKMARK", object.Object{"metadata": meta})
	wt.told = wt.revision
}

// A stream writes one value of JSON after the other. After an error it writes nothing.
type stream struct {
	encoder *json.Encoder
	control *http.ResponseController
	sent    int
	err     error
}

func (s *stream) send(value object.Object) {
	if s.err == nil {
		s.err = s.encoder.Encode(value)
		s.sent++
	}
}

func (s *stream) flush() {
	if s.err == nil {
		s.err = s.control.Flush()
	}
}

// Package store keeps the objects of one cluster, the revision of each, and what
// happened to them lately, as lists of the past and watches need it.
//
// # Imports
//
// It may import the standard library and package object.
package store

import (
	"errors"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// ErrExpired says that a revision is too old: what happened since then is not
// known completely.
var ErrExpired = errors.New("the revision is too old")

// Key says where an object is.
type Key struct {
	Resource  string // with its group, such as deployments.apps
	Namespace string // empty for objects of the cluster
	Name      string
}

// An Event is one change of one object. Before is nil if the object was
// created, After if it was deleted. Objects of events are not to be changed.
type Event struct {
	Revision      int64
	Key           Key
	Before, After object.Object
}

// Store holds objects. Make one with [New]. It is not safe for concurrent use.
// Objects that it was given or returned are not to be changed.
type Store struct {
	revision  int64
	objects   map[Key]object.Object
	history   []Event
	compacted int64 // what happened up to this revision is forgotten
	limit     int
}

// New returns a store that remembers at least the last limit changes.
func New(limit int) *Store {
	// Clusters begin at a revision that is not 1, so that nobody takes revisions for counts.
	return &Store{revision: 1000, compacted: 1000, objects: map[Key]object.Object{}, limit: limit}
}

// Revision returns the revision of the last change.
func (s *Store) Revision() int64 { return s.revision }

// Get returns an object.
func (s *Store) Get(key Key) (object.Object, bool) {
	o, ok := s.objects[key]
	return o, ok
}

// Put keeps an object in place of the one that has its key, if any, and writes
// the new revision into its metadata.
func (s *Store) Put(key Key, o object.Object) {
	s.revision++
	object.Set(o, object.Int(s.revision).String(), "metadata", "resourceVersion")
	s.record(Event{Revision: s.revision, Key: key, Before: s.objects[key], After: o})
	s.objects[key] = o
}

// Delete removes an object, if it is there.
func (s *Store) Delete(key Key) {
	before, ok := s.objects[key]
	if !ok {
		return
	}
	s.revision++
	s.record(Event{Revision: s.revision, Key: key, Before: before})
	delete(s.objects, key)
}

func (s *Store) record(e Event) {
	s.history = append(s.history, e)
	if len(s.history) >= 2*s.limit {
		s.compacted = s.history[len(s.history)-s.limit-1].Revision
		s.history = slices.Clone(s.history[len(s.history)-s.limit:])
	}
}

// Item is an object and its key.
type Item struct {
	Key    Key
	Object object.Object
}

// List returns the objects of a resource by namespace and name. An empty
// namespace stands for all.
func (s *Store) List(resource, namespace string) []Item {
	return sorted(s.objects, resource, namespace)
}

// ListAt returns what List returned at a revision.
func (s *Store) ListAt(resource, namespace string, revision int64) ([]Item, error) {
	if revision < s.compacted {
		return nil, ErrExpired
	}
	past := map[Key]object.Object{}
	for key, o := range s.objects {
		if key.Resource == resource {
			past[key] = o
		}
	}
	for _, e := range slices.Backward(s.history) {
		if e.Revision <= revision {
			break
		}
		if e.Before == nil {
			delete(past, e.Key)
		} else {
			past[e.Key] = e.Before
		}
	}
	return sorted(past, resource, namespace), nil
}

// All returns all objects, by resource, namespace and name.
func (s *Store) All() []Item { return sorted(s.objects, "", "") }

func sorted(objects map[Key]object.Object, resource, namespace string) []Item {
	items := []Item{}
	for key, o := range objects {
		if (resource == "" || key.Resource == resource) && (namespace == "" || key.Namespace == namespace) {
			items = append(items, Item{key, o})
		}
	}
	slices.SortFunc(items, func(a, b Item) int { return a.Key.Compare(b.Key) })
	return items
}

// Compare orders keys by resource, namespace and name.
func (k Key) Compare(other Key) int {
	if c := strings.Compare(k.Resource, other.Resource); c != 0 {
		return c
	}
	if c := strings.Compare(k.Namespace, other.Namespace); c != 0 {
		return c
	}
	return strings.Compare(k.Name, other.Name)
}

// Since returns what happened after a revision, in order.
func (s *Store) Since(revision int64) ([]Event, error) {
	if revision < s.compacted {
		return nil, ErrExpired
	}
	i, _ := slices.BinarySearchFunc(s.history, revision+1, func(e Event, r int64) int { return int(e.Revision - r) })
	return s.history[i:], nil
}

// Restore brings the objects and the revision of a snapshot back. It forgets
// what happened before.
func (s *Store) Restore(revision int64, items []Item) {
	s.revision, s.compacted, s.history = revision, revision, nil
	s.objects = make(map[Key]object.Object, len(items))
	for _, item := range items {
		s.objects[item.Key] = item.Object
	}
}

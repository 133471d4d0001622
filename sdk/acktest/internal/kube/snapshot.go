package kube

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// A Snapshot is what the API of a cluster keeps at one time. It is saved as
// JSON, always as the same for the same state. It holds what secrets hold: keep
// it secret. It does not change, and is safe for concurrent use.
type Snapshot struct {
	revision int64
	items    []store.Item
	nodes    map[string]object.Object // as the source told them last
}

// SnapshotError says what is wrong with a snapshot, without a value of it.
type SnapshotError string

// Error implements error.
func (e SnapshotError) Error() string { return string(e) }

// maxRevision bounds the revisions of snapshots, so that an API can go on from each.
const maxRevision = 1 << 53

// savedSnapshot is a snapshot as JSON.
type savedSnapshot struct {
	Revision int64                      `json:"revision"`
	Objects  []savedObject              `json:"objects"`
	Nodes    map[string]json.RawMessage `json:"nodes"`
}

type savedObject struct {
	Resource  string          `json:"resource"`
	Namespace string          `json:"namespace,omitempty"`
	Name      string          `json:"name"`
	Object    json.RawMessage `json:"object"`
}

// Snapshot returns what the API keeps. It never waits for the source.
func (a *API) Snapshot() *Snapshot {
	a.mu.Lock()
	defer a.mu.Unlock()
	return &Snapshot{revision: a.store.Revision(), items: a.store.All(), nodes: maps.Clone(a.nodes)}
}

// Restore makes the API keep what is in a snapshot, in place of all that it
// kept. Call it before the first request.
func (a *API) Restore(s *Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.store.Restore(s.revision, s.items)
	a.nodes = maps.Clone(s.nodes)
}

// MarshalJSON writes the snapshot.
func (s *Snapshot) MarshalJSON() ([]byte, error) {
	out := savedSnapshot{Revision: s.revision, Objects: make([]savedObject, len(s.items)), Nodes: make(map[string]json.RawMessage, len(s.nodes))}
	for i, item := range s.items {
		text, err := json.Marshal(item.Object)
		if err != nil {
			return nil, fmt.Errorf("save %s %s: %w", item.Key.Resource, item.Key.Name, err)
		}
		out.Objects[i] = savedObject{item.Key.Resource, item.Key.Namespace, item.Key.Name, text}
	}
	for name, node := range s.nodes {
		text, err := json.Marshal(node)
		if err != nil {
			return nil, fmt.Errorf("save node %s: %w", name, err)
		}
		out.Nodes[name] = text
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote, and checks all that an API relies
// on. Its errors are of type [SnapshotError].
func (s *Snapshot) UnmarshalJSON(text []byte) error {
	var saved savedSnapshot
	if err := json.Unmarshal(text, &saved); err != nil {
		return SnapshotError("it is not a snapshot of the API of a cluster")
	}
	if saved.Revision < 0 || saved.Revision > maxRevision {
		return SnapshotError("the revision is not one of an API")
	}
	read := Snapshot{revision: saved.Revision, nodes: make(map[string]object.Object, len(saved.Nodes))}
	for name, text := range saved.Nodes {
		node, err := object.Decode(text)
		if err != nil {
			return SnapshotError("a node is not an object")
		}
		read.nodes[name] = node
	}
	seen := make(map[store.Key]bool, len(saved.Objects))
	for i, o := range saved.Objects {
		item, why := o.item(saved.Revision)
		if why == "" && seen[item.Key] {
			why = "is there twice"
		}
		if why != "" {
			return SnapshotError("object " + strconv.Itoa(i) + " " + why)
		}
		seen[item.Key] = true
		read.items = append(read.items, item)
	}
	*s = read
	return nil
}

// item returns the object with its key, or what is wrong with it. Names are not
// checked by the rules for clients, as nodes and what controllers make need not
// keep to them.
func (o *savedObject) item(revision int64) (item store.Item, why string) {
	tree, err := object.Decode(o.Object)
	if err != nil {
		return item, "is not JSON of an object"
	}
	i := slices.IndexFunc(resources, func(r *resource) bool { return r.id() == o.Resource })
	if i < 0 {
		return item, "is of a kind that the API does not have"
	}
	res, meta := resources[i], object.Map(tree, "metadata")
	at, err := strconv.ParseInt(object.String(meta, "resourceVersion"), 10, 64)
	switch {
	case meta == nil || checkTexts(meta) != nil:
		return item, "has no metadata of an object"
	case o.Name == "" || o.Name != object.String(meta, "name"), o.Namespace != object.String(meta, "namespace"), res.namespaced != (o.Namespace != ""):
		return item, "has another name"
	case err != nil || at < 0 || at > revision:
		return item, "has no revision"
	case object.String(meta, "uid") == "":
		return item, "has no uid"
	case res.check != nil && len(res.check(tree, nil)) > 0:
		return item, "is not as the API makes them"
	}
	return store.Item{Key: store.Key{Resource: o.Resource, Namespace: o.Namespace, Name: o.Name}, Object: tree}, ""
}

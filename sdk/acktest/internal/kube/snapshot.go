package kube

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// snapshot is the state of an API as it is saved.
type snapshot struct {
	Revision int64           `json:"revision"`
	Objects  []saved         `json:"objects"`
	Nodes    json.RawMessage `json:"nodes"` // as the source told them last
}

type saved struct {
	Resource  string          `json:"resource"`
	Namespace string          `json:"namespace,omitempty"`
	Name      string          `json:"name"`
	Object    json.RawMessage `json:"object"`
}

// Snapshot returns the state of the API as JSON, always the same for the same
// state. It holds what secrets hold: keep it secret.
func (a *API) Snapshot() (json.RawMessage, error) {
	a.nodesMu.Lock() // so that nodes and objects belong together
	defer a.nodesMu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	s := snapshot{Revision: a.store.Revision()}
	var err error
	if s.Nodes, err = json.Marshal(a.nodes); err != nil {
		return nil, fmt.Errorf("save nodes: %w", err)
	}
	for _, item := range a.store.All() {
		text, err := json.Marshal(item.Object)
		if err != nil {
			return nil, fmt.Errorf("save %s %s: %w", item.Key.Resource, item.Key.Name, err)
		}
		s.Objects = append(s.Objects, saved{item.Key.Resource, item.Key.Namespace, item.Key.Name, text})
	}
	return json.Marshal(s)
}

// Restore brings the state of a snapshot back. Call it before the first
// request. Its errors do not quote the snapshot, and leave the API as it was.
func (a *API) Restore(text json.RawMessage) error {
	var s snapshot
	if err := json.Unmarshal(text, &s); err != nil {
		return errors.New("restore the API of a cluster: it is not a snapshot")
	}
	told, err := object.Decode(s.Nodes)
	if err != nil {
		return errors.New("restore the API of a cluster: the nodes are not JSON")
	}
	known := make(map[string]object.Object, len(told))
	for name := range told {
		known[name] = object.Map(told, name)
	}
	items := make([]store.Item, len(s.Objects))
	for i, o := range s.Objects {
		decoded, err := object.Decode(o.Object)
		if err != nil {
			return fmt.Errorf("restore the API of a cluster: %s %s is not JSON", o.Resource, o.Name)
		}
		items[i] = store.Item{Key: store.Key{Resource: o.Resource, Namespace: o.Namespace, Name: o.Name}, Object: decoded}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.store.Restore(s.Revision, items)
	a.nodes = known
	return nil
}

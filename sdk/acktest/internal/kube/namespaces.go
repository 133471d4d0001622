package kube

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// MakeNamespaces makes the namespaces that are missing, for an API that begins
// with more than the usual four.
func (a *API) MakeNamespaces(names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range names {
		if _, exists := a.store.Get(store.Key{Resource: namespaces.id(), Name: name}); !exists {
			a.makeNamespace(name)
		}
	}
}

// Namespaces returns the names of all namespaces, sorted.
func (a *API) Namespaces() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var names []string
	for _, item := range a.store.List(namespaces.id(), "") {
		names = append(names, item.Key.Name)
	}
	slices.Sort(names)
	return names
}

// tellNamespaces calls NamespacesChanged if the names are others than it was
// told last.
func (a *API) tellNamespaces() {
	if a.NamespacesChanged == nil {
		return
	}
	a.toldMu.Lock()
	defer a.toldMu.Unlock()
	if names := a.Namespaces(); !slices.Equal(names, a.told) {
		a.told = names
		a.NamespacesChanged(names)
	}
}

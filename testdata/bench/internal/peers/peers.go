// Package peers makes the same calls with one client after the other: bare net/http,
// ours, one written by hand, what other generators make, and the official SDK. It
// does pieces of what calls do, too. Of this module it imports canned and, in
// builds with the tag peers, the generated clients oapi and ogen.
package peers

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// Client makes the calls that are measured.
type Client interface {
	// Detail returns the name of a cluster.
	Detail(ctx context.Context, cluster string) (string, error)
	// Nodes returns how many nodes a cluster has, and the name of the last one.
	Nodes(ctx context.Context, cluster string) (Nodes, error)
	// Create creates a node pool and returns its id.
	Create(ctx context.Context, cluster string) (string, error)
}

// Nodes is what is looked at in a list of nodes.
type Nodes struct {
	Count int
	Last  string
}

// Target is the server that is called, and how.
type Target struct {
	URL        string
	ID, Secret string // the AccessKey
	Parallel   int    // how many calls are made at once; each peer may keep as many connections

	// Transport is in the place of connections, if there is one.
	Transport http.RoundTripper
}

// region is the one that all requests name.
const region = "cn-hangzhou"

// Peer is a kind of client.
type Peer struct {
	Name   string
	Open   func(Target) (Client, error) `json:"-"`
	Blind  bool                         // it decodes nothing
	Option bool                         // it is ours with an option
}

// The names of those that others are compared with.
const (
	Bare   = "bare net/http exchange"
	Ours   = "ours"
	ByHand = "hand-written"

	Official = "official SDK"
)

// All are the peers of this build.
func All() []Peer {
	all := append(ours(), Peer{Name: Bare, Open: openBare, Blind: true}, Peer{Name: ByHand, Open: openByHand})
	all = append(all, generated()...)
	return append(all, Peer{Name: Official, Open: openOfficial})
}

// Find finds the peer of a name.
func Find(name string) (Peer, error) {
	i := slices.IndexFunc(All(), func(p Peer) bool { return p.Name == name })
	if i < 0 {
		return Peer{}, fmt.Errorf("%q is not a peer", name)
	}
	return All()[i], nil
}

// Operation is a call that is measured.
type Operation struct {
	Name, Title string
	Nodes       int  // in the response
	Crowd       bool // it is measured with many at once, too, which takes long if it is large
	call        func(ctx context.Context, c Client) error
}

// Operations are all that are measured.
var Operations = []Operation{
	{"get", "Small GET", 0, true, func(ctx context.Context, c Client) error {
		_, err := c.Detail(ctx, canned.Cluster)
		return err
	}},
	{"list100", "List of 100 nodes", 100, true, func(ctx context.Context, c Client) error {
		_, err := c.Nodes(ctx, canned.ClusterOf100)
		return err
	}},
	{"list1500", "List of 1,500 nodes", 1500, false, func(ctx context.Context, c Client) error {
		_, err := c.Nodes(ctx, canned.ClusterBig)
		return err
	}},
	{"post", "POST of a node pool", 0, false, func(ctx context.Context, c Client) error {
		_, err := c.Create(ctx, canned.Cluster)
		return err
	}},
}

// Call returns the call of an operation.
func Call(name string) (func(ctx context.Context, c Client) error, error) {
	i := slices.IndexFunc(Operations, func(o Operation) bool { return o.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("%q is not an operation", name)
	}
	return Operations[i].call, nil
}

// transport is that of all clients without one of their own. Its connections are as
// many as there are calls at once, or all would measure how connections are opened.
func transport(t Target) http.RoundTripper {
	if t.Transport != nil {
		return t.Transport
	}
	return &http.Transport{MaxIdleConnsPerHost: t.Parallel, ForceAttemptHTTP2: true}
}

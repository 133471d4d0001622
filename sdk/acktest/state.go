package acktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops"
	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// WithExamples makes the server respond to every operation with the example of the spec, whatever was created before. It keeps no state, like a
// server of another API.
func WithExamples() Option {
	return func(c *config) error {
		c.examples = true
		return nil
	}
}

// WithSpeed makes the clock of the server run, factor times as fast as real time; 1 is real time. Clients that have [Server.Options] wait
// accordingly less. It is for programs that know nothing of the server. Without this option the clock stands still, until [Server.Advance]
// moves it on or a client waits, which then takes no time. A factor that is not above 0 is an error, as is one above a million.
func WithSpeed(factor float64) Option {
	return func(c *config) error {
		const fastest = 1e6
		if !(factor > 0 && factor <= fastest) || math.IsNaN(factor) {
			return fmt.Errorf("acktest.WithSpeed: the factor %v is not above 0 and at most %v", factor, float64(fastest))
		}
		c.clock = world.NewRunningClock(factor)
		return nil
	}
}

// WithStartTime sets the time that the clock shows first, for tests of what depends on days and hours. The clock stands still then, until
// [Server.Advance] moves it on or a client waits. Without this option it begins at the present. Of WithStartTime and [WithSpeed], the last one counts.
func WithStartTime(t time.Time) Option {
	return func(c *config) error {
		c.clock = world.NewSteppedClock(t.UTC())
		return nil
	}
}

// WithSeed makes the server give other ids than it gives without this option, where the seed is 1. With the same seed and the same requests, one
// after the other, a server gives the same ids.
func WithSeed(seed uint64) Option {
	return func(c *config) error {
		c.seed = seed
		return nil
	}
}

// A Quota is how much an account may have. Zero is what an account has without [WithQuota].
type Quota struct {
	Clusters           int64 // of all kinds; 50
	ManagedClusters    int64 // managed ones that are not serverless; 20
	ServerlessClusters int64 // 20
	NodePools          int64 // of one cluster; 20
	Nodes              int64 // of one cluster; 100
}

// WithQuota sets how much each account may have. A request for more is refused. A negative number is an error.
func WithQuota(q Quota) Option {
	return func(c *config) error {
		if min(q.Clusters, q.ManagedClusters, q.ServerlessClusters, q.NodePools, q.Nodes) < 0 {
			return errors.New("acktest.WithQuota: a number is negative")
		}
		c.quota = world.Quota{Clusters: q.Clusters, Managed: q.ManagedClusters, Serverless: q.ServerlessClusters, NodePools: q.NodePools, Nodes: q.Nodes}
		return nil
	}
}

// WithSnapshot makes the server remember what is in a snapshot, from its first request on. It does what [Server.Restore] does later.
func WithSnapshot(snapshot []byte) Option {
	return func(c *config) error {
		c.snapshot = bytes.Clone(snapshot)
		return nil
	}
}

// Now returns the time by the clock of the server, in UTC. All times in responses are by this clock. Unless [WithSpeed] makes it run, it stands
// at when the server was started until something moves it on.
func (s *Server) Now() time.Time { return s.state.Now() }

// Advance moves the clock of the server on. All that is due meanwhile happens, in its order: clusters come up, nodes join, tasks end. A time that is
// not above zero changes nothing.
func (s *Server) Advance(d time.Duration) { s.state.Advance(d) }

// A Failure is why a change fails that takes time, such as the creation of a cluster.
type Failure struct {
	// Code and Message are what the service tells of it, as in the error of a task. Both have a default.
	Code, Message string
	// Stage is the name of the stage in which the change fails, as in the stages of its task. Empty is the last one. A stage that the change does
	// not have is the last one, too.
	Stage string
}

// FailNext makes the next change fail that an operation starts: the request succeeds, and the change that it begins ends in a failure. Given several
// times, each is for one change. To make the request itself fail, script a response with [Server.Respond]. A server of [NewServer] fails the test
// when the operation started no change any more.
//
// FailNext panics when the spec has no such operation.
func (s *Server) FailNext(operation string, f Failure) {
	if s.spec.Operation(operation) == nil {
		fail("acktest: fail next change: the spec has no operation %s%s", operation, s.spec.Similar(operation))
	}
	if f.Code == "" && f.Message == "" {
		f.Code, f.Message = "InternalError", "The change has failed, as the test wanted."
	}
	s.state.FailNext(operation, world.Failure{Code: f.Code, Message: f.Message, Stage: f.Stage})
}

// behaviors carries out requests on the state.
type behaviors struct {
	state      *world.State
	principals map[string]principal // by AccessKey id
	operations behavior.Table
	overrides  overrides
}

// newBehaviors returns what the operations of ACK do; there are none for other APIs, and for a server that shows examples.
func (c *config) newBehaviors() (*behaviors, error) {
	b := &behaviors{state: world.New(c.clock, c.seed), principals: c.principals}
	b.state.SetQuota(c.quota)
	b.state.AskPolicies(b.reads)
	if c.spec == nil && !c.examples {
		b.operations = ops.All()
	}
	if c.snapshot != nil {
		if err := b.state.Load(c.snapshot); err != nil {
			return nil, fmt.Errorf("acktest.WithSnapshot: %w", err)
		}
	}
	return b, nil
}

// behave is for [gateway.Handler].
func (b *behaviors) behave(ctx context.Context, call *gateway.Call) (response *gateway.Response, handled bool, err error) {
	from := b.principals[call.Caller.AccessKeyID]
	if f := from.authorize(call); f != nil {
		return nil, true, f
	}
	if response, err := b.overrides.respond(ctx, call); !errors.Is(err, roafake.Pass) {
		return response, true, err
	}
	operation := b.operations[call.Operation.Name]
	if operation == nil {
		return nil, false, nil
	}
	var body []byte
	err = b.state.Do(world.Call{
		Caller:    world.Caller{Account: from.account, User: from.user, Region: call.Region},
		Operation: call.Operation.Name, RequestID: call.RequestID, Reads: call.Operation.Method == http.MethodGet,
	}, func(w *world.World) (err error) {
		body, err = operation(w, inputOf(call))
		return err
	})
	if err != nil {
		return nil, true, err // the handler tells faults by their type
	}
	example := call.Operation.Example
	if example == nil {
		return nil, true, errors.New("the spec has no success of an operation that behaves")
	}
	if err := call.Operation.CheckResponse(example.Status, body); err != nil {
		return nil, true, fmt.Errorf("the response does not fit the spec: %w", err)
	}
	return &gateway.Response{Status: example.Status, Header: example.Header, Body: string(body)}, true, nil
}

// inputOf returns what a request says, for the types of a client.
func inputOf(call *gateway.Call) wire.Input {
	return wire.Input{Path: call.Path, Query: call.Values(), Header: call.Header, Body: call.Content()}
}

// Snapshot returns all that the server remembers of accounts, as JSON, together with the time of its clock and the objects in the clusters, such as
// pods. It holds secrets: keep it like a password. Recorded requests, scripted responses and AccessKeys are not part of it.
func (s *Server) Snapshot() ([]byte, error) {
	text, err := s.state.Save()
	if err != nil {
		return nil, fmt.Errorf("acktest: %w", err)
	}
	return text, nil
}

// Changed returns a channel that is closed as soon as a snapshot may differ from one that is taken now: when an operation is carried out that does not
// only read, when an account sends its first request, when something changes inside of a cluster, and when something is due by the clock. Programs
// that keep snapshots ask for it before they take one.
func (s *Server) Changed() <-chan struct{} { return s.state.Changed() }

// Restore replaces what the server remembers by a snapshot, of this server or of another one. A clock that stands still shows the time of the
// snapshot then; with [WithSpeed] all that was to happen until now happens at once. The Kubernetes APIs of clusters begin again, with the objects of the
// snapshot and at the addresses of then if these are free. An error says what is wrong with the snapshot, or that the server is closed, and changes
// nothing.
func (s *Server) Restore(snapshot []byte) error {
	if err := s.state.Load(snapshot); err != nil {
		return fmt.Errorf("acktest: %w", err)
	}
	return nil
}

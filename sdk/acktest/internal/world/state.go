package world

import (
	"context"
	"sync"
	"time"
)

// A State is all that a fake server remembers. It is safe for concurrent use.
type State struct {
	clock *Clock

	mu       sync.Mutex
	now      time.Time // of what happens at present
	ids      *ids
	accounts Table[Account]
	queue    queue
	order    uint64 // of what was scheduled last
	kinds    map[string]*Kind
	quota    Quota                // of new accounts
	failures map[string][]Failure // by operation
	touched  map[string]bool      // ids of clusters, since the listeners were told
	dirty    bool                 // something may have changed, since changed was closed
	changed  chan struct{}        // closed at the next change

	listen func(clusterIDs []string)
	apis   KubernetesAPIs // nil where nobody serves the Kubernetes APIs of clusters
	reads  ReadFunc       // nil where nobody knows RAM policies
}

// New returns a state without anything in it. The seed decides which ids there will be.
func New(clock *Clock, seed uint64) *State {
	return &State{
		clock:    clock,
		ids:      newIDs(seed),
		kinds:    allKinds(),
		quota:    usualQuota,
		failures: make(map[string][]Failure),
		touched:  make(map[string]bool),
		changed:  make(chan struct{}),
	}
}

// A Caller is who a request is from.
type Caller struct {
	Account string // id of the Alibaba Cloud account
	User    string // id of the RAM user; empty for the account itself
	Region  string // that the request was sent to, empty for the central endpoint
}

// A World is what one call sees: the account of its caller. It is good until the call ends.
type World struct {
	*Account

	Caller    Caller
	Operation string
	RequestID string

	state *State
}

// Now returns the time of the call, or of what happens at present, in whole seconds as the service tells times.
func (w *World) Now() time.Time { return w.state.now.Truncate(time.Second) }

// Call is what is known of a request besides its input.
type Call struct {
	Caller    Caller
	Operation string
	RequestID string
	Reads     bool // it is to change nothing but what [World.NoteChange] tells
}

// Do lets happen what is due and runs one operation on the account of the caller, alone. The operation must not keep the
// world, and changes nothing when it returns an error.
func (s *State) Do(call Call, operation func(*World) error) error {
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(s.clock.Now())
	err := operation(&World{
		Account: s.account(call.Caller.Account), Caller: call.Caller, Operation: call.Operation, RequestID: call.RequestID, state: s,
	})
	s.dirty = s.dirty || err == nil && !call.Reads
	return err
}

// Changed returns a channel that is closed at the next change. An operation that was carried out counts as one unless it only reads.
func (s *State) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// NoteChange says that a call that reads has changed something, such as one that makes what was missing.
func (w *World) NoteChange() { w.state.dirty = true }

// NoteChange tells those who wait for a change of one that the state does not see.
func (s *State) NoteChange() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.noteChange()
}

func (s *State) noteChange() {
	close(s.changed)
	s.changed, s.dirty = make(chan struct{}), false
}

// Now returns the time of the world.
func (s *State) Now() time.Time { return s.clock.Now() }

// Advance moves the clock on, and lets happen what is due until then.
func (s *State) Advance(d time.Duration) { s.advanceTo(s.clock.Now().Add(d)) }

func (s *State) advanceTo(t time.Time) {
	defer s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.moveTo(t)
	s.catchUp(s.clock.Now())
}

// Sleep returns when the clock shows d more than now: at once on a stepped clock, which it advances, so that nobody waits in
// real time. It returns early with the reason when the context ends. Sleepers at the same time share the time.
func (s *State) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	if !s.clock.Stepped() {
		return s.clock.sleepReal(ctx, d)
	}
	s.advanceTo(s.clock.Now().Add(d))
	return nil
}

// Listen makes the state tell which clusters have changed, after each change. Only one can listen, and nobody may be using
// the state yet. The function may use the state.
func (s *State) Listen(f func(clusterIDs []string)) { s.listen = f }

// Touch notes that nodes or the state of a cluster change, for those who watch it.
func (w *World) Touch(clusterID string) { w.state.touched[clusterID] = true }

// tell tells the listener what was touched.
func (s *State) tell() {
	s.mu.Lock()
	var ids []string
	for id := range s.touched {
		ids = append(ids, id)
	}
	clear(s.touched)
	if s.dirty || len(ids) > 0 {
		s.noteChange()
	}
	s.mu.Unlock()
	if s.listen != nil && len(ids) > 0 {
		s.listen(ids)
	}
}

// Run lets what is due happen when it is due, for those who watch and do not call. It returns when the context ends, and at
// once when the clock is a stepped one.
func (s *State) Run(ctx context.Context) {
	for !s.clock.Stepped() {
		s.advanceTo(s.clock.Now())
		timer := time.NewTimer(s.untilNext())
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-changed:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// idle is how long [State.Run] rests when nothing is under way.
const idle = time.Second

// untilNext returns in how much real time the next thing happens.
func (s *State) untilNext() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return idle
	}
	d, _ := s.clock.real(s.queue[0].due)
	return min(max(d, time.Millisecond), idle)
}

package soak

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"

	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A call is what a worker asked of the SDK, with what became of it: one call of a method, or all that a pager or a waiter sends.
type call struct {
	name  string
	waits bool // a waiter, which bears errors and has some of its own
	hasty bool // the worker gives up early

	mu        sync.Mutex
	operation string
	attempts  []attempt
	err       error
	// found is how many things of the kind and name there were after the call had ended, or notAsked.
	found int
}

const notAsked = -1

// An attempt is one request by the client, or several where net/http sent it again.
type attempt struct {
	name   string
	ended  bool
	class  string
	code   string
	status int
}

type callKey struct{}

// begin returns a context that makes requests part of a call.
func (c *call) begin(ctx context.Context) context.Context {
	return context.WithValue(ctx, callKey{}, c)
}

// next returns the name of the attempt that is about to be sent.
func (c *call) next() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := c.name + "." + strconv.Itoa(len(c.attempts)+1)
	c.attempts = append(c.attempts, attempt{name: name})
	return name
}

// ended takes what the SDK tells of an attempt. One that was never sent has no name.
func (c *call) ended(a *roa.Attempt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.operation = a.Operation
	if n := len(c.attempts); n == 0 || c.attempts[n-1].ended {
		c.attempts = append(c.attempts, attempt{})
	}
	last := &c.attempts[len(c.attempts)-1]
	last.ended, last.class, last.code, last.status = true, a.Class, a.Code, a.StatusCode
}

// stamp names the attempts of calls in a header that nobody signs, below all that the SDK does.
type stamp struct{ base http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (s stamp) RoundTrip(req *http.Request) (*http.Response, error) {
	if c, ok := req.Context().Value(callKey{}).(*call); ok {
		req = req.Clone(req.Context())
		req.Header.Set("User-Agent", plan.UserAgent(c.next()))
	}
	return s.base.RoundTrip(req)
}

// hook tells calls of their attempts.
func hook(a roa.Attempt) {
	if c, ok := a.Context.Value(callKey{}).(*call); ok {
		c.ended(&a)
	}
}

// What a client knows after a call.
type told int

const (
	done      told = iota // it was carried out
	refused               // the service did not want to
	notDone               // it was certainly not carried out
	ambiguous             // nobody knows
)

// tells returns what an error says, as a program would read it.
func tells(err error) told {
	switch class := roa.ErrorClass(err); class {
	case "":
		return done
	case "throttled":
		return notDone
	case "not_found", "conflict", "forbidden", "unauthenticated", "invalid":
		return refused
	}
	if opErr, ok := errors.AsType[*net.OpError](err); ok && opErr.Op == "dial" {
		return notDone
	}
	return ambiguous
}

// classified reports whether an error is of a kind that the documentation names. The word "other" is for mistakes of programs, of which the fleet
// makes none, and for waits.
func classified(err error) bool {
	class := roa.ErrorClass(err)
	if class != "other" {
		return classes[class]
	}
	_, failed := errors.AsType[*roa.TaskError](err)
	return failed || errors.Is(err, roa.ErrNoTask)
}

// classes are the words of [roa.ErrorClass] that docs/errors.md has, but for "other".
var classes = map[string]bool{
	"": true, "not_found": true, "throttled": true, "conflict": true, "forbidden": true, "unauthenticated": true, "invalid": true, "server": true,
	"status": true, "canceled": true, "timeout": true, "connection": true, "tls": true, "too_large": true, "decode": true,
}

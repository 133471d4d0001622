package acktest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
)

// A Fault is something that goes wrong with requests, for [Server.Inject]. It happens to requests that are signed right and match the spec. Its
// fields that are zero do nothing. Several faults may happen to one request, in the order in which they were injected.
type Fault struct {
	// Operation, Group and When choose requests: those for an operation, for the operations of a group such as "NodePools", and those that
	// a function wants. All of them must agree; empty is every request. When knows the request, but not yet the status. It must not use the server.
	Operation string
	Group     string
	When      func(Request) bool
	// Skip leaves the first of these requests alone. Share is the part of the rest that the fault happens to, between 0 and 1, chosen by the seed
	// of the server; 0 is all of them. Count ends the fault after it has happened so many times; 0 is never.
	Skip  int
	Share float64
	Count int

	// Delay holds the request up, by the clock of the server: a clock that stands still is moved on, and no real time passes.
	Delay time.Duration
	// Throttle refuses the request as one too many, for so long by the headers of the response. No source tells more of that response than
	// its headers and that the code has "Throttling" in it; the status is 429.
	Throttle time.Duration
	// Status refuses the request with a status from 400 to 599. Code and Message are in the body; an empty Code is that of a server that
	// is out of order.
	Status  int
	Code    string
	Message string
	// Reset resets the connection instead of a response.
	Reset bool
	// After carries the operation out before it is delayed, refused or reset, which a client cannot know. Otherwise nothing was done.
	After bool

	// HTML is a page in place of the body, as proxies send it. Without Status, the status stays as it is.
	HTML bool
	// UnknownFields adds a field to every object in the body that has known fields. TypeDrift makes text of all numbers and truth values in it.
	UnknownFields bool
	TypeDrift     bool
	// ErrorCase changes the names in the body of an error: Code, Message and RequestId instead of code, message and requestId.
	ErrorCase bool
	// Truncate breaks the connection off in the middle of the body.
	Truncate bool
}

// Inject makes a fault happen from now on, until the function that is returned is called. It may be called more than once. A server of [NewServer]
// fails the test when the fault never happened; with a Share, when it never could.
//
// Inject panics when the test is wrong: when the spec has no such operation or group, or when a number is out of its range.
func (s *Server) Inject(f Fault) (end func()) {
	if err := f.check(s.spec); err != nil {
		fail("acktest: inject fault: %w", err)
	}
	return s.faults.add(f)
}

// WithFault makes a fault happen from the first request on, like [Server.Inject] later. It is an error when the spec has no such operation or group,
// or when a number is out of its range.
func WithFault(f Fault) Option {
	return func(c *config) error {
		c.faults = append(c.faults, f)
		return nil
	}
}

// newFaults returns the faults that options asked for.
func (c *config) newFaults(sleep func(context.Context, time.Duration) error) (*faults, error) {
	fs := newFaults(c.spec, c.seed, sleep)
	for _, f := range c.faults {
		if err := f.check(c.spec); err != nil {
			return nil, fmt.Errorf("acktest.WithFault: %w", err)
		}
		fs.add(f)
	}
	return fs, nil
}

// check reports what is wrong with a fault.
func (f Fault) check(spec *gateway.Spec) error {
	if f.Operation != "" && spec.Operation(f.Operation) == nil {
		return fmt.Errorf("the spec has no operation %s%s", f.Operation, spec.Similar(f.Operation))
	}
	if f.Group != "" && !slices.ContainsFunc(spec.Operations(), func(op *gateway.Operation) bool { return op.Group() == f.Group }) {
		return fmt.Errorf("the spec has no group %s", f.Group)
	}
	switch {
	case f.Status != 0 && (f.Status < http.StatusBadRequest || f.Status > 599):
		return fmt.Errorf("status %d is not between 400 and 599", f.Status)
	case f.Status == 0 && f.Code+f.Message != "":
		return errors.New("there is no status for the code and the message")
	case !(f.Share >= 0 && f.Share <= 1):
		return fmt.Errorf("share %v is not between 0 and 1", f.Share)
	case f.Skip < 0 || f.Count < 0 || f.Delay < 0 || f.Throttle < 0:
		return errors.New("a number is below 0")
	}
	return nil
}

// target returns which requests the fault happens to.
func (f Fault) target() string {
	switch {
	case f.Operation != "":
		return f.Operation
	case f.Group != "":
		return "the group " + f.Group
	}
	return "all operations"
}

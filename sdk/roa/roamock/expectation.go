package roamock

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/mock"
)

// Expectation is what all expectations have in common. Its methods return the
// expectation C, so that they can be chained.
type Expectation[C any] struct {
	self C
	mock *Mock
	made *expectation
}

// Expected is any expectation of any mock.
type Expected interface {
	// Raw returns the testify call behind the expectation.
	Raw() *mock.Call

	place() string
	after(earlier Expected)
}

// InOrder demands that the expectations are met one after the other. They may be of
// different mocks.
func InOrder(calls ...Expected) {
	for i := 1; i < len(calls); i++ {
		calls[i].after(calls[i-1])
	}
}

func (e *Expectation[C]) expect(self C, m *Mock, method string, args []any) {
	e.self, e.mock = self, m
	e.made = m.expect(method, args)
	e.made.raw.Return(e.made)
}

// Raw returns the testify call behind the expectation.
func (e *Expectation[C]) Raw() *mock.Call { return e.made.raw }

// Once expects one call.
func (e *Expectation[C]) Once() C { return e.Times(1) }

// Twice expects two calls.
func (e *Expectation[C]) Twice() C { return e.Times(2) }

// Times expects n calls. Without it, any number above zero is right.
func (e *Expectation[C]) Times(n int) C {
	e.made.times.Store(int64(n))
	e.made.raw.Times(n)
	return e.self
}

// Maybe allows that there is no call.
func (e *Expectation[C]) Maybe() C {
	e.made.raw.Maybe()
	return e.self
}

// After delays the response.
func (e *Expectation[C]) After(d time.Duration) C {
	e.made.raw.After(d)
	return e.self
}

// WaitUntil delays the response until the channel is closed or receives.
func (e *Expectation[C]) WaitUntil(ch <-chan time.Time) C {
	e.made.raw.WaitUntil(ch)
	return e.self
}

// Panic makes the calls panic.
func (e *Expectation[C]) Panic(message string) C {
	e.made.raw.Panic(message)
	return e.self
}

// NotBefore demands that the other expectations were met before the first
// call. They may be of other mocks.
func (e *Expectation[C]) NotBefore(others ...Expected) C {
	for _, other := range others {
		e.after(other)
	}
	return e.self
}

func (e *Expectation[C]) after(earlier Expected) {
	e.made.raw.NotBefore(earlier.Raw())
	e.mock.mu.Lock()
	defer e.mock.mu.Unlock()
	e.made.after = append(e.made.after, earlier.place())
}

// place names the expectation in messages.
func (e *Expectation[C]) place() string { return e.made.method + e.made.at }

// Unset removes the expectation.
func (e *Expectation[C]) Unset() {
	e.made.raw.Unset()
	e.mock.mu.Lock()
	defer e.mock.mu.Unlock()
	e.mock.expected = slices.DeleteFunc(e.mock.expected, func(made *expectation) bool { return made == e.made })
}

// expectation is what [Mock.On] was given.
type expectation struct {
	method  string
	args    []matcher
	at      string // where the test made it, for messages
	raw     *mock.Call
	times   atomic.Int64 // calls that are expected; 0 is any number above zero
	calls   atomic.Int64 // calls that came; not counted for expectations without types
	respond func(ctx context.Context, in, opts any) (any, error)
	after   []string // what must be met before; guarded by Mock.mu
}

// refusal says why the expectation does not respond to a call that fits it.
func (m *Mock) refusal(e *expectation) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	times := e.times.Load()
	switch {
	case times > 0 && e.calls.Load() >= times:
		return "matches, but it is used up: it expects " + counted(times, "call")
	case len(e.after) > 0:
		return "matches, but it must come after " + strings.Join(e.after, " and ")
	default:
		return "matches, but it is used up or must come later"
	}
}

// unmet describes an expectation that was not met.
func (e *expectation) unmet() string {
	got := "was not called"
	if calls := e.calls.Load(); calls > 0 {
		got = "had " + counted(calls, "call") + " of " + strconv.FormatInt(e.times.Load(), 10)
	} else if times := e.times.Load(); times > 1 {
		got += ", " + counted(times, "call") + " expected"
	}
	return e.method + e.at + " " + got + ":\n" + describeAll(e.args)
}

func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.FormatInt(n, 10) + " " + what + "s"
}

// AssertExpectations asserts that every expectation was met, and names those that
// were not with the arguments that they wait for. Mocks do so when their test ends.
func (m *Mock) AssertExpectations(t mock.TestingT) bool {
	if h, ok := t.(marker); ok {
		h.Helper()
	}
	if m.Mock.AssertExpectations(silent{}) {
		return true
	}
	m.mu.Lock()
	expected := slices.Clone(m.expected)
	m.mu.Unlock()
	var b strings.Builder
	for _, e := range expected {
		if slices.Contains(m.ExpectedCalls, e.raw) && !m.met(e) {
			b.WriteString(e.unmet())
		}
	}
	t.Errorf("mock: expectations were not met:\n%s", strings.TrimSuffix(b.String(), "\n"))
	return false
}

// met asks testify about one expectation alone.
func (m *Mock) met(e *expectation) bool {
	alone := mock.Mock{ExpectedCalls: []*mock.Call{e.raw}, Calls: m.Calls}
	return alone.AssertExpectations(silent{})
}

// silent keeps back what testify says, which may hold secrets.
type silent struct{}

func (silent) Logf(string, ...any)   {}
func (silent) Errorf(string, ...any) {}
func (silent) FailNow()              {}

// explain says why a call was not expected.
func (m *Mock) explain(c call) string {
	m.mu.Lock()
	expected, ended := slices.Clone(m.expected), m.ended
	m.mu.Unlock()
	var b strings.Builder
	if ended {
		fmt.Fprintf(&b, "mock: %s was called%s after the test of the mock had ended: wait in the test for the goroutine that calls it. It was called with\n%s",
			c.method, c.at, c)
		return strings.TrimSuffix(b.String(), "\n")
	}
	fmt.Fprintf(&b, "mock: unexpected call of %s%s with\n%s", c.method, c.at, c)
	n := 0
	for _, e := range expected {
		if e.method != c.method {
			continue
		}
		n++
		fmt.Fprintf(&b, "Expectation %d%s:\n", n, e.at)
		lines := c.differences(e.args)
		if lines == nil {
			lines = []string{m.refusal(e)}
		}
		for _, line := range lines {
			b.WriteString("\t" + line + "\n")
		}
	}
	if n == 0 {
		fmt.Fprintf(&b, "There is no expectation for it: add EXPECT().%s(...).Return(...).", c.method)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Package roamock is what generated mocks are made of: testify mocks with
// typed expectations for the methods of a generated client.
//
// It differs from a plain testify mock in this: the context, the request and the
// options of a call are three arguments, also when no option is given; requests are copied
// before testify looks at them, so that the code under test may change them
// afterwards, and their streams are not read; expectations are asserted when the test
// ends; failures name each field that differs, and never show the value of a
// [roa.Secret].
//
// The package imports testify and package roa. Only generated mocks and tests
// import it.
package roamock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/stretchr/testify/mock"
)

// TestingT is the part of *testing.T that mocks need.
type TestingT interface {
	mock.TestingT
	Cleanup(func())
}

// Mock holds the expectations and calls of one mock. It is safe for concurrent
// use.
type Mock struct {
	mock.Mock

	mu       sync.Mutex
	t        mock.TestingT
	expected []*expectation
	calls    []call
	ended    bool // the test that the mock was made for
}

// New returns a mock that reports to t, and asserts when the test ends that all
// expectations were met. A call after that fails the test.
func New(t TestingT) *Mock {
	m := &Mock{t: t}
	m.Mock.Test(interceptor{})
	t.Cleanup(func() {
		m.mu.Lock()
		m.ended = true
		m.mu.Unlock()
		m.AssertExpectations(t)
	})
	return m
}

// Test makes the mock report unexpected calls to t from now on.
func (m *Mock) Test(t mock.TestingT) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.t = t
}

// On expects a call with a context, a request and options, in the manner of
// testify. The EXPECT method of a generated mock does the same with types.
// A request is compared by value; the others as [On] describes.
func (m *Mock) On(method string, arguments ...any) *mock.Call {
	return m.expect(method, arguments).raw
}

func (m *Mock) expect(method string, arguments []any) *expectation {
	e := &expectation{method: method, args: m.matchers(arguments), at: testPlace()}
	wrapped := make([]any, len(e.args))
	for i, arg := range e.args {
		wrapped[i] = mock.MatchedBy(arg.match)
	}
	e.raw = m.Mock.On(method, wrapped...)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.expected = append(m.expected, e)
	return e
}

// expects reports whether there was ever an expectation of a method.
func (m *Mock) expects(method string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.expected, func(e *expectation) bool { return e.method == method })
}

// AssertCalled asserts that there was a call with these arguments, which may
// be matchers.
func (m *Mock) AssertCalled(t mock.TestingT, method string, arguments ...any) bool {
	if h, ok := t.(marker); ok {
		h.Helper()
	}
	want := m.matchers(arguments)
	found, all := m.find(method, want)
	if found {
		return true
	}
	t.Errorf("mock: %s was not called with\n%s\n%s", method, describeAll(want), all)
	return false
}

// AssertNotCalled asserts that there was no call with these arguments, which may
// be matchers.
func (m *Mock) AssertNotCalled(t mock.TestingT, method string, arguments ...any) bool {
	if h, ok := t.(marker); ok {
		h.Helper()
	}
	want := m.matchers(arguments)
	found, _ := m.find(method, want)
	if !found {
		return true
	}
	t.Errorf("mock: %s was called with\n%s", method, describeAll(want))
	return false
}

// find looks for a call, and describes all calls of the method.
func (m *Mock) find(method string, want []matcher) (found bool, all string) {
	m.mu.Lock()
	calls := slices.Clone(m.calls)
	m.mu.Unlock()
	var b strings.Builder
	for _, c := range calls {
		if c.method != method {
			continue
		}
		fmt.Fprintf(&b, "There was the call\n%s", c)
		found = found || len(c.differences(want)) == 0
	}
	if b.Len() == 0 {
		return false, "There was no call of it."
	}
	return found, b.String()
}

// argumentName names an argument of a method: ctx, in and opts, and a number of
// items before opts where the method counts some.
func argumentName(i, of int) string {
	names := []string{"ctx", "in", "opts"}
	if of == len(names)+1 {
		names = []string{"ctx", "in", "count", "opts"}
	}
	if i < len(names) {
		return names[i]
	}
	return "argument " + strconv.Itoa(i)
}

// call is one call that was made, with a request that nobody else has.
type call struct {
	method string
	args   []any
	at     string // where the code under test made it, for messages
}

// String describes the arguments without showing secrets.
func (c call) String() string {
	var b strings.Builder
	for i, arg := range c.args {
		fmt.Fprintf(&b, "\t%s: %s\n", argumentName(i, len(c.args)), describe(arg))
	}
	return b.String()
}

// differences returns a line for each argument that does not match, and for a
// request one for each field.
func (c call) differences(want []matcher) []string {
	if len(want) != len(c.args) {
		return []string{fmt.Sprintf("has %d arguments and not %d", len(want), len(c.args))}
	}
	var lines []string
	for i, w := range want {
		if !w.matches(c.args[i]) {
			lines = append(lines, w.explain(argumentName(i, len(c.args)), c.args[i])...)
		}
	}
	return lines
}

// marker is what a test may have: a function that calls Helper gives its place in
// messages to its caller.
type marker interface{ Helper() }

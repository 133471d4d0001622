// Package roamock is what generated mocks are made of: testify mocks with
// typed expectations for the methods of a generated client.
//
// It differs from a plain testify mock in this: the context, the request and the
// options of a call are three arguments, also when no option is given; requests are copied
// before testify looks at them, so that the code under test may change them
// afterwards; expectations are asserted when the test ends; failures name what
// differed, and never show the value of a [roa.Secret].
//
// The package imports testify and package roa. Only generated mocks and tests
// import it.
package roamock

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/roa"
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
}

// New returns a mock that reports to t, and asserts when the test ends that all
// expectations were met.
func New(t TestingT) *Mock {
	m := &Mock{t: t}
	m.Mock.Test(interceptor{})
	t.Cleanup(func() { m.AssertExpectations(t) })
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
	args := m.matchers(arguments)
	m.mu.Lock()
	m.expected = append(m.expected, &expectation{method: method, args: args, at: testLine()})
	m.mu.Unlock()
	wrapped := make([]any, len(args))
	for i, arg := range args {
		wrapped[i] = mock.MatchedBy(arg.match)
	}
	return m.Mock.On(method, wrapped...)
}

// AssertCalled asserts that there was a call with these arguments, which may
// be matchers.
func (m *Mock) AssertCalled(t mock.TestingT, method string, arguments ...any) bool {
	helper(t)
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
	helper(t)
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

// expectation is what [Mock.On] was given.
type expectation struct {
	method string
	args   []matcher
	at     string
}

// argumentNames are the names of what every method takes.
var argumentNames = [...]string{"ctx", "in", "opts"}

func argumentName(i int) string {
	if i < len(argumentNames) {
		return argumentNames[i]
	}
	return "argument " + strconv.Itoa(i)
}

// call is one call that was made, with a request that nobody else has.
type call struct {
	method string
	args   [3]any
}

// String describes the arguments without showing secrets.
func (c call) String() string {
	var b strings.Builder
	for i, arg := range c.args {
		fmt.Fprintf(&b, "\t%s: %s\n", argumentName(i), describe(arg))
	}
	return b.String()
}

// differences returns a line for each argument that does not match.
func (c call) differences(want []matcher) []string {
	if len(want) != len(c.args) {
		return []string{fmt.Sprintf("has %d arguments and not ctx, in, opts", len(want))}
	}
	var lines []string
	for i, w := range want {
		if !w.matches(c.args[i]) {
			lines = append(lines, argumentName(i)+" differs: want "+w.String())
		}
	}
	return lines
}

// interceptor stands between testify and the test. What testify writes about a
// failure may hold secrets, so that it is replaced by a text of our own.
type interceptor struct{}

func (interceptor) Logf(string, ...any) {}

func (interceptor) Errorf(format string, args ...any) {
	panic(unexpected(fmt.Sprintf(format, args...))) //nolint:forbidigo // testify goes on after an error; Mock.invoke recovers
}

func (interceptor) FailNow() {}

// unexpected is the panic by which a failure leaves testify.
type unexpected string

func (u unexpected) Error() string { return string(u) }

// errUnexpected is returned when the test goes on after an unexpected call, as
// only a stand-in for *testing.T lets it.
var errUnexpected = errors.New("mock: unexpected call")

// invoke records a call and returns what testify has for it. It reports false
// when the call was not expected.
func (m *Mock) invoke(c call) (results mock.Arguments, ok bool) {
	m.mu.Lock()
	m.calls = append(m.calls, c)
	m.mu.Unlock()
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(unexpected); !is {
				panic(r) //nolint:forbidigo // the panic of a caller's function, passed on
			}
			results, ok = nil, false
		}
	}()
	return m.MethodCalled(c.method, c.args[:]...), true
}

// fail reports a text and ends the test.
func (m *Mock) fail(text string) {
	m.mu.Lock()
	t := m.t
	m.mu.Unlock()
	helper(t)
	t.Errorf("%s", text)
	t.FailNow()
}

// explain says why a call was not expected.
func (m *Mock) explain(c call) string {
	m.mu.Lock()
	expected := slices.Clone(m.expected)
	m.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, "mock: unexpected call of %s with\n%s", c.method, c)
	n := 0
	for _, e := range expected {
		if e.method != c.method {
			continue
		}
		n++
		fmt.Fprintf(&b, "Expectation %d%s:\n", n, e.at)
		lines := c.differences(e.args)
		if lines == nil {
			lines = []string{"matches, but it is used up or must come later"}
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

// helper marks the caller as a helper where t supports it.
func helper(t any) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
}

// testLine returns the place in a test file that called, for messages.
func testLine() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.File, "_test.go") {
			return " at " + frame.File[strings.LastIndexByte(frame.File, '/')+1:] + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return ""
		}
	}
}

// callContext hides what a context holds: testify formats every argument, which
// would read values that other goroutines write.
type callContext struct{ context.Context }

// Format writes a fixed text whatever the verb is.
func (callContext) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("context")) }

// Invoke answers a call of a mocked method: it finds the expectation, runs its
// function and returns its result. A call that nobody expects fails the test.
// Generated mocks call it.
func Invoke[Out, In any](ctx context.Context, m *Mock, method string, in *In, opts []roa.CallOption) (*Out, error) {
	c := call{method: method, args: [3]any{callContext{ctx}, clone(in), slices.Clone(opts)}}
	results, ok := m.invoke(c)
	if !ok {
		m.fail(m.explain(c))
		return nil, errUnexpected
	}
	if len(results) == 1 {
		if typed, is := results[0].(*Call[In, Out]); is {
			return typed.answer(ctx, m, in, opts)
		}
	}
	out, ok, err := untyped[Out](results)
	if !ok {
		m.fail(fmt.Sprintf("mock: %s must return a %v and an error", method, reflect.TypeFor[*Out]()))
		return nil, errUnexpected
	}
	return result(out, err)
}

// untyped reads what Return of testify was given. It reports false when that
// does not fit.
func untyped[Out any](results mock.Arguments) (out *Out, ok bool, err error) {
	if len(results) != 2 {
		return nil, false, nil
	}
	if results[0] != nil {
		if out, ok = results[0].(*Out); !ok {
			return nil, false, nil
		}
	}
	if results[1] != nil {
		if err, ok = results[1].(error); !ok {
			return nil, false, nil
		}
	}
	return out, true, err
}

// result keeps the promise of clients that a nil error comes with a response.
func result[Out any](out *Out, err error) (*Out, error) {
	if out == nil && err == nil {
		return new(Out), nil
	}
	return out, err
}

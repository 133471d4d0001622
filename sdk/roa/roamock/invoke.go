package roamock

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
	"github.com/ackgen/ackgen/sdk/roa"
)

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
	ended := m.ended
	m.mu.Unlock()
	if ended {
		return nil, false
	}
	defer func() {
		if r := recover(); r != nil {
			if _, is := r.(unexpected); !is {
				panic(r) //nolint:forbidigo // the panic of a caller's function, passed on
			}
			results, ok = nil, false
		}
	}()
	return m.MethodCalled(c.method, c.args...), true
}

// fail reports a text and ends the test.
func (m *Mock) fail(text string) {
	m.mu.Lock()
	t := m.t
	m.mu.Unlock()
	t.Errorf("%s", text)
	t.FailNow()
}

// callContext hides what a context holds: testify formats every argument, which
// would read values that other goroutines write.
type callContext struct{ context.Context }

// Format writes a fixed text whatever the verb is.
func (callContext) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("context")) }

// Invoke responds to a call of a mocked operation: it finds the expectation, runs its
// function and returns its result. A call that nobody expects fails the test. In and
// Out are the pointers of [Call]. Generated mocks call it.
func Invoke[Out, In any](ctx context.Context, m *Mock, method string, in In, opts []roa.CallOption) (Out, error) {
	return invoke[Out](ctx, m, method, in, slices.Clone(opts), opts)
}

// invoke is Invoke for options of every type, which kept is a copy of.
func invoke[Out any](ctx context.Context, m *Mock, method string, in, kept, opts any, extra ...any) (Out, error) {
	result, err := m.respond(ctx, newCall(ctx, method, in, kept, extra...), reflect.TypeFor[Out](), in, opts)
	out, _ := result.(Out)
	return out, err
}

// newCall keeps what a method was called with; extra stands before the options.
func newCall(ctx context.Context, method string, in, opts any, extra ...any) call {
	args := append([]any{callContext{ctx}, clone(in)}, extra...)
	return call{method: method, args: append(args, opts), at: callPlace()}
}

// respond returns what the expectation of a call returns, which is of the type out or
// comes with an error. Hardly any code is generic, as it is compiled for each operation.
func (m *Mock) respond(ctx context.Context, c call, out reflect.Type, in, opts any) (any, error) {
	results, ok := m.invoke(c)
	if !ok {
		m.fail(m.explain(c))
		return nil, errUnexpected
	}
	result, ok, err := untyped(results, out)
	if len(results) == 1 {
		if made, is := results[0].(*expectation); is {
			made.calls.Add(1)
			result, err = made.respond(ctx, in, opts)
			ok = true
		}
	}
	switch {
	case err == errReturnsNothing: //nolint:errorlint // only respond returns it
		m.fail("mock: the expectation of " + c.method + " returns nothing: add Return or RunAndReturn")
		return nil, errUnexpected
	case !ok && out.Kind() == reflect.Func:
		m.fail("mock: " + c.method + " has an expectation without a type: make it with EXPECT()." + c.method + "(...)")
		return nil, errUnexpected
	case !ok:
		m.fail(fmt.Sprintf("mock: %s must return a %v and an error", c.method, out))
		return nil, errUnexpected
	case err == nil && nilcheck.IsNil(result) && out.Kind() == reflect.Pointer:
		return reflect.New(out.Elem()).Interface(), nil // no client returns neither
	}
	return result, err
}

// errReturnsNothing is returned by expectations that were not told what to return.
var errReturnsNothing = errors.New("expectation returns nothing")

// untyped reads what Return of testify was given. It reports false when that
// does not fit.
func untyped(results mock.Arguments, want reflect.Type) (out any, ok bool, err error) {
	if len(results) != 2 || want.Kind() == reflect.Func {
		return nil, false, nil
	}
	if results[0] != nil && reflect.TypeOf(results[0]) != want {
		return nil, false, nil
	}
	if results[1] != nil {
		if err, ok = results[1].(error); !ok {
			return nil, false, nil
		}
	}
	return results[0], true, err
}

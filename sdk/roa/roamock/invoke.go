package roamock

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/stretchr/testify/mock"

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

// Invoke answers a call of a mocked operation: it finds the expectation, runs its
// function and returns its result. A call that nobody expects fails the test.
// Generated mocks call it.
func Invoke[Out, In any](ctx context.Context, m *Mock, method string, in *In, opts []roa.CallOption) (*Out, error) {
	return invokeMethod[Out](ctx, m, method, in, opts)
}

// invokeMethod answers a call with a context and these further arguments.
func invokeMethod[Out, In, Opt any](ctx context.Context, m *Mock, method string, in *In, opts []Opt, extra ...any) (*Out, error) {
	c := newCall(ctx, method, in, opts, extra...)
	results, ok := m.invoke(c)
	if !ok {
		m.fail(m.explain(c))
		return nil, errUnexpected
	}
	if len(results) == 1 {
		if typed, is := results[0].(*Method[In, Out, Opt]); is {
			return typed.answer(ctx, in, opts)
		}
	}
	out, ok, err := untyped[Out](results)
	if !ok {
		m.fail(fmt.Sprintf("mock: %s must return a %v and an error", method, reflect.TypeFor[*Out]()))
		return nil, errUnexpected
	}
	return result(out, err)
}

// newCall keeps what a method was called with; extra stands before the options.
func newCall[In, Opt any](ctx context.Context, method string, in *In, opts []Opt, extra ...any) call {
	args := append([]any{callContext{ctx}, clone(in)}, extra...)
	return call{method: method, args: append(args, slices.Clone(opts)), at: callPlace()}
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

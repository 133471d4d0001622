// Package roafake is what generated overrides are made of: functions that respond in
// place of a fake server, to the requests for one operation each.
//
// A [Registry] keeps the functions of a server and says which were of no use. [Pages]
// responds with the pages of a list, and [Task] with a task and its states.
//
// It may import the standard library, sdk/internal/place, sdk/internal/oneline and sdk/roa. It never imports a fake
// server or generated code: both import it.
package roafake

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// Pass is returned by a function to leave a request to the function that was set before
// it, and in the end to the server. It is not an error of the service.
var Pass = errors.New("request is left to the server") //nolint:revive,staticcheck // is no failure, as fs.SkipDir

// Overrides are functions that respond in place of a server. Generated ones have a field
// for each operation; a [Task] has what it needs.
type Overrides interface {
	// OverrideFunctions returns the functions that are set.
	OverrideFunctions() []Function
}

// Function responds to the requests for one operation. [Func] makes one.
//
// For generated code.
type Function struct {
	operation string
	in        reflect.Type // that of the request without its pointer; nil when nothing is set
	call      func(ctx context.Context, in any) (any, error)
}

// Func makes a [Function] of a typed one, which may be nil. In and Out are pointers to
// the request and the response: the code for all pointers is compiled once.
//
// For generated code.
func Func[In, Out any](operation string, fn func(context.Context, In) (Out, error)) Function {
	if fn == nil {
		return Function{operation: operation}
	}
	return Function{
		operation: operation,
		in:        reflect.TypeFor[In]().Elem(),
		call: func(ctx context.Context, request any) (any, error) {
			in, ok := request.(In)
			if !ok {
				return nil, fmt.Errorf("request is a %T: want a %s", request, reflect.TypeFor[In]())
			}
			out, err := fn(ctx, in)
			if err == nil && reflect.ValueOf(out).IsNil() {
				return reflect.New(reflect.TypeFor[Out]().Elem()).Interface(), nil
			}
			return out, err
		},
	}
}

// Set returns the functions that are not nil.
//
// For generated code.
func Set(functions ...Function) []Function {
	return slices.DeleteFunc(functions, func(f Function) bool { return f.call == nil })
}

// Operation returns the name of the operation, as the service knows it.
func (f Function) Operation() string { return f.operation }

var errEnded = errors.New("ended its goroutine, as FailNow of a test does")

// run calls the function in a goroutine of its own: a panic, and the end of the
// goroutine, must not take the connection with them, which clients would make anew.
func (f Function) run(ctx context.Context, in any) (out any, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panicked: %v", cause)
			}
		}()
		err = errEnded
		out, err = f.call(ctx, in)
	}()
	<-done
	return out, err
}

// Made returns what a pointer points to, which it makes where there is nothing.
//
// For generated code: it leads to what optional fields hold.
func Made[T any](field **T) *T {
	if *field == nil {
		*field = new(T)
	}
	return *field
}

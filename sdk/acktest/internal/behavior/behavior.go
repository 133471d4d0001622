// Package behavior makes what answers a request out of the function of an operation.
//
// It may import the standard library, go.yaml.in/yaml/v3, sdk/ack, and the fault, wire and world packages of acktest.
package behavior

import (
	"fmt"
	"reflect"

	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// A Func carries out a request and returns the body of the response.
type Func func(w *world.World, in wire.Input) ([]byte, error)

// A Table holds what the operations do, by name.
type Table map[string]Func

// Of makes a Func of the function of an operation. Where the response has a field for the request id, that is set.
func Of[In, Out any](operation func(*world.World, *In) (*Out, error)) Func {
	return func(w *world.World, in wire.Input) ([]byte, error) {
		request := new(In)
		if err := wire.Decode(in, request); err != nil {
			return nil, fmt.Errorf("%s: %w", w.Operation, err)
		}
		response, err := operation(w, request)
		if err != nil {
			return nil, err
		}
		if id := reflect.ValueOf(response).Elem().FieldByName("RequestID"); id.IsValid() && id.Kind() == reflect.String {
			id.SetString(w.RequestID)
		}
		body, err := wire.Encode(response)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.Operation, err)
		}
		return body, nil
	}
}

package roafake

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/ackgen/ackgen/sdk/internal/place"
)

// Registry keeps the functions that respond for a server. The zero value is empty. It is
// safe for concurrent use.
type Registry struct {
	mu   sync.Mutex
	sets []*entry // the oldest first
}

// entry is a function with what came of it.
type entry struct {
	Function

	at     string // of the test
	calls  atomic.Int64
	passes atomic.Int64
}

// Add adds functions, which go before all that were added earlier.
func (r *Registry) Add(o Overrides) {
	at := place.OfTest()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range o.OverrideFunctions() {
		r.sets = append(r.sets, &entry{Function: f, at: at})
	}
}

// functions returns the functions for an operation, the latest first.
func (r *Registry) functions(operation string) []*entry {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []*entry
	for _, e := range slices.Backward(r.sets) {
		if e.operation == operation {
			out = append(out, e)
		}
	}
	return out
}

// Respond returns what the latest function responds to a request for an operation. One
// that returns [Pass] leaves it to the one before; when none is left, the error is Pass.
// decode fills a request, a pointer to a struct, once for each function. Its error is
// returned as it is; that of a function names the operation. A function that panics, or
// ends its goroutine, is an error.
func (r *Registry) Respond(ctx context.Context, operation string, decode func(in any) error) (any, error) {
	for _, e := range r.functions(operation) {
		in := reflect.New(e.in).Interface()
		if err := decode(in); err != nil {
			return nil, err
		}
		e.calls.Add(1)
		out, err := e.run(ctx, in)
		switch {
		case errors.Is(err, Pass):
			e.passes.Add(1)
		case err != nil:
			return nil, fmt.Errorf("override of %s: %w", operation, err)
		default:
			return out, nil
		}
	}
	return nil, Pass
}

// Unused says for each function that never responded why that is, the oldest first:
// nobody called it, or it passed every request.
func (r *Registry) Unused() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, e := range r.sets {
		calls, passes := e.calls.Load(), e.passes.Load()
		if calls > passes {
			continue
		}
		text := "override of " + e.operation
		if e.at != "" {
			text += " at " + e.at
		}
		if calls == 0 {
			text += " was never called"
		} else {
			text += " passed every request (" + strconv.FormatInt(calls, 10) + ")"
		}
		out = append(out, text)
	}
	return out
}

package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A worker is one program of the fleet.
type worker struct {
	number int
	client *ack.Client // that of its account, which others have, too
	random *rand.Rand
	lives  int
	calls  int
	open   []*call // since the last audit
	stuck  []string
}

func newWorker(seed uint64, number int, client *ack.Client) *worker {
	return &worker{number: number, client: client, random: rand.New(rand.NewPCG(seed, uint64(number)))} //nolint:gosec // must be repeatable
}

// take returns the calls since the last time, and what the worker could not do.
func (w *worker) take() (calls []*call, stuck []string) {
	calls, stuck = w.open, w.stuck
	w.open, w.stuck = nil, nil
	return calls, stuck
}

// record makes a call part of what is audited.
func (w *worker) record(ctx context.Context, c *call, do func(context.Context) error) *call {
	w.calls++
	c.name, c.found = fmt.Sprintf("%d.%d", w.number, w.calls), notAsked
	w.open = append(w.open, c)
	c.err = do(c.begin(ctx))
	return c
}

// try makes a call, which may fail.
func (w *worker) try(ctx context.Context, do func(context.Context) error) *call {
	return w.record(ctx, new(call), do)
}

// await waits for something, which may fail.
func (w *worker) await(ctx context.Context, do func(context.Context) error) *call {
	return w.record(ctx, &call{waits: true}, do)
}

// hasten makes a call of an operation and gives up early: by a deadline, or by a cancellation. A list that is given up
// before its first attempt tells no hook which operation it is of.
func (w *worker) hasten(ctx context.Context, operation string, do func(context.Context) error) {
	const longest = 10_000 // microseconds
	limit := time.Duration(w.random.IntN(longest)) * time.Microsecond
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if w.random.IntN(2) == 0 {
		stop := time.AfterFunc(limit/2, cancel)
		defer stop.Stop()
	}
	w.record(ctx, &call{operation: operation, hasty: true}, do)
}

// patience is how often a worker does again what has to succeed in the end.
const patience = 40

// insist makes a call until it succeeds. Operators do so with what can be done twice.
func (w *worker) insist(ctx context.Context, what string, do func(context.Context) error) bool {
	return w.repeat(ctx, what, do, func(err error) bool { return err == nil })
}

// insistGone makes a call that deletes something until it succeeds, or there is nothing: an attempt before may have been carried out.
func (w *worker) insistGone(ctx context.Context, what string, do func(context.Context) error) {
	w.repeat(ctx, what, do, func(err error) bool { return err == nil || errors.Is(err, roa.ErrNotFound) })
}

func (w *worker) repeat(ctx context.Context, what string, do func(context.Context) error, enough func(error) bool) bool {
	var last error
	for range patience {
		if last = w.try(ctx, do).err; enough(last) {
			return true
		}
		_ = sleep(ctx, 30*time.Second) // lives end by themselves
	}
	w.stuck = append(w.stuck, fmt.Sprintf("worker %d did not succeed in %d calls to %s, the last one: %v", w.number, patience, what, last))
	return false
}

// collectAll returns what a list has, or nil and the error.
func collectAll[T any](list func(yield func(T, error) bool)) (out []T, err error) {
	for item, err := range list {
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

// waitLimit bounds waits, by the clock of the service.
var waitLimit = roa.WaitTimeout(30 * time.Minute)

// Command client makes one call of one peer again and again, or does one part of a
// call, and prints as JSON what one cost. It is a process of its own so that nothing
// else is counted.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

// fewest is how many calls are made at least, however long they take.
const fewest = 3

func run(args []string) error {
	var target peers.Target
	flags := flag.NewFlagSet("client", flag.ContinueOnError)
	name := flags.String("peer", peers.Ours, "the client")
	operation := flags.String("operation", "get", "the call")
	duration := flags.Duration("for", 250*time.Millisecond, "how long to make calls")
	flags.StringVar(&target.URL, "url", "", "of the server")
	flags.IntVar(&target.Parallel, "parallel", 1, "how many calls to make at once")
	part := flags.String("part", "", "the part to do instead of calls")
	list := flags.Bool("list", false, "print all clients instead")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *list {
		return json.NewEncoder(os.Stdout).Encode(peers.All())
	}
	var cost *peers.Cost
	var err error
	if *part != "" {
		cost, err = measurePart(*part, *duration)
	} else {
		target.ID, target.Secret = "id", "secret"
		cost, err = measureCalls(*name, *operation, target, *duration)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(cost)
}

// measureCalls measures calls of a client, and how long they take.
func measureCalls(name, operation string, target peers.Target, duration time.Duration) (*peers.Cost, error) {
	peer, err := peers.Find(name)
	if err != nil {
		return nil, err
	}
	call, err := peers.Call(operation)
	if err != nil {
		return nil, err
	}
	client, err := peer.Open(target)
	if err != nil {
		return nil, err
	}
	once := func() error { return call(context.Background(), client) }
	if _, err := repeat(once, target.Parallel, duration/4); err != nil { // warm up
		return nil, err
	}
	var latencies []time.Duration
	cost, err := measure(func() (int, error) {
		var err error
		latencies, err = repeat(once, target.Parallel, duration)
		return len(latencies), err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(latencies)
	cost.P50 = float64(latencies[len(latencies)/2].Microseconds())
	cost.P99 = float64(latencies[len(latencies)*99/100].Microseconds())
	return cost, nil
}

// measurePart measures a part of calls. It is too short for a look at the clock after
// each.
func measurePart(title string, duration time.Duration) (*peers.Cost, error) {
	part, err := peers.FindPart(title)
	if err != nil {
		return nil, err
	}
	once, err := part.Open()
	if err != nil {
		return nil, err
	}
	if _, err := many(once, duration/4); err != nil { // warm up
		return nil, err
	}
	return measure(func() (int, error) { return many(once, duration) })
}

// many does something for a while and returns how often.
func many(once func() (string, error), duration time.Duration) (int, error) {
	const atOnce = 20
	done := 0
	for end := time.Now().Add(duration); time.Now().Before(end); done += atOnce {
		for range atOnce {
			if _, err := once(); err != nil {
				return 0, err
			}
		}
	}
	return done, nil
}

// measure tells what each of the things cost that a function does. It returns how many
// they were.
func measure(work func() (int, error)) (*peers.Cost, error) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start := cpuTime(), time.Now()
	done, err := work()
	elapsed, used := time.Since(start), cpuTime()-cpu
	runtime.ReadMemStats(&after)
	if err != nil {
		return nil, err
	}
	n := float64(done)
	return &peers.Cost{
		CPU:         float64(used.Microseconds()) / n,
		Allocations: float64(after.Mallocs-before.Mallocs) / n,
		Bytes:       float64(after.TotalAlloc-before.TotalAlloc) / n,
		PerSecond:   n / elapsed.Seconds(),
	}, nil
}

// repeat makes calls for a while, as many at once as asked for, and returns how long
// each took.
func repeat(call func() error, parallel int, duration time.Duration) ([]time.Duration, error) {
	all := make([][]time.Duration, parallel)
	failed := make([]error, parallel)
	end := time.Now().Add(duration)
	least := max(1, fewest/parallel)
	var group sync.WaitGroup
	for i := range parallel {
		all[i] = make([]time.Duration, 0, 1<<14)
		group.Go(func() {
			for start := time.Now(); start.Before(end) || len(all[i]) < least; {
				if failed[i] = call(); failed[i] != nil {
					return
				}
				now := time.Now()
				all[i] = append(all[i], now.Sub(start))
				start = now
			}
		})
	}
	group.Wait()
	return slices.Concat(all...), errors.Join(failed...)
}

// cpuTime is what this process has used of all processors.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

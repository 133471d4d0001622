// Command client makes one call of one peer again and again, and prints as JSON what
// a call cost. It is a process of its own so that nothing else is counted.
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

// fewest is how many calls are measured at least, however long they take.
const fewest = 5

func run(args []string) error {
	var target peers.Target
	flags := flag.NewFlagSet("client", flag.ContinueOnError)
	name := flags.String("peer", peers.Ours, "the client")
	operation := flags.String("operation", "get", "the call")
	duration := flags.Duration("for", 250*time.Millisecond, "how long to make calls")
	flags.StringVar(&target.URL, "url", "", "of the server")
	flags.IntVar(&target.Parallel, "parallel", 1, "how many calls to make at once")
	list := flags.Bool("list", false, "print all clients instead")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *list {
		return json.NewEncoder(os.Stdout).Encode(peers.All())
	}
	target.ID, target.Secret = "id", "secret"
	peer, err := peers.Find(*name)
	if err != nil {
		return err
	}
	call, err := peers.Call(*operation)
	if err != nil {
		return err
	}
	client, err := peer.Open(target)
	if err != nil {
		return err
	}
	once := func() error { return call(context.Background(), client) }
	if _, err := repeat(once, target.Parallel, *duration/4); err != nil { // warm up
		return err
	}
	cost, err := measure(once, target.Parallel, *duration)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(cost)
}

func measure(call func() error, parallel int, duration time.Duration) (*peers.Cost, error) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, start := cpuTime(), time.Now()
	latencies, err := repeat(call, parallel, duration)
	elapsed, used := time.Since(start), cpuTime()-cpu
	runtime.ReadMemStats(&after)
	if err != nil {
		return nil, err
	}
	slices.Sort(latencies)
	n := float64(len(latencies))
	return &peers.Cost{
		CPU:         float64(used.Microseconds()) / n,
		Allocations: float64(after.Mallocs-before.Mallocs) / n,
		Bytes:       float64(after.TotalAlloc-before.TotalAlloc) / n,
		P50:         float64(latencies[len(latencies)/2].Microseconds()),
		P99:         float64(latencies[len(latencies)*99/100].Microseconds()),
		PerSecond:   n / elapsed.Seconds(),
	}, nil
}

// repeat makes calls for a while, as many at once as asked for, and returns how long
// each took.
func repeat(call func() error, parallel int, duration time.Duration) ([]time.Duration, error) {
	all := make([][]time.Duration, parallel)
	failed := make([]error, parallel)
	end := time.Now().Add(duration)
	var group sync.WaitGroup
	for i := range parallel {
		all[i] = make([]time.Duration, 0, 1<<14)
		group.Go(func() {
			for start := time.Now(); start.Before(end) || len(all[i]) < fewest; {
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

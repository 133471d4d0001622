package soak

import (
	"fmt"
	"slices"
	"time"

	"github.com/ackgen/ackgen/internal/soak/meter"
)

// A window is what was measured at its end.
type window struct {
	end            time.Time
	took           time.Duration
	requests       int
	client, server meter.Reading
}

// leaks compares what the processes hold with what they held after the first window. Nothing is under way in either moment, so that one
// goroutine, connection or file more is one that somebody has forgotten.
func (f *fleet) leaks() []string {
	first, last := f.windows[0], f.windows[len(f.windows)-1]
	return append(held("the clients", first.client, last.client), held("the server", first.server, last.server)...)
}

func held(who string, before, now meter.Reading) (broken []string) {
	for _, kind := range []struct {
		name        string
		before, now int
	}{
		{"goroutines", before.Goroutines, now.Goroutines},
		{"connections", 0, now.Connections},
		{"files", before.Files, now.Files},
	} {
		if kind.now > kind.before {
			broken = append(broken, fmt.Sprintf("%s hold %d %s, and held %d: a leak", who, kind.now, kind.name, kind.before))
		}
	}
	return broken
}

// How much more memory the last windows may hold than the first ones.
const (
	// slack is for what the runtime keeps of the largest moment so far, such as the tables of maps, and for pools. A leak of
	// 100 bytes in each request would be above it after 40,000 requests.
	slack = 4 << 20
	// nonceSize is what the fake keeps of a request for up to nonceTime: that its nonce was used. It looks every 15 minutes for those that are
	// 15 minutes old.
	nonceSize = 256
	nonceTime = 30 * time.Minute
	// requestSize is what the fake keeps of each of its last requests, which tests may ask for.
	requestSize = 8 << 10
	maxRequests = 10_000
)

// fewestWindows is how many windows tell of memory that grows.
const fewestWindows = 7

// A growth is how much memory a process held at most in the first windows and in the last ones, and how much it may hold in these.
type growth struct {
	who                string
	before, now, limit uint64
}

// growths compares the heaps of the last third of the windows with those of the first third, without the very first window. It has none after a
// run of few windows.
func (f *fleet) growths() []growth {
	if len(f.windows) < fewestWindows {
		return nil
	}
	windows := f.windows[1:]
	third := len(windows) / 3
	compare := func(who string, heap func(window) uint64) growth {
		before, now := highest(windows[:third], heap), highest(windows[len(windows)-third:], heap)
		return growth{who: who, before: before, now: now, limit: before + before/10 + slack}
	}
	return []growth{
		compare("the clients", func(w window) uint64 { return w.client.Heap }),
		compare("the server", func(w window) uint64 { return w.server.Heap - min(w.server.Heap, f.remembered(w.end)) }),
	}
}

// grown returns which processes hold more memory than they may.
func (f *fleet) grown() (broken []string) {
	for _, g := range f.growths() {
		if g.now > g.limit {
			broken = append(broken, fmt.Sprintf("%s hold %s of memory, and held %s: a leak", g.who, size(g.now), size(g.before)))
		}
	}
	return broken
}

// remembered returns how much the fake may hold of the requests until a moment.
func (f *fleet) remembered(until time.Time) uint64 {
	requests, nonces := 0, 0
	for _, w := range f.windows {
		if w.end.After(until) {
			break
		}
		requests += w.requests
		if until.Sub(w.end) < nonceTime {
			nonces += w.requests
		}
	}
	return uint64(nonces)*nonceSize + uint64(min(requests, maxRequests))*requestSize
}

func highest(windows []window, of func(window) uint64) uint64 {
	return of(slices.MaxFunc(windows, func(a, b window) int { return int(of(a)) - int(of(b)) })) //nolint:gosec // heaps are smaller
}

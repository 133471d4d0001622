package soak

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/internal/soak/service"
	"github.com/ackgen/ackgen/sdk/roa"
)

// totals are the counts of a run.
type totals struct {
	requests, calls, attempts int
	outcomes                  map[told]int // of unsafe calls and all others
	operations                map[string]int
	classes                   map[string]int // of the errors of calls
	faults                    map[plan.Kind]int
}

func newTotals() totals {
	return totals{
		outcomes: make(map[told]int), operations: make(map[string]int), classes: make(map[string]int), faults: make(map[plan.Kind]int),
	}
}

// report adds what the service has counted.
func (t *totals) report(r service.Report) {
	t.requests += r.Requests
	for kind, n := range r.Faults {
		if kind != plan.None {
			t.faults[kind] += n
		}
	}
}

// call adds a call.
func (t *totals) call(c *call) {
	t.calls++
	t.attempts += len(c.attempts)
	t.operations[c.operation]++
	t.outcomes[tells(c.err)]++
	if c.err != nil {
		t.classes[roa.ErrorClass(c.err)]++
	}
}

// progress is one line about the last window.
func (f *fleet) progress() string {
	n := len(f.windows) - 1
	w := f.windows[n]
	return fmt.Sprintf("soak: %v: window %d: %d requests, %.0f per second; clients: %s; server: %s",
		w.end.Sub(f.start).Round(time.Second), n, w.requests, float64(w.requests)/w.took.Seconds(), reading(w.client), reading(w.server))
}

func reading(r meter.Reading) string {
	return fmt.Sprintf("%s, %d goroutines, %d connections, %d files", size(r.Heap), r.Goroutines, r.Connections, r.Files)
}

func size(bytes uint64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

// maxShown bounds how many broken rules are printed.
const maxShown = 20

// table prints what the run has found.
func (f *fleet) table() {
	w := tabwriter.NewWriter(f.config.Out, 0, 0, 2, ' ', 0)
	t := &f.totals
	first, last := f.windows[0], f.windows[len(f.windows)-1]
	seconds := last.end.Sub(f.start).Seconds()
	fmt.Fprintf(w, "\ntime\t%.0f s, seed %d, %d windows\n", seconds, f.config.Seed, len(f.windows))
	fmt.Fprintf(w, "requests\t%d, %.0f per second\n", t.requests, float64(t.requests)/seconds)
	fmt.Fprintf(w, "calls\t%d, with %d attempts, of %d operations\n", t.calls, t.attempts, len(t.operations))
	fmt.Fprintf(w, "told\t%d done, %d refused, %d not done, %d ambiguous\n", t.outcomes[done], t.outcomes[refused], t.outcomes[notDone], t.outcomes[ambiguous])
	fmt.Fprintf(w, "clients, first window\t%s\nclients, last window\t%s\n", reading(first.client), reading(last.client))
	fmt.Fprintf(w, "server, first window\t%s\nserver, last window\t%s\n", reading(first.server), reading(last.server))
	f.memory(w)
	fmt.Fprintln(w, "\nerrors by class\tcalls")
	counts(w, t.classes)
	fmt.Fprintln(w, "\nfaults\trequests")
	for _, kind := range plan.Kinds() {
		fmt.Fprintf(w, "  %s\t%d\n", kind, t.faults[kind])
	}
	fmt.Fprintln(w, "\noperations\tcalls")
	counts(w, t.operations)
	_ = w.Flush() // to a terminal
	f.verdict()
}

// memory prints how much memory has grown, beside how much it may.
func (f *fleet) memory(w *tabwriter.Writer) {
	growths := f.growths()
	if growths == nil {
		fmt.Fprintf(w, "memory\tnot compared: that takes %d windows\n", fewestWindows)
	}
	for _, g := range growths {
		fmt.Fprintf(w, "memory of %s\t%s at most in the first third of the windows, %s in the last one, where %s are allowed\n",
			g.who, size(g.before), size(g.now), size(g.limit))
	}
	if growths != nil {
		fmt.Fprintln(w, "\tboth without the first window, and the server without what it is to remember of requests")
	}
}

func counts(w *tabwriter.Writer, of map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(of)) {
		fmt.Fprintf(w, "  %s\t%d\n", name, of[name])
	}
}

// verdict prints which rules are broken.
func (f *fleet) verdict() {
	if len(f.broken) == 0 {
		fmt.Fprintf(f.config.Out, "\nNothing was lost or done twice, every error has its class, and %s.\n", f.leakless())
		return
	}
	shown := f.broken[:min(len(f.broken), maxShown)]
	fmt.Fprintf(f.config.Out, "\n%d times a rule was broken; --seed %d decides the same again, at other moments:\n  %s\n",
		len(f.broken), f.config.Seed, strings.Join(shown, "\n  "))
}

// leakless says what was looked at and does not leak.
func (f *fleet) leakless() string {
	if f.growths() == nil {
		return "no goroutine, connection or file leaks"
	}
	return "nothing leaks"
}

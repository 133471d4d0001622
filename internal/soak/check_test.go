package soak

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/internal/soak/service"
	"github.com/ackgen/ackgen/sdk/roa"
)

func newRules(t *testing.T) rules {
	t.Helper()
	known, err := operations()
	require.NoError(t, err)
	return rules{plan: plan.Plan{Seed: 1}, operations: known}
}

// attemptWith returns the name of an attempt that the plan has a fault for.
func attemptWith(t *testing.T, p plan.Plan, kind plan.Kind) string {
	t.Helper()
	for n := range 100_000 {
		if name := "x." + strconv.Itoa(n); p.Of(name) == kind {
			return name
		}
	}
	require.Fail(t, "the plan has no attempt with this fault", kind)
	return ""
}

func apiError(status int, code string) error { return &roa.APIError{StatusCode: status, Code: code} }

// TestRules breaks each rule once, beside a call that keeps to all of them.
func TestRules(t *testing.T) {
	t.Parallel()
	r := newRules(t)
	fine, busy := attemptWith(t, r.plan, plan.None), attemptWith(t, r.plan, plan.BusyAfter)
	once := map[string]service.Attempt{fine: {Requests: 1, Arrived: 1}, busy: {Requests: 1, Arrived: 1}}
	create := func(err error, found int, attempts ...attempt) *call {
		return &call{name: "1.1", operation: "CreateCluster", attempts: attempts, err: err, found: found}
	}
	good := attempt{name: fine, ended: true, status: 200}
	bad := attempt{name: busy, ended: true, class: "server", status: 503}
	refusal := &net.OpError{Op: "dial", Err: os.ErrPermission}
	tests := map[string]struct {
		call    *call
		arrived map[string]service.Attempt
		want    string
	}{
		"all right":        {create(nil, 1, good), once, ""},
		"ambiguous, there": {create(apiError(503, "ServiceUnavailable"), 1, bad), once, ""},
		"ambiguous, not there": {
			create(apiError(503, "ServiceUnavailable"), 0, bad), map[string]service.Attempt{busy: {Requests: 1}}, "",
		},
		"twice":            {create(nil, 1, bad, good), once, "has reached the operation 2 times"},
		"two of it":        {create(nil, 2, good), once, "there are 2 of what was created"},
		"lost":             {create(nil, 0, good), once, "there are 0 of what was created"},
		"never arrived":    {create(nil, 1, good), map[string]service.Attempt{fine: {Requests: 1}}, "nothing has reached the operation"},
		"throttled, done":  {create(apiError(429, "Throttling"), notAsked, good), once, "nothing was done, and the request has reached"},
		"not sent, there":  {create(refusal, 1), once, "there are 1 of what was created"},
		"refused, there":   {create(apiError(409, "Conflict"), 1, good), once, "there are 1 of what was created"},
		"unknown error":    {create(errors.New("what"), notAsked, good), once, "no class that is documented"},
		"another class":    {create(apiError(400, ""), notAsked, attempt{name: busy, ended: true, class: "invalid", status: 400}), once, "its fault cannot end so"},
		"not told":         {create(nil, 1, attempt{name: fine}), once, "nobody was told how it ended"},
		"class of nothing": {create(apiError(503, "ServiceUnavailable"), notAsked, good), once, `the class of the last attempt is ""`},
		"no operation":     {&call{name: "1.1", found: notAsked}, once, "the spec has no such operation"},
		"sent thrice":      {create(nil, 1, good), map[string]service.Attempt{fine: {Requests: 3, Arrived: 1}}, "net/http has sent 3 requests"},
	}
	for name, test := range tests {
		broken := r.check(test.call, test.arrived)
		if test.want == "" {
			assert.Empty(t, broken, name)
			continue
		}
		assert.Contains(t, strings.Join(broken, "\n"), test.want, name)
	}
}

// TestGivenUpAtOnce counts calls below their operations that end before their first attempt, which a list does without telling a hook.
func TestGivenUpAtOnce(t *testing.T) {
	t.Parallel()
	client, err := newClient("https://127.0.0.1:1", accounts(1)[0], new(http.Transport))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l := &life{worker: newWorker(1, 0, client), cluster: "c1"}
	l.giveUp(ctx)
	calls, stuck := l.take()
	require.Empty(t, stuck)
	counted := newTotals()
	for _, c := range calls {
		require.ErrorIs(t, c.err, context.Canceled)
		assert.Empty(t, newRules(t).check(c, nil))
		counted.call(c)
	}
	assert.Equal(t, map[string]int{"RunClusterCheck": 1, "DescribeClustersV1": 1}, counted.operations)
}

func TestLeaks(t *testing.T) {
	t.Parallel()
	before := meter.Reading{Goroutines: 3, Files: 10, Heap: 1 << 20}
	assert.Empty(t, held("it", before, before))
	assert.Equal(t, []string{
		"it hold 4 goroutines, and held 3: a leak", "it hold 1 connections, and held 0: a leak", "it hold 11 files, and held 10: a leak",
	}, held("it", before, meter.Reading{Goroutines: 4, Connections: 1, Files: 11}))
}

// TestGrown tells memory that grows from memory that goes up and down.
func TestGrown(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	run := func(client, server func(n uint64) uint64) []string {
		out.Reset()
		f := &fleet{config: Config{Out: &out}}
		for n := range uint64(13) {
			f.windows = append(f.windows, window{
				end: time.Unix(0, 0).Add(time.Duration(len(f.windows)) * 30 * time.Second), requests: 20_000,
				client: meter.Reading{Heap: client(n)}, server: meter.Reading{Heap: server(n)},
			})
		}
		f.table()
		return f.grown()
	}
	flat := func(n uint64) uint64 { return 10<<20 + n%3<<20 }
	nonces := func(n uint64) uint64 { return 100<<20 + n*20_000*200 } // as the fake remembers nonces
	assert.Empty(t, run(flat, nonces))
	assert.Regexp(t, `memory of the clients +12\.0 MiB at most in the first third of the windows, 12\.0 MiB in the last one, where 17\.2 MiB are allowed\n`, out.String())
	assert.Contains(t, out.String(), "and nothing leaks.")
	assert.Equal(t, []string{"the clients hold 22.0 MiB of memory, and held 14.0 MiB: a leak"},
		run(func(n uint64) uint64 { return 10<<20 + n<<20 }, nonces))
	assert.Len(t, run(flat, func(n uint64) uint64 { return 100<<20 + n*20_000*1000 }), 1)
}

// TestOperations reads from the spec what the rules rest on.
func TestOperations(t *testing.T) {
	t.Parallel()
	known := newRules(t).operations
	assert.Equal(t, operation{unsafe: true, hasBody: true}, known["CreateCluster"])
	assert.Equal(t, operation{hasBody: true}, known["DeleteCluster"])
	assert.Equal(t, operation{}, known["DeleteTemplate"])
}

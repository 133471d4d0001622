package soak

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/internal/soak/service"
	"github.com/ackgen/ackgen/sdk/ack"
)

// A Config says how to soak.
type Config struct {
	Seed uint64
	// For is how long the run takes, and Window how long each of its parts; no life is begun after that. A run is whole windows: a first one, in
	// which each worker lives once, and then at least another.
	For, Window time.Duration
	// Windows and Lives bound a run by what it does, where they are not 0: the number of windows, and of lives of each worker in a window.
	Windows, Lives int
	// Workers share so many accounts.
	Workers, Accounts int
	// Service is the command line of the process that calls [service.Serve].
	Service []string
	Out     io.Writer
}

// ErrBroken is the error of a run that has found a broken rule.
var ErrBroken = errors.New("a rule is broken")

// A fleet is a run.
type fleet struct {
	config      Config
	process     *process
	rules       rules
	accounts    []service.Account
	transports  []*http.Transport
	clients     []*ack.Client // of the accounts
	workers     []*worker
	connections meter.Connections
	start       time.Time
	windows     []window
	totals      totals
	broken      []string
}

// Run soaks until the time is over, the context ends, or a rule is broken, and prints the table. Lives that have begun are lived to their end.
func Run(ctx context.Context, config Config) (err error) {
	f, err := newFleet(config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.process.stop()) }()
	fmt.Fprintf(config.Out, "soak: seed %d, %d workers of %d accounts, at %s\n", config.Seed, config.Workers, config.Accounts, f.process.url)
	if config.Windows == 0 {
		fmt.Fprintf(config.Out, "soak: %s\n", config.schedule())
	}
	for !f.over(ctx) {
		if err := f.window(ctx); err != nil {
			return err
		}
		fmt.Fprintln(config.Out, f.progress())
	}
	f.broken = append(f.broken, f.grown()...)
	f.table()
	if len(f.broken) > 0 {
		return ErrBroken
	}
	return nil
}

// schedule says how long a run takes that is bounded by time.
func (c Config) schedule() string {
	return fmt.Sprintf("each worker lives once; then come whole windows of %v until %v are over, one at least, and each lets lives end that have begun",
		c.Window, c.For)
}

func newFleet(config Config) (*fleet, error) {
	known, err := operations()
	if err != nil {
		return nil, err
	}
	f := &fleet{
		config: config, rules: rules{plan: plan.Plan{Seed: config.Seed}, operations: known}, accounts: accounts(config.Accounts),
		start: time.Now(), totals: newTotals(),
	}
	if f.process, err = startProcess(config.Service, service.Config{Seed: config.Seed, Speed: speed, Accounts: f.accounts}); err != nil {
		return nil, err
	}
	for _, a := range f.accounts {
		transport, err := newTransport(&f.connections)
		if err != nil {
			return nil, errors.Join(err, f.process.stop())
		}
		client, err := newClient(f.process.url, a, transport)
		if err != nil {
			return nil, errors.Join(err, f.process.stop())
		}
		f.transports, f.clients = append(f.transports, transport), append(f.clients, client)
	}
	for i := range config.Workers {
		f.workers = append(f.workers, newWorker(config.Seed, i, f.clients[i%len(f.clients)]))
	}
	return f, nil
}

// over reports whether there is no other window.
func (f *fleet) over(ctx context.Context) bool {
	n := len(f.windows)
	return len(f.broken) > 0 || n > 0 && ctx.Err() != nil || f.config.Windows > 0 && n >= f.config.Windows ||
		f.config.Windows == 0 && n > 1 && time.Since(f.start) >= f.config.For
}

// window lets all workers live, and audits. The first one is short: what is made once is made in it.
func (f *fleet) window(ctx context.Context) error {
	begin := time.Now()
	end := begin.Add(f.config.Window)
	if len(f.windows) == 0 {
		end = begin
	}
	var all sync.WaitGroup
	for _, w := range f.workers {
		all.Go(func() {
			for lives := 1; ; lives++ {
				w.live(context.WithoutCancel(ctx)) // an interrupt does not end a life
				if ctx.Err() != nil || time.Now().After(end) || lives == f.config.Lives {
					return
				}
			}
		})
	}
	all.Wait()
	return f.audit(time.Since(begin))
}

// audit compares what was told with what has happened, and measures.
func (f *fleet) audit(took time.Duration) error {
	leftovers, err := f.leftovers()
	if err != nil {
		return err
	}
	for _, t := range f.transports {
		t.CloseIdleConnections()
	}
	allowed := anything
	serverAllowed := anything
	if len(f.windows) > 0 {
		allowed, serverAllowed = f.windows[0].client, f.windows[0].server
	}
	report, err := f.process.collect(serverAllowed)
	if err != nil {
		return err
	}
	f.broken = append(f.broken, leftovers...)
	f.broken = append(f.broken, report.Mistakes...)
	f.settle(report)
	reading := meter.ReadSettled(&f.connections, allowed)
	f.windows = append(f.windows, window{end: time.Now(), took: took, requests: report.Requests, client: reading, server: report.Reading})
	f.broken = append(f.broken, f.leaks()...)
	return nil
}

// anything is what a process may hold before anybody knows: no connection.
var anything = meter.Reading{Goroutines: math.MaxInt, Files: math.MaxInt}

// settle checks all calls since the last audit against the report, and forgets them.
func (f *fleet) settle(report service.Report) {
	f.totals.report(report)
	for _, w := range f.workers {
		calls, stuck := w.take()
		f.broken = append(f.broken, stuck...)
		for _, c := range calls {
			f.broken = append(f.broken, f.rules.check(c, report.Attempts)...)
			f.totals.call(c)
			for _, a := range c.attempts {
				delete(report.Attempts, a.name)
			}
		}
	}
	for name := range report.Attempts {
		f.broken = append(f.broken, "the server got attempt "+name+", which no call has made")
	}
}

// leftovers returns what the accounts still have: all that workers create they delete.
func (f *fleet) leftovers() (broken []string, err error) {
	ctx := context.Background()
	for i, client := range f.clients {
		clusters, err := collectAll(client.DescribeClustersV1All(ctx, &ack.DescribeClustersV1Request{}))
		if err != nil {
			return nil, fmt.Errorf("list what is left: %w", err)
		}
		for _, c := range clusters {
			broken = append(broken, fmt.Sprintf("account %d has cluster %s left, which is %s", i, c.Name, c.State))
		}
		templates, err := collectAll(client.DescribeTemplatesAll(ctx, &ack.DescribeTemplatesRequest{TemplateType: new("kubernetes")}))
		if err != nil {
			return nil, fmt.Errorf("list what is left: %w", err)
		}
		for _, t := range templates {
			broken = append(broken, fmt.Sprintf("account %d has template %s left", i, t.Name))
		}
	}
	return broken, nil
}

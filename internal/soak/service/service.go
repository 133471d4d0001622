package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// Serve is the process of the service. An interrupt is for its parent, which ends it.
func Serve(in io.Reader, out io.Writer) error {
	signal.Ignore(os.Interrupt)
	requests, responses := json.NewDecoder(in), json.NewEncoder(out)
	var config Config
	if err := requests.Decode(&config); err != nil {
		return fmt.Errorf("read the configuration of the service: %w", err)
	}
	s, err := start(config)
	if err != nil {
		return fmt.Errorf("start the service: %w", err)
	}
	defer s.fake.Close()
	if err := responses.Encode(Hello{URL: s.fake.URL}); err != nil {
		return fmt.Errorf("tell the address of the service: %w", err)
	}
	for {
		var ask Collect
		if err := requests.Decode(&ask); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read what is asked of the service: %w", err)
		}
		if err := responses.Encode(s.report(ask.Allowed)); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
}

// A service is the running fake with what disturbs and counts.
type service struct {
	plan        plan.Plan
	fake        *acktest.Server
	ledger      ledger
	connections meter.Connections
	accepted    int64 // only Accept counts
}

func start(config Config) (*service, error) {
	s := &service{plan: plan.Plan{Seed: config.Seed}}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	opts := []acktest.Option{
		acktest.WithSeed(config.Seed),
		acktest.WithSpeed(config.Speed),
		acktest.WithListener(&listener{Listener: l, service: s}),
		acktest.WithMiddleware(s.disturb),
		acktest.WithLogger(slog.New(mistakes{ledger: &s.ledger})),
	}
	for _, a := range config.Accounts {
		opts = append(opts, acktest.WithUser(acktest.User{Account: a.ID, AccessKeyID: a.KeyID, AccessKeySecret: a.KeySecret}))
	}
	for _, f := range s.faults() {
		opts = append(opts, acktest.WithFault(f))
	}
	if s.fake, err = acktest.Start(opts...); err != nil {
		return nil, err
	}
	s.fake.Override(s.observers())
	return s, nil
}

// report waits until the connections of the fleet are closed, and measures.
func (s *service) report(allowed meter.Reading) Report {
	reading := meter.ReadSettled(&s.connections, allowed)
	r := s.ledger.take()
	r.Reading = reading
	return r
}

// listener accepts the connections of the fleet, counts them, and drops those that the plan drops.
type listener struct {
	net.Listener

	service *service
}

// Accept implements [net.Listener].
func (l *listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		s := l.service
		s.accepted++
		if !s.plan.Drops(s.accepted) {
			return s.connections.Count(conn)
		}
		s.ledger.happened(plan.DroppedConnection)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // resets it
		}
		_ = conn.Close()
	}
}

// mistakes takes what the fake logs of mistakes of its own.
type mistakes struct {
	ledger *ledger
}

func (m mistakes) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (m mistakes) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += ": " + a.Value.String()
		return true
	})
	m.ledger.mistake(text)
	return nil
}

func (m mistakes) WithAttrs([]slog.Attr) slog.Handler { return m }

func (m mistakes) WithGroup(string) slog.Handler { return m }

package acktest

import (
	"testing"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// region is the one that clients of the server name.
const region = "cn-hangzhou"

// Options returns what a client needs to talk to the server: its endpoint, an AccessKey it accepts, a region, and an HTTP client that
// trusts its certificate. They suit [ack.New] and every other client made from the spec. Where the client waits, between the polls of a wait and before
// it tries again, the clock of the server goes on: without [WithSpeed] a wait takes no time. Clients date their requests with the real time: with
// [WithDateClock] the server may find them stale.
func (s *Server) Options() []roa.Option {
	opts := []roa.Option{
		roa.WithEndpoint(s.URL),
		roa.WithRegion(region),
		roa.WithCredentials(s.first),
		roa.WithHTTPClient(s.HTTPClient()),
		roa.WithSleep(s.state.Sleep),
	}
	if s.plain {
		opts = append(opts, roa.WithPlainHTTP())
	}
	return opts
}

// Client returns a client that talks to the server. The options come after those of [Server.Options], so they win. It fails the test when
// they are wrong.
func (s *Server) Client(t testing.TB, opts ...roa.Option) *ack.Client {
	t.Helper()
	client, err := ack.New(append(s.Options(), opts...)...)
	if err != nil {
		t.Fatalf("create client of fake server: %v", err)
	}
	return client
}

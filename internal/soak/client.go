package soak

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/service"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// speed is how many times as fast as real time the clock of the service runs. Clients wait accordingly less.
const speed = 600

// A regional client would need an endpoint for each region: the fake stands for all.
const region = "cn-hangzhou"

// accounts returns so many accounts, which are made up.
func accounts(n int) []service.Account {
	out := make([]service.Account, n)
	for i := range out {
		out[i] = service.Account{
			ID: fmt.Sprintf("10000000000%05d", i), KeyID: fmt.Sprintf("soak-%d", i), KeySecret: fmt.Sprintf("made-up-secret-%d", i),
		}
	}
	return out
}

// newTransport returns the transport of one account. All servers of httptest have the same certificate, so one of them tells what to trust.
func newTransport(connections *meter.Connections) (*http.Transport, error) {
	other := httptest.NewTLSServer(http.NotFoundHandler())
	defer other.Close()
	trusting, ok := other.Client().Transport.(*http.Transport)
	if !ok {
		return nil, errors.New("the transport of httptest is another one")
	}
	const idle = 16
	return &http.Transport{
		DialContext: connections.Dial, TLSClientConfig: trusting.TLSClientConfig.Clone(), MaxIdleConnsPerHost: idle, IdleConnTimeout: time.Minute,
	}, nil
}

// newClient returns a client of an account.
func newClient(url string, a service.Account, transport *http.Transport) (*ack.Client, error) {
	return ack.New(
		roa.WithEndpoint(url),
		roa.WithRegion(region),
		roa.WithCredentials(roa.StaticCredentials(a.KeyID, a.KeySecret, "")),
		roa.WithTransport(transport),
		roa.WithMiddleware(func(base http.RoundTripper) http.RoundTripper { return stamp{base} }),
		roa.WithAttemptHook(hook),
		roa.WithSleep(sleep),
		roa.WithMaxResponseSize(service.LargeBody/2),
	)
}

// sleep waits by the clock of the service.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d / speed)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx) // what roa.WithSleep asks for
	}
}

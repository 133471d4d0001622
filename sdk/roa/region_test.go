package roa

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var regionService = Service{
	Name: "ack", Version: "2015-12-15", Endpoint: "cs.{region}.example.com", VPCEndpoint: "cs-vpc.{region}.example.com",
	CentralEndpoint: "cs.example.com", CentralRegions: []string{"middle-1"},
}

func TestInRegion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts   []Option
		region string
		want   string // host, or the end of the error
	}{
		"own endpoint":     {nil, "south-1", "cs.south-1.example.com"},
		"unknown region":   {nil, "nowhere-9", "cs.nowhere-9.example.com"},
		"central region":   {nil, "middle-1", "cs.example.com"},
		"VPC":              {[]Option{WithVPC()}, "south-1", "cs-vpc.south-1.example.com"},
		"central endpoint": {[]Option{WithCentralEndpoint()}, "south-1", "cs.example.com"},
		"fixed endpoint":   {[]Option{WithEndpoint("fixed.example.com")}, "south-1", "fixed.example.com"},
		"no VPC there":     {[]Option{WithVPC()}, "middle-1", `ack: choose region: region "middle-1" has no VPC endpoint: leave WithVPC out, or use WithEndpoint`},
		"malformed":        {nil, "South 1", `ack: choose region: region "South 1" is malformed: want something like cn-beijing`},
		"missing":          {[]Option{WithCentralEndpoint()}, "", "ack: choose region: region is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewClient(&regionService, append(tt.opts, WithRegion("north-1"), WithCredentials(StaticCredentials("a", "b", "")))...)
			require.NoError(t, err)
			host := c.host
			other, err := c.InRegion(tt.region)
			assert.Equal(t, host, c.host, "the client itself stays where it is")
			assert.Equal(t, "north-1", c.Region())
			if err != nil {
				assert.Equal(t, tt.want, err.Error())
				return
			}
			assert.Equal(t, tt.region, other.Region())
			assert.Equal(t, tt.want, other.host)
			assert.Equal(t, tt.want, other.template.Host)
		})
	}
}

// TestRegionsShareConnections calls in many regions through one client, and
// releases its connections.
func TestRegionsShareConnections(t *testing.T) {
	t.Parallel()
	var regions []string
	transport := &countingTransport{}
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		regions = append(regions, r.Header.Get("X-Acs-Region-Id"))
	}))
	t.Cleanup(srv.Close)
	c, err := NewClient(&fixtureService, WithRegion("r-0"), WithEndpoint(srv.URL), WithPlainHTTP(), WithTransport(transport),
		WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return struct{ http.RoundTripper }{next} }),
		WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
	require.NoError(t, err)
	for _, region := range []string{"r-1", "r-2", "r-3"} {
		other, err := c.InRegion(region)
		require.NoError(t, err)
		require.NoError(t, other.Do(t.Context(), NewRequest(&opList, nil), nil, nil, nil))
	}
	assert.Equal(t, []string{"r-1", "r-2", "r-3"}, regions)
	c.CloseIdleConnections()
	assert.Equal(t, 1, transport.closed, "also below middleware")

	bare, err := NewClient(&fixtureService, WithRegion("r-0"), WithTransport(struct{ http.RoundTripper }{transport}),
		WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
	require.NoError(t, err)
	bare.CloseIdleConnections() // a transport without the method is left alone
}

// countingTransport counts how often its connections are released.
type countingTransport struct {
	http.Transport

	closed int
}

func (t *countingTransport) CloseIdleConnections() {
	t.closed++
	t.Transport.CloseIdleConnections()
}

// TestRegionsShareLimits makes calls in two regions and counts what is used for both.
func TestRegionsShareLimits(t *testing.T) {
	t.Parallel()
	turns, keys := 0, 0
	var again []bool
	c := newTestClient(t, answer(http.StatusServiceUnavailable, "", ""),
		WithRateLimiter(limiterFunc(func(context.Context) error { turns++; return nil })),
		WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) {
			keys++
			return Credentials{AccessKeyID: "id", AccessKeySecret: "secret"}, nil
		})),
		WithRetry(DefaultRetryPolicy{MaxAttempts: 9, BaseDelay: 1}), WithRetryBudget(1), WithAttemptHook(func(a Attempt) { again = append(again, a.Again) }))
	other, err := c.InRegion("cn-hangzhou")
	require.NoError(t, err)
	for _, each := range []*Client{c, other} {
		_, err := get(t.Context(), each)
		require.ErrorIs(t, err, ErrServer)
	}
	assert.Equal(t, []bool{true, false, false}, again, "the budget has one retry for both")
	assert.Equal(t, []int{3, 3}, []int{turns, keys})
	assert.Same(t, c.http, other.http)
}

type limiterFunc func(context.Context) error

func (f limiterFunc) Wait(ctx context.Context) error { return f(ctx) }

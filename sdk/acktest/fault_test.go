package acktest

import (
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// clustersOf returns how many clusters a server has.
func clustersOf(t *testing.T, srv *Server) (n int) {
	t.Helper()
	require.NoError(t, srv.state.Do(world.Call{Caller: world.Caller{Account: defaultAccount}}, func(w *world.World) error {
		n = w.Clusters.Len()
		return nil
	}))
	return n
}

// TestFaults creates a cluster while something goes wrong, with a client that does not try again, and looks whether it is there.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault  Fault
		status int    // of the error; 0 when there is no response, 200 when there is no error
		code   string // of the error
		class  string // of the error
		exists bool
	}{
		"refused":          {Fault{Status: 503}, 503, "ServiceUnavailable", "server", false},
		"refused with":     {Fault{Status: 403, Code: "Forbidden.RAM", Message: "no"}, 403, "Forbidden.RAM", "forbidden", false},
		"refused after":    {Fault{Status: 500, Code: "InternalError", After: true}, 500, "InternalError", "server", true},
		"throttled":        {Fault{Throttle: 1500 * time.Millisecond}, 429, "Throttling.User", "throttled", false},
		"reset":            {Fault{Reset: true}, 0, "", "connection", false},
		"reset after":      {Fault{Reset: true, After: true}, 0, "", "connection", true},
		"page of a proxy":  {Fault{Status: 502, HTML: true}, 502, "", "server", false},
		"page after":       {Fault{Status: 502, HTML: true, After: true}, 502, "", "server", true},
		"page of success":  {Fault{HTML: true}, 0, "", "decode", true},
		"cut off":          {Fault{Truncate: true}, 0, "", "connection", true},
		"error cut off":    {Fault{Status: 503, Truncate: true}, 503, "ServiceUnavailable", "server", false},
		"other case":       {Fault{Status: 404, Code: "ErrorClusterNotFound", ErrorCase: true}, 404, "ErrorClusterNotFound", "not_found", false},
		"unknown fields":   {Fault{UnknownFields: true}, 200, "", "", true},
		"unknown in error": {Fault{Status: 403, Code: "A", UnknownFields: true}, 403, "A", "forbidden", false},
		"other types":      {Fault{TypeDrift: true}, 200, "", "", true},
		"nothing":          {Fault{}, 200, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t)
			tt.fault.Operation = "CreateCluster"
			srv.Inject(tt.fault)
			out, err := srv.Client(t, roa.WithoutRetry()).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "c", RegionID: region})
			if tt.status == http.StatusOK {
				require.NoError(t, err)
				assert.NotEmpty(t, out.ClusterID)
			} else {
				require.Error(t, err)
				assert.Equal(t, tt.class, roa.ErrorClass(err), "%v", err)
				apiErr, _ := errors.AsType[*roa.APIError](err)
				if assert.Equal(t, tt.status != 0, apiErr != nil, "%v", err) && apiErr != nil {
					assert.Equal(t, []any{tt.status, tt.code}, []any{apiErr.StatusCode, apiErr.Code})
				}
			}
			assert.Equal(t, tt.exists, clustersOf(t, srv) == 1)
		})
	}
}

// TestThrottledClientsWait holds that a client waits as long as the headers say, by the clock of the server.
func TestThrottledClientsWait(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	srv.Inject(Fault{Throttle: 4500 * time.Millisecond, Count: 1})
	begin := srv.Now()
	_, err := srv.Client(t).CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "c", RegionID: region})
	require.NoError(t, err)
	assert.GreaterOrEqual(t, srv.Now().Sub(begin), 4500*time.Millisecond)
	requests := srv.RequestsFor("CreateCluster")
	require.Len(t, requests, 2)
	assert.Equal(t, []any{429, "Throttling.User", 200}, []any{requests[0].Status, requests[0].ErrorCode, requests[1].Status})
}

func TestDelayFollowsTheClock(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	srv.Inject(Fault{Delay: time.Hour})
	begin, start := time.Now(), srv.Now()
	_, err := srv.Client(t).DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	require.ErrorIs(t, err, roa.ErrNotFound)
	assert.Equal(t, time.Hour, srv.Now().Sub(start))
	assert.Less(t, time.Since(begin), time.Minute)
}

// TestFaultsTogether lets two faults happen to one request.
func TestFaultsTogether(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	srv.Inject(Fault{Delay: time.Second})
	srv.Inject(Fault{Delay: time.Minute, Status: 404, Code: "inner"})
	srv.Inject(Fault{Status: 404, Code: "out of reach", Count: 1})
	start := srv.Now()
	_, err := srv.Client(t).DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	require.ErrorIs(t, err, roa.Code("inner"))
	assert.Equal(t, 61*time.Second, srv.Now().Sub(start))
}

// TestChosenRequests counts which of a row of requests fail.
func TestChosenRequests(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault Fault
		want  string // one letter for each request: ok or failed
	}{
		"all":             {Fault{}, "ffffff"},
		"operation":       {Fault{Operation: "DescribeTaskInfo"}, "fofofo"},
		"group":           {Fault{Group: "Clusters"}, "ofofof"},
		"both, but apart": {Fault{Operation: "DescribeTaskInfo", Group: "Clusters"}, "oooooo"},
		"third":           {Fault{Skip: 2, Count: 1}, "oofooo"},
		"first two":       {Fault{Count: 2}, "ffoooo"},
		"when":            {Fault{When: func(r Request) bool { return r.PathParams["taskId"] == "T-2" }}, "oofooo"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, err := Start(WithExamples())
			require.NoError(t, err)
			defer srv.Close()
			client := srv.Client(t, roa.WithoutRetry())
			tt.fault.Status = 500
			srv.Inject(tt.fault)
			var got strings.Builder
			for i := range 6 {
				if i%2 == 0 {
					_, err = client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-" + string(rune('0'+i))})
				} else {
					_, err = client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c"})
				}
				got.WriteString(map[bool]string{true: "o", false: "f"}[err == nil])
			}
			assert.Equal(t, tt.want, got.String())
		})
	}
}

// TestShare holds that about the share of the requests fail, and the same ones with the same seed.
func TestShare(t *testing.T) {
	t.Parallel()
	outcomes := func(seed uint64) []bool {
		srv := NewServer(t, WithExamples(), WithSeed(seed))
		client := srv.Client(t, roa.WithoutRetry())
		end := srv.Inject(Fault{Share: 0.25, Reset: true})
		var failed []bool
		for range 100 {
			_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
			failed = append(failed, err != nil)
		}
		end()
		for range 20 {
			_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
			require.NoError(t, err, "the fault was lifted")
		}
		return failed
	}
	first := outcomes(7)
	assert.Equal(t, first, outcomes(7))
	assert.NotEqual(t, first, outcomes(8))
	n := 0
	for _, failed := range first {
		if failed {
			n++
		}
	}
	assert.InDelta(t, 25, n, 15)
}

func TestUnusedFaultsFailTheTest(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	srv := NewServer(r)
	srv.Inject(Fault{Operation: "DeleteCluster", Status: 500})
	srv.Inject(Fault{Group: "NodePools", Share: 1, Status: 500})
	srv.Inject(Fault{Skip: 1, Status: 500})
	srv.Inject(Fault{Share: 1e-9, Status: 500})
	srv.Inject(Fault{Delay: time.Second})
	_, err := srv.Client(t).DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
	require.ErrorIs(t, err, roa.ErrNotFound)
	r.end()
	assert.Equal(t, []string{
		"acktest: a fault that was injected into DeleteCluster never happened",
		"acktest: a fault that was injected into all operations never happened",
		"acktest: a fault that was injected into the group NodePools never happened",
	}, r.errors)
}

func TestWrongFaults(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	for want, f := range map[string]Fault{
		"the spec has no operation deleteCluster; did you mean DeleteCluster?": {Operation: "deleteCluster"},
		"the spec has no group nodes":                                          {Group: "nodes"},
		"status 200 is not between 400 and 599":                                {Status: 200},
		"status 600 is not between 400 and 599":                                {Status: 600},
		"there is no status for the code and the message":                      {Code: "A"},
		"share 1.5 is not between 0 and 1":                                     {Share: 1.5},
		"share NaN is not between 0 and 1":                                     {Share: math.NaN()},
		"a number is below 0":                                                  {Delay: -1},
	} {
		assert.PanicsWithError(t, "acktest: inject fault: "+want, func() { srv.Inject(f) })
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	srv := NewServer(t, WithExamples(), WithRateLimit("DescribeTaskInfo", 2, 10*time.Second), WithRateLimit("", 4, time.Minute),
		WithCredentials("one", "s1", ""), WithCredentials("two", "s2", ""))
	ask := func(id, secret string) *roa.APIError {
		client := srv.Client(t, roa.WithoutRetry(), roa.WithCredentials(roa.StaticCredentials(id, secret, "")))
		_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
		apiErr, _ := errors.AsType[*roa.APIError](err)
		return apiErr
	}
	require.Nil(t, ask("one", "s1"))
	srv.Advance(3 * time.Second)
	require.Nil(t, ask("one", "s1"))
	refused := ask("one", "s1")
	require.NotNil(t, refused)
	require.ErrorIs(t, refused, roa.ErrThrottled)
	assert.Equal(t, []any{429, "Limit:2,Remain:0,TimeLeft:7000"}, []any{refused.StatusCode, refused.Header.Get("X-Ratelimit-User-Api")})
	require.Nil(t, ask("two", "s2"), "limits belong to an AccessKey")
	srv.Advance(7 * time.Second)
	require.Nil(t, ask("one", "s1"))
	refused = ask("one", "s1")
	require.NotNil(t, refused)
	assert.Equal(t, "Limit:2,Remain:0,TimeLeft:3000", refused.Header.Get("X-Ratelimit-User-Api"))
	srv.Advance(3 * time.Second)
	require.Nil(t, ask("one", "s1"))
	srv.Advance(10 * time.Second)
	refused = ask("one", "s1")
	require.NotNil(t, refused)
	assert.Equal(t, "Limit:4,Remain:0,TimeLeft:37000", refused.Header.Get("X-Ratelimit-User"))

	// A client that waits as it is told gets through.
	client := srv.Client(t, roa.WithCredentials(roa.StaticCredentials("two", "s2", "")), roa.WithMaxAttempts(3))
	for range 3 {
		_, err := client.DescribeTaskInfo(t.Context(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"})
		require.NoError(t, err)
	}
	for want, opt := range map[string]Option{
		"0 requests in 1s are not above zero":             WithRateLimit("", 0, time.Second),
		"1 requests in 0s are not above zero":             WithRateLimit("", 1, 0),
		"no operation deleteCluster; did you mean Delete": WithRateLimit("deleteCluster", 1, time.Second),
	} {
		_, err := Start(opt)
		require.ErrorContains(t, err, want)
	}
}

// TestFaultFromTheStart happens to the first request, and is refused by the start when it is wrong.
func TestFaultFromTheStart(t *testing.T) {
	t.Parallel()
	srv := newSmall(t, WithFault(Fault{Operation: "ListThings", Status: http.StatusServiceUnavailable, Count: 1}))
	client := srv.Client(t, roa.WithoutRetry())
	in := roa.RawRequest{Operation: "ListThings", Method: "GET", Path: "/things"}
	_, err := client.Call(t.Context(), in)
	require.ErrorContains(t, err, "503")
	_, err = client.Call(t.Context(), in)
	require.NoError(t, err)

	_, err = Start(WithFault(Fault{Operation: "listthings"}))
	require.EqualError(t, err, "acktest.WithFault: the spec has no operation listthings")
}

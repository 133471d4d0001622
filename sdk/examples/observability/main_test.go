package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const clusterID = "c82e6987e2961451182edacd74faf1234"

func TestObserved(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	throttled := acktest.Response{Status: 429, Header: http.Header{"X-Acs-Request-Id": {"R1"}}, Body: `{"code":"Throttling.User"}`}
	srv.Respond("DescribeClusterDetail", throttled)
	srv.Respond("DescribeClusterDetail", acktest.Response{Header: http.Header{"X-Acs-Request-Id": {"R2"}}, Body: `{"name":"test","state":"running"}`})
	var log, out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Value.Kind() == slog.KindDuration {
			return slog.Attr{}
		}
		return a
	}}))
	opts := append(srv.Options(), roa.WithRetry(roa.DefaultRetryPolicy{ThrottledDelay: time.Nanosecond}))
	opts = append(opts, observed(logger,
		func(operation, class string) { fmt.Fprintf(&log, "count %s %q\n", operation, class) },
		func(_ context.Context, name string, status int) { fmt.Fprintf(&log, "span %s %d\n", name, status) },
	)...)
	require.NoError(t, show(t.Context(), &out, srv.Client(t, opts...), clusterID))
	assert.Equal(t, "test running\n", out.String())
	assert.Equal(t, `span DescribeClusterDetail 429
level=WARN msg="ack attempt" service=ack operation=DescribeClusterDetail attempt=1 status=429 request_id=R1 class=throttled code=Throttling.User
count DescribeClusterDetail "throttled"
span DescribeClusterDetail 200
level=DEBUG msg="ack attempt" service=ack operation=DescribeClusterDetail attempt=2 status=200 request_id=R2
count DescribeClusterDetail ""
`, log.String())
}

func TestShowExplains(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	client := srv.Client(t)
	respond := func(status int, code string) {
		srv.Respond("DescribeClusterDetail", acktest.Response{
			Status: status, Header: http.Header{"X-Acs-Request-Id": {"R1"}}, Body: `{"code":"` + code + `"}`,
		})
	}
	respond(404, "ErrorClusterNotFound")
	require.EqualError(t, show(t.Context(), &bytes.Buffer{}, client, clusterID), "there is no such cluster")
	respond(403, "StatusForbidden")
	require.EqualError(t, show(t.Context(), &bytes.Buffer{}, client, clusterID), "refused with StatusForbidden after 1 attempts, ask support about R1")
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	require.EqualError(t, show(ctx, &bytes.Buffer{}, client, clusterID), "the service is too slow today")
}

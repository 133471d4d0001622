// Command observability shows a cluster, and logs, counts and traces every
// attempt on the way.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: observability CLUSTER_ID")
		os.Exit(1)
	}
	logger := slog.Default()
	count := func(operation, class string) { logger.Info("count", "operation", operation, "class", class) }
	end := func(ctx context.Context, name string, status int) {
		logger.InfoContext(ctx, "span", "name", name, "status", status)
	}
	key, secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	opts := append(observed(logger, count, end), roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials(key, secret, "")))
	client, err := ack.New(opts...)
	if err == nil {
		err = show(context.Background(), os.Stdout, client, os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// observed returns the options of a client that logs, counts and traces.
func observed(logger *slog.Logger, count func(operation, class string), end func(ctx context.Context, name string, status int)) []roa.Option {
	return []roa.Option{
		roa.WithLogger(logger),
		roa.WithAttemptHook(func(a roa.Attempt) { count(a.Operation, a.Class) }),
		roa.WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return spanTransport{next, end} }),
	}
}

// spanTransport makes a span of every attempt, as otelhttp.NewTransport does.
type spanTransport struct {
	base http.RoundTripper
	end  func(ctx context.Context, name string, status int)
}

func (t spanTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.base.RoundTrip(req)
	status := 0
	if err == nil {
		status = resp.StatusCode
	}
	t.end(req.Context(), req.Header.Get("X-Acs-Action"), status)
	return resp, err
}

func show(ctx context.Context, w io.Writer, client ack.ClustersAPI, id string) error {
	out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	switch {
	case errors.Is(err, roa.ErrNotFound): // the class: by the code, else by the status
		return errors.New("there is no such cluster")
	case errors.Is(err, context.DeadlineExceeded): // causes in packages context and net are kept
		return errors.New("the service is too slow today")
	}
	if apiErr, ok := errors.AsType[*roa.APIError](err); ok {
		return fmt.Errorf("refused with %s after %d attempts, ask support about %s", apiErr.Code, apiErr.Attempts, apiErr.RequestID)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, out.Name, out.State)
	return err
}

// Command drift shows a cluster, and tells what is wrong with the request and what
// is new in the response.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: drift CLUSTER_ID")
		os.Exit(1)
	}
	key, secret := os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"), os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
	client, err := newClient(slog.Default(), roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials(key, secret, "")))
	if err == nil {
		err = show(context.Background(), os.Stdout, client, os.Args[1])
	}
	if err != nil {
		explain(os.Stderr, err)
		os.Exit(1)
	}
}

// newClient returns a client that checks requests, and logs what it finds in
// responses beside what it knows.
func newClient(logger *slog.Logger, opts ...roa.Option) (*ack.Client, error) {
	opts = append(opts, roa.WithValidation(), roa.WithDriftHook(func(d roa.Drift) {
		logger.Warn("response differs from its declaration",
			"operation", d.Operation, "kind", d.Kind, "path", d.Path, "want", d.Want, "got", d.Got, "request", d.RequestID)
	}))
	return ack.New(opts...)
}

func show(ctx context.Context, w io.Writer, client ack.ClustersAPI, id string) error {
	out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, out.Name, out.State)
	return err
}

// explain writes one line for everything that is wrong with a request.
func explain(w io.Writer, err error) {
	invalid, ok := errors.AsType[*roa.ValidationError](err)
	if !ok {
		fmt.Fprintln(w, err)
		return
	}
	for _, v := range invalid.Violations {
		fmt.Fprintln(w, invalid.Operation+":", v.Path, v.Problem)
	}
}

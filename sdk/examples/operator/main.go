// Command operator keeps the node pools of a cluster as a file says, in the manner of a Kubernetes operator: it looks, takes one step towards what
// is wanted, and looks again later. It creates pools and changes their sizes; pools that the file does not name are left alone.
//
//	operator -pools pools.json
//
// Credentials and region come from the environment.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	file := flag.String("pools", "pools.json", "`file` that says which node pools a cluster has")
	endpoint := flag.String("endpoint", "", "`URL` to use in place of the service's")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := start(ctx, *file, *endpoint)
	stop()
	fmt.Fprintln(os.Stderr, "operator:", err)
	os.Exit(1)
}

// start works until something goes wrong or the user interrupts it, so it always returns an error.
func start(ctx context.Context, file, endpoint string) error {
	wanted, err := read(file)
	if err != nil {
		return err
	}
	options, err := credentials.FromEnvironment()
	if err != nil {
		return err
	}
	if endpoint != "" {
		options = append(options, roa.WithEndpoint(endpoint))
	}
	// The operator looks again anyway, so its calls are not tried again by themselves.
	client, err := ack.New(append(options, roa.WithoutRetry())...)
	if err != nil {
		return err
	}
	o := operator{api: client, wanted: wanted, log: slog.Default()}
	return o.run(ctx, sleep)
}

// read reads what a cluster is to have.
func read(file string) (cluster, error) {
	var wanted cluster
	text, err := os.ReadFile(file)
	if err != nil {
		return wanted, err
	}
	if err := json.Unmarshal(text, &wanted); err != nil {
		return wanted, fmt.Errorf("%s: %w", file, err)
	}
	return wanted, nil
}

// sleep returns after a time, or with an error when the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

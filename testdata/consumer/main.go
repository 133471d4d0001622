// Command fleet brings a node pool to a number of nodes. It shows what a program is
// like that has its own client of just the operations it calls.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/sdk/roa"

	"example.com/fleet/internal/ack"
)

//go:generate go tool codegen

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", err)
		os.Exit(1)
	}
}

// run takes a region, an AccessKey id, its secret, a cluster, a node pool and a number.
func run(ctx context.Context, args []string) error {
	if len(args) != 6 {
		return fmt.Errorf("six arguments are needed, and there are %d", len(args))
	}
	count, err := strconv.Atoi(args[5])
	if err != nil {
		return fmt.Errorf("read the number of nodes: %w", err)
	}
	client, err := ack.New(roa.WithRegion(args[0]), roa.WithCredentials(roa.StaticCredentials(args[1], args[2], "")))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Minute)
	defer cancel()
	names, err := grow(ctx, client, args[3], args[4], count)
	if err != nil {
		return err
	}
	for _, name := range names {
		fmt.Fprintln(os.Stdout, name)
	}
	return nil
}

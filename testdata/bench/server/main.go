// Command server sends canned responses on the loopback interface, in a process of
// its own so that what it costs is not counted. It prints its address, and ends when
// its standard input does: with the program that started it, whatever happened to it.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func run() error {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: canned.Handler(), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	ended := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, os.Stdin)
		ended <- err
	}()
	fmt.Fprintln(os.Stdout, listener.Addr())
	select {
	case err := <-failed:
		return err
	case err := <-ended:
		return err
	}
}

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
)

// grace is how long requests that are being served may take once the program is told
// to stop.
const grace = 10 * time.Second

// app is one run of the command, with its flags.
type app struct {
	*cli.Tool

	listen      string
	state       string
	sample      bool
	unsigned    bool
	speed       speed
	latency     time.Duration
	faults      []string
	tls         bool
	certFile    string
	keyID       string
	secretFile  string
	logFormat   string
	log         *slog.Logger
	certificate *tls.Certificate // nil without TLS
}

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{speed: 1}
	root := a.command()
	a.Tool = cli.New(root)
	spec := root.PersistentFlags().Lookup("spec")
	a.Spec, spec.DefValue = "", ""
	spec.Usage = "`path` of the spec of another API, a folder or one OpenAPI document: responses are its examples (default: ACK)"
	root.MarkFlagsMutuallyExclusive("spec", "state", "sample")
	return a.Run(args, stdin, stdout, stderr)
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "ackfake",
		Short: "Serve a fake ACK, without an account and without costs",
		Long: `ackfake serves a fake of Alibaba Cloud Container Service for Kubernetes (ACK): it
verifies signatures, checks requests against the spec, and carries them out. A
cluster that was created is listed, comes up after some minutes, and is gone once
it was deleted; --speed shortens the minutes. It runs until Ctrl-C.

Clients need its address, plain HTTP unless --tls is given, and its AccessKey. The
secret is read from --access-key-secret-file, or else from the environment variable
ACKFAKE_ACCESS_KEY_SECRET, and is a random one otherwise, which is printed.

What is wrong in a --fault is a list of group, status, code, message, throttle and
delay with a value, and of reset, truncate, html, unknown-fields, type-drift,
error-case and after without; skip, count and share choose requests.

Requests are logged on standard error, without secrets. GET /healthz responds with
200, without a signature.`,
		Example: `  ackfake                                                    # at http://127.0.0.1:8088, until Ctrl-C
  ackfake --sample --unsigned                                # for the commands of curl in the documentation
  ackfake --speed 60x --state ackfake.json                   # minutes take seconds; goes on where it was stopped
  ackfake --fault CreateCluster:status=503,share=0.1         # one of ten creations fails
  ackfake --tls-certificate ackfake.pem                      # HTTPS; curl --cacert ackfake.pem trusts it
  ackfake --spec petstore.yaml                               # another API`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), cmd.ErrOrStderr()) },
	}
	flags := root.Flags()
	flags.StringVar(&a.listen, "listen", "127.0.0.1:8088", "`address` to listen at; port 0 is a free one")
	flags.StringVar(&a.state, "state", "", "`file` that keeps the state, with secrets; it is read at the start if it is there")
	flags.BoolVar(&a.sample, "sample", false, "begin with a cluster and more, which have the ids that the documentation shows")
	flags.BoolVar(&a.unsigned, "unsigned", false, "serve requests without a signature, too, as of curl; at an address of the loopback interface only")
	flags.Var(&a.speed, "speed", "how many `times` as fast as real time the clock runs, such as 60x")
	flags.DurationVar(&a.latency, "latency", 0, "`duration` by which every response is late, such as 50ms")
	flags.StringArrayVar(&a.faults, "fault", nil, "`fault` of requests for an operation or * for all, such as CreateCluster:status=503,share=0.1; may be given several times")
	flags.BoolVar(&a.tls, "tls", false, "serve HTTPS with a certificate of its own")
	flags.StringVar(&a.certFile, "tls-certificate", "", "`file` to write that certificate to, for clients; implies --tls")
	flags.StringVar(&a.keyID, "access-key-id", "ackfake", "`id` of the AccessKey that requests are signed with")
	flags.StringVar(&a.secretFile, "access-key-secret-file", "", "`file` with the secret of the AccessKey")
	flags.StringVar(&a.logFormat, "log-format", "text", "`form` of the log: text or json")
	return root
}

// serve serves until the user stops the program.
func (a *app) serve(ctx context.Context, stderr io.Writer) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	key, err := a.key()
	if err != nil {
		return err
	}
	opts, err := a.options(stderr)
	if err != nil {
		return err
	}
	if a.state != "" {
		lock, err := lockState(a.state)
		if err != nil {
			return err
		}
		defer lock.Close() //nolint:errcheck // the program ends
	}
	srv, err := a.start(ctx, append(opts, acktest.WithCredentials(key.id, key.secret, "")))
	if err != nil {
		return err
	}
	defer srv.Close()
	var k *keeper
	if a.state != "" {
		if k, err = keep(srv, a.state, a.log); err != nil {
			return err
		}
	}
	if err := a.greet(srv.URL, key); err != nil {
		return err
	}
	<-ctx.Done()
	stop() // A second Ctrl-C ends the program at once.
	return a.end(srv, k)
}

// start starts the server at the address of --listen, on the state that --state has kept.
func (a *app) start(ctx context.Context, opts []acktest.Option) (*acktest.Server, error) {
	snapshot, err := a.first(ctx)
	if err != nil {
		return nil, err
	}
	if snapshot != nil {
		opts = append(opts, acktest.WithSnapshot(snapshot))
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", a.listen)
	if err != nil {
		return nil, err
	}
	if address, ok := listener.Addr().(*net.TCPAddr); ok && !address.IP.IsLoopback() {
		if a.unsigned {
			return nil, errors.Join(fmt.Errorf("--unsigned at %s would serve whoever reaches it: listen at an address of the loopback interface", a.listen), listener.Close())
		}
		a.Note(fmt.Sprintf("warning: %s can be reached from other machines, and %s", address, a.risk()))
	}
	srv, err := acktest.Start(append(opts, acktest.WithListener(listener))...)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start%s: %w", a.origin(), err), listener.Close())
	}
	return srv, nil
}

// first returns the state that the server begins with, nil for none.
func (a *app) first(ctx context.Context) ([]byte, error) {
	switch {
	case a.state != "":
		return readState(a.state)
	case a.sample:
		return sample.Snapshot(ctx)
	}
	return nil, nil
}

// origin says which file the server starts from.
func (a *app) origin() string {
	switch {
	case a.Spec != "":
		return " with the spec " + a.Spec
	case a.state != "":
		return " with the state " + a.state
	}
	return ""
}

// risk says what those can do who reach the server from other machines.
func (a *app) risk() string {
	if a.certificate == nil {
		return "who is on the way reads the secrets in its responses: --tls encrypts them"
	}
	return "serves all who know the AccessKey"
}

// end stops the server and keeps its state a last time.
func (a *app) end(srv *acktest.Server, k *keeper) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		a.Note(fmt.Sprintf("requests were broken off after %s", grace))
	}
	if k == nil {
		return nil
	}
	return k.close()
}

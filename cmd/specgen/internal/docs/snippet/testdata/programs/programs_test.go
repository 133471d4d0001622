// Package programs runs what a reference displays. A test of snippet adds the list of all
// programs and commands to it.
package programs

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A program is one that a reference displays.
type program struct {
	operation, title string
	main             func(*world)
}

// A command is one of curl that a reference displays.
type command struct {
	operation, title, method, url string
	header                        http.Header
	body                          string
}

// A world is where programs run: a fake server with all that they name.
type world struct {
	t        *testing.T
	srv      *acktest.Server
	snapshot []byte
	out      bytes.Buffer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	snapshot, err := sample.Snapshot(t.Context())
	require.NoError(t, err)
	srv := acktest.NewServer(t, acktest.WithPlainHTTP(), acktest.WithUnsigned())
	return &world{t: t, srv: srv, snapshot: snapshot}
}

// prepare makes the world what it was at first, and what the operation needs besides.
func (w *world) prepare(t *testing.T, key ...string) {
	t.Helper()
	require.NoError(t, w.srv.Restore(w.snapshot))
	for _, k := range key {
		if suit := suits[k]; suit != nil {
			suit(t, w)
		}
	}
}

// client stands in for ack.New in programs.
func (w *world) client(opts ...roa.Option) (*ack.Client, error) {
	return ack.New(append(opts, w.srv.Options()...)...)
}

// A failure is what ends a program.
type failure struct{ err error }

// fatal stands in for log.Fatal in programs.
func (w *world) fatal(err error) { panic(failure{err}) } //nolint:forbidigo // run recovers

// run runs a program and returns the error that ended it.
func (w *world) run(p program) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case failure:
			err = p.err
		default:
			panic(p)
		}
	}()
	p.main(w)
	return nil
}

func (w *world) println(values ...any)               { fmt.Fprintln(&w.out, values...) }
func (w *world) printf(format string, values ...any) { fmt.Fprintf(&w.out, format, values...) }

func TestPrograms(t *testing.T) { //nolint:paralleltest // The programs share a world.
	for name, value := range secrets {
		t.Setenv(name, value)
	}
	w := newWorld(t)
	for _, p := range programs {
		t.Run(p.operation+"/"+p.title, func(t *testing.T) {
			w.prepare(t, p.operation, p.operation+"/"+p.title)
			w.out.Reset()
			require.NoError(t, w.run(p))
			assert.NotContains(t, w.out.String(), "0xc", "an address is printed")
		})
	}
}

func TestCommands(t *testing.T) { //nolint:paralleltest // The commands share a world.
	w := newWorld(t)
	for _, c := range commands {
		t.Run(c.operation+"/"+c.title, func(t *testing.T) {
			w.prepare(t, c.operation, c.operation+"/"+c.title)
			req, err := http.NewRequestWithContext(t.Context(), c.method, w.srv.URL+c.url, bytes.NewBufferString(c.body))
			require.NoError(t, err)
			req.Header = c.header
			resp, err := w.srv.HTTPClient().Do(req)
			require.NoError(t, err)
			var body bytes.Buffer
			_, err = body.ReadFrom(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			if resp.StatusCode > 299 {
				assert.Fail(t, "the command is refused", "%s: %s", resp.Status, &body)
			}
			requests := w.srv.Requests()
			assert.Equal(t, c.operation, requests[len(requests)-1].Operation)
		})
	}
}

// secrets are the variables of the environment that programs read.
var secrets = map[string]string{"LOGIN_PASSWORD": "Hello1234", "PASSWORD": "Hello1234"}

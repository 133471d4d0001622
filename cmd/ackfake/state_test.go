package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/privatefile"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestStateSurvives a stop. What a program has kept, the next one has.
func TestStateSurvives(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	leftover := filepath.Join(filepath.Dir(file), ".state.json-123")
	require.NoError(t, os.WriteFile(leftover, []byte("a secret of a program that was killed"), 0o600))
	p := start(t, nil, "--state", file)
	id := createCluster(t, p.client(t), "test")
	assert.Zero(t, p.end(t, syscall.SIGTERM))
	info, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	assert.NoFileExists(t, leftover)

	p = start(t, nil, "--state", file, "--speed", "100000x")
	_, err = p.client(t).WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id}, roa.WaitDelay(time.Millisecond, time.Millisecond))
	require.NoError(t, err)
	assert.Zero(t, p.end(t, os.Interrupt))
}

// TestStateInUse refuses a second program with the state of a first one, until that has ended, however it ended.
func TestStateInUse(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	for _, signal := range []os.Signal{os.Kill, os.Interrupt} {
		p := start(t, nil, "--state", file)
		createCluster(t, p.client(t), rand.Text())
		second := command(t, nil, "--listen", "127.0.0.1:0", "--state", file)
		out, err := second.CombinedOutput()
		require.Error(t, err)
		assert.Equal(t, cli.Usage, second.ProcessState.ExitCode())
		assert.Contains(t, string(out), "the state "+file+" is in use by another ackfake")
		createCluster(t, p.client(t), rand.Text())
		p.end(t, signal)
	}
}

// TestReadsAreNotWritten leaves the file alone while clients only read, also inside of a cluster, and writes it when one has changed something there.
func TestReadsAreNotWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	p := start(t, nil, "--state", file, "--speed", "2000x")
	client := p.client(t)
	id := createCluster(t, client, "test")
	_, err := client.WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id}, roa.WaitDelay(time.Millisecond, time.Millisecond))
	require.NoError(t, err)
	inside := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	config, err := inside.Config(t.Context())
	require.NoError(t, err)
	t.Cleanup(inside.HTTPClient().CloseIdleConnections)
	send := func(method, path, body string) {
		req, err := http.NewRequestWithContext(t.Context(), method, config.BaseURL()+path, strings.NewReader(body))
		require.NoError(t, err)
		resp, err := inside.HTTPClient().Do(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Less(t, resp.StatusCode, http.StatusMultipleChoices)
	}
	made := rand.Text()
	send(http.MethodPost, "/api/v1/namespaces/default/configmaps", `{"metadata":{"name":"test"},"data":{"made":"`+made+`"}}`)
	var before []byte
	for !bytes.Contains(before, []byte(made)) { // what was done in the cluster is written
		before, err = os.ReadFile(file)
		require.NoError(t, err)
	}
	// Some of what came before may be written still, so that one of some periods has to be quiet.
	quiet := false
	for n := 0; n < 10 && !quiet; n++ {
		info, err := os.Stat(file)
		require.NoError(t, err)
		for begin := time.Now(); time.Since(begin) < 3*moment; {
			_, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id})
			require.NoError(t, err)
			_, err = client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
			require.NoError(t, err)
			send(http.MethodGet, "/api/v1/nodes", "")
		}
		after, err := os.Stat(file)
		require.NoError(t, err)
		quiet = os.SameFile(info, after) // one that is written is another one
	}
	assert.True(t, quiet, "the file is written after reads")
	assert.Zero(t, p.end(t, os.Interrupt))
}

// TestPortInUse ends the program before it touches the state.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { assert.NoError(t, listener.Close()) }()
	file := filepath.Join(t.TempDir(), "state.json")
	cmd := command(t, nil, "--listen", listener.Addr().String(), "--state", file)
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	assert.Equal(t, cli.Usage, cmd.ProcessState.ExitCode())
	assert.Contains(t, string(out), "address already in use")
	assert.NoFileExists(t, file)
}

// TestKilledProgram starts again from the file of a program that was killed while clients were changing its state. What was in the file is not lost.
func TestKilledProgram(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	kept := ""
	for range 4 {
		p := start(t, nil, "--state", file)
		client := p.client(t, roa.WithoutRetry())
		if kept != "" {
			_, err := client.DescribeTemplateAttribute(t.Context(), &ack.DescribeTemplateAttributeRequest{TemplateID: kept})
			require.NoError(t, err)
		}
		kept = createUntilKept(t, client, file)
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				if _, err := createTemplate(t, client); err != nil {
					return
				}
			}
		}()
		assert.Equal(t, -1, p.end(t, os.Kill))
		<-done
	}
}

func createTemplate(t *testing.T, client *ack.Client) (id string, err error) {
	t.Helper()
	out, err := client.CreateTemplate(t.Context(), &ack.CreateTemplateRequest{Name: rand.Text(), Template: "a: b"})
	if err != nil {
		return "", err
	}
	return out.TemplateID, nil
}

// createUntilKept creates templates until the first of them is in the file, and returns that.
func createUntilKept(t *testing.T, client *ack.Client, file string) string {
	t.Helper()
	first := ""
	for {
		id, err := createTemplate(t, client)
		require.NoError(t, err)
		first = cmp.Or(first, id)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if bytes.Contains(text, []byte(first)) {
			return first
		}
	}
}

// asWriter makes the program of the tests write a state for ever.
const asWriter = "write-state-forever"

// A counter is a source whose state is always another one, of 128 KiB. It tells each time that it hands one out to be written.
type counter struct {
	n     int
	taken io.Writer
}

const stateSize = 1 << 17

func (*counter) Changed() <-chan struct{} { return nil }

func (c *counter) Snapshot() ([]byte, error) {
	c.n++
	state := fmt.Appendf(nil, `{"n":%d,"text":%q,"end":%d}`, c.n, strings.Repeat(strconv.Itoa(c.n%10), stateSize), c.n)
	_, err := c.taken.Write([]byte{'.'})
	return state, err
}

// writeForever keeps states in a file, and writes a byte to w when it begins to write one. It returns when it cannot.
func writeForever(path string, w io.Writer) error {
	k := &keeper{server: &counter{taken: w}, path: path}
	for {
		if err := k.save(); err != nil {
			return err
		}
	}
}

// TestKilledWriter kills a program a hundred times while it does nothing but write its state, and more often if no kill has come in the middle of
// a writing by then. The file is whole each time.
func TestKilledWriter(t *testing.T) {
	t.Parallel()
	const kills, mostKills = 100, 2000
	file := filepath.Join(t.TempDir(), "state.json")
	cut := 0
	for n := 0; n < kills || cut == 0 && n < mostKills; n++ {
		killWriter(t, file)
		cut += leftovers(t, file)
		require.NoError(t, privatefile.RemoveLeftovers(file))
		require.Zero(t, leftovers(t, file), "what was cut off is removed")
	}
	t.Logf("%d of the kills came in the middle of a writing", cut)
	assert.Positive(t, cut, "no kill came in the middle of a writing: the test shows nothing")
}

// killWriter starts a program that writes states, kills it at the third to sixth, and looks at the file.
func killWriter(t *testing.T, file string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, asWriter, file) //nolint:gosec // it is this program
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = io.CopyN(io.Discard, bufio.NewReaderSize(stdout, 1), 3+mathrand.Int64N(4)) //nolint:gosec // any number will do
	require.NoError(t, err)
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())

	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var state struct {
		N, End int
		Text   string
	}
	require.NoError(t, json.Unmarshal(text, &state))
	require.Equal(t, state.N, state.End)
	require.Len(t, state.Text, stateSize)
}

// leftovers returns how many other files there are beside a file.
func leftovers(t *testing.T, file string) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	return len(entries) - 1
}

// A changing is a source that a test changes.
type changing struct {
	mu      sync.Mutex
	changed chan struct{}
	taken   int
	err     error
}

func (c *changing) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

func (c *changing) Snapshot() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken++
	return fmt.Append(nil, c.taken), c.err
}

// change makes another state, which can be had unless there is an error.
func (c *changing) change(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.err = err
	close(c.changed)
	c.changed = make(chan struct{})
}

// TestKeeper writes changes together that come in a group, and tries again after a failure.
func TestKeeper(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	synctest.Test(t, func(t *testing.T) {
		var log buffer
		c := &changing{changed: make(chan struct{})}
		k, err := keep(c, file, slog.New(slog.NewTextHandler(&log, nil)))
		require.NoError(t, err)
		kept := func() string {
			synctest.Wait()
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			return string(text)
		}
		assert.Equal(t, "1", kept())
		for range 3 {
			c.change(nil)
			synctest.Wait()
		}
		assert.Equal(t, "1", kept(), "it waits for more changes")
		pass(t, moment)
		assert.Equal(t, "2", kept())
		pass(t, time.Hour)
		assert.Equal(t, "2", kept(), "nothing has changed")

		c.change(errors.New("no room"))
		pass(t, moment)
		assert.Equal(t, "2", kept())
		assert.Contains(t, log.String(), "no room")
		c.change(nil)
		pass(t, moment)
		assert.Equal(t, "4", kept())
		require.NoError(t, k.close())
		assert.Equal(t, "5", kept())
	})
}

// pass lets the time of a bubble pass.
func pass(t *testing.T, d time.Duration) {
	t.Helper()
	synctest.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	<-ctx.Done()
	synctest.Wait()
}

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
	"github.com/ackgen/ackgen/sdk/roa"
)

// binary is the file of the program, which TestMain builds as users do.
var binary string

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asWriter {
		fmt.Fprintln(os.Stderr, writeForever(os.Args[2], os.Stdout))
		os.Exit(1) //nolint:forbidigo // the main of the tests
	}
	os.Exit(buildAndRun(m)) //nolint:forbidigo // the main of the tests
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "ackfake-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "ackfake")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := exec.Command("go", "build", "-o", binary, ".") //nolint:gosec,noctx // there is no test yet whose context could end
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build ackfake:", err)
		return 1
	}
	return m.Run()
}

// A program is a running ackfake.
type program struct {
	greeting

	cmd    *exec.Cmd
	out    *buffer // standard output, whole once the program has ended
	log    *buffer
	exited chan error
}

// A buffer is written by a program while a test reads it.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// command returns the program with arguments and variables of the environment, such as X=y.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, args...) //nolint:gosec // TestMain has built it
	cmd.Env = append([]string{"PATH=" + t.TempDir()}, env...)
	return cmd
}

// start starts the program on a free port and waits until it serves.
func start(t *testing.T, env []string, args ...string) *program {
	t.Helper()
	p := &program{cmd: command(t, env, append([]string{"--listen", "127.0.0.1:0", "-o", "json"}, args...)...), out: new(buffer), log: new(buffer), exited: make(chan error, 1)}
	p.cmd.Stderr = p.log
	stdout, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	kept := io.TeeReader(stdout, p.out)
	err = json.NewDecoder(kept).Decode(&p.greeting)
	go func() {
		_, _ = io.Copy(io.Discard, kept) // Wait closes it
		p.exited <- p.cmd.Wait()
	}()
	require.NoError(t, err, "%s", p.log)
	t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // most have ended
	return p
}

// end sends a signal and returns the exit code.
func (p *program) end(t *testing.T, signal os.Signal) int {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(signal))
	err := <-p.exited
	t.Logf("the program has ended: %v", err)
	return p.cmd.ProcessState.ExitCode()
}

// client returns a client of the program, by default with the AccessKey that it has printed.
func (p *program) client(t *testing.T, opts ...roa.Option) *ack.Client {
	t.Helper()
	client, err := ack.New(append([]roa.Option{
		roa.WithEndpoint(p.URL), roa.WithPlainHTTP(), roa.WithRegion(p.Region), roa.WithCredentials(roa.StaticCredentials(p.AccessKeyID, p.AccessKeySecret, "")),
	}, opts...)...)
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// get sends a request without a signature and returns status and body.
func (p *program) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+path, http.NoBody)
	require.NoError(t, err)
	req.Close = true
	resp, err := new(http.Client).Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }() // it was read
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(text)
}

func createCluster(t *testing.T, client *ack.Client, name string) string {
	t.Helper()
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: name, RegionID: region})
	require.NoError(t, err)
	return out.ClusterID
}

// TestServe is what most users do: start it, look, call it, and stop it with Ctrl-C.
func TestServe(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--log-format", "json")
	assert.Equal(t, "ackfake", p.AccessKeyID)
	assert.Len(t, p.AccessKeySecret, 26)

	status, body := p.get(t, "/healthz")
	assert.Equal(t, "200 {\"status\":\"ok\"}\n", fmt.Sprint(status, " ", body))

	status, body = p.get(t, "/regions/cn-hangzhou/clusters?sesame=open")
	assert.Equal(t, http.StatusBadRequest, status)
	var refused struct{ Code, Message, RequestID string }
	require.NoError(t, json.Unmarshal([]byte(body), &refused))
	assert.Equal(t, "MissingAccessKeyId", refused.Code)
	assert.NotEmpty(t, refused.Message)
	assert.Regexp(t, `^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`, refused.RequestID)

	for i, signature := range []roa.Signature{roa.ACS3HMACSHA256, roa.ROAHMACSHA1} {
		client := p.client(t, roa.WithSignature(signature))
		id := createCluster(t, client, fmt.Sprint("test-", i))
		cluster, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id})
		require.NoError(t, err)
		assert.Equal(t, ack.ClusterStateInitial, cluster.State)
	}
	_, err := p.client(t, roa.WithCredentials(roa.StaticCredentials("ackfake", "wrong", ""))).
		DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c"})
	require.ErrorContains(t, err, "SignatureDoesNotMatch")

	assert.Zero(t, p.end(t, os.Interrupt))
	checkLog(t, p, refused.RequestID)
}

// TestSample calls it as readers of the documentation do: with curl, and with the ids of the examples.
func TestSample(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--sample", "--unsigned")
	assert.True(t, p.Unsigned)
	status, body := p.get(t, "/clusters/"+sample.ClusterID+"/nodepools/"+sample.NodePoolID)
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, body, `"nodepool_id":"`+sample.NodePoolID+`"`)
	status, _ = p.get(t, "/clusters/another")
	assert.Equal(t, http.StatusNotFound, status)
}

// checkLog looks at the log of TestServe: every request is in it, and no secret.
func checkLog(t *testing.T, p *program, requestID string) {
	t.Helper()
	var operations []string
	lines := bufio.NewScanner(strings.NewReader(p.log.String()))
	for lines.Scan() {
		var r struct {
			Msg, Operation, Caller, Code string
			Status                       int
			RequestID                    string `json:"request_id"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r), lines.Text())
		operations = append(operations, fmt.Sprintf("%s %s %d %s", r.Operation, r.Caller, r.Status, r.Code))
		assert.Equal(t, "request", r.Msg)
		assert.NotEmpty(t, r.RequestID)
	}
	assert.Equal(t, []string{
		"DescribeClustersForRegion  400 MissingAccessKeyId",
		"CreateCluster ackfake 200 ", "DescribeClusterDetail ackfake 200 ", "CreateCluster ackfake 200 ", "DescribeClusterDetail ackfake 200 ",
		"DescribeClusterDetail  400 SignatureDoesNotMatch",
	}, operations)
	assert.Contains(t, p.log.String(), requestID)
	for _, secret := range []string{p.AccessKeySecret, "sesame", "Signature="} {
		assert.False(t, strings.Contains(p.log.String(), secret), "the log holds a secret")
	}
}

// TestSecret takes the secret from a file or from the environment, and does not print it.
func TestSecret(t *testing.T) {
	t.Parallel()
	const secret = "open-sesame"
	file := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(file, []byte(secret+"\n"), 0o600))
	for name, p := range map[string]*program{
		"file":        start(t, []string{secretVariable + "=other"}, "--access-key-id", "mine", "--access-key-secret-file", file),
		"environment": start(t, []string{secretVariable + "=" + secret}, "--access-key-id", "mine"),
	} {
		assert.Equal(t, "mine", p.AccessKeyID, name)
		assert.Empty(t, p.AccessKeySecret, name)
		createCluster(t, p.client(t, roa.WithCredentials(roa.StaticCredentials("mine", secret, ""))), "test")
		assert.Zero(t, p.end(t, os.Interrupt), name)
		assert.False(t, strings.Contains(p.log.String(), secret), name)
	}
}

// TestSpeedFaultsAndLatency is what the flags do that bend time and break things.
func TestSpeedFaultsAndLatency(t *testing.T) {
	t.Parallel()
	const latency = 30 * time.Millisecond
	p := start(t, nil, "--speed", "100000x", "--latency", latency.String(), "--fault", "DescribeClusterDetail:status=503,code=ServiceUnavailable,count=1",
		"--fault", "*:group=Tags,status=418,code=Teapot")
	client := p.client(t, roa.WithoutRetry())
	before := time.Now()
	id := createCluster(t, client, "test")
	assert.GreaterOrEqual(t, time.Since(before), latency)

	_, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id})
	require.ErrorContains(t, err, "ServiceUnavailable")
	_, err = client.WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id}, roa.WaitDelay(latency, latency))
	require.NoError(t, err)
	_, err = client.ListTagResources(t.Context(), &ack.ListTagResourcesRequest{ResourceType: "CLUSTER", RegionID: region, ResourceIDs: []string{id}})
	require.ErrorContains(t, err, "Teapot")
}

// TestOtherAPI serves the examples of another spec.
func TestOtherAPI(t *testing.T) {
	t.Parallel()
	p := start(t, nil, "--spec", "../../sdk/acktest/internal/gateway/testdata/small.yaml")
	out, err := p.client(t).Call(t.Context(), roa.RawRequest{Operation: "DescribeStatus", Method: http.MethodGet, Path: "/things/status"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"a": "running"}`, string(out.Body))
}

package kube_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start is the time at which the clusters of tests begin.
var start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// clock is a clock that stands still.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// nodePool is a source whose nodes a test sets. It holds its lock while it says
// that nodes have changed, as the fake does.
type nodePool struct {
	mu      sync.Mutex
	version string
	nodes   []kube.Node
	changed func()
}

func (p *nodePool) Version() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.version
}

func (p *nodePool) Nodes() []kube.Node {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]kube.Node(nil), p.nodes...)
}

func (p *nodePool) set(nodes ...kube.Node) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.nodes = nodes
	p.changed()
}

// worker returns a node that is ready.
func worker(n int) kube.Node {
	number := strconv.Itoa(n)
	return kube.Node{
		Name: "cn-hangzhou.10.0.0." + number, UID: "uid-" + number, Created: start.Add(-time.Hour), Ready: true,
		Labels: map[string]string{"alibabacloud.com/nodepool-id": "np1"}, ProviderID: "cn-hangzhou.i-" + number, InternalIP: "10.0.0." + number,
		KubeletVersion: "1.34.1-aliyun.1", OSImage: "Alibaba Cloud Linux 3", KernelVersion: "5.10.134", ContainerRuntime: "containerd://1.6.39",
		Capacity: map[string]string{"cpu": "4", "memory": "8Gi", "pods": "64"},
	}
}

// cluster is a cluster that is served, and a client of it.
type cluster struct {
	t         testing.TB
	pool      *nodePool
	clock     *clock
	api       *kube.API
	authority *pki.Authority
	server    *kube.Server
	url       string
	client    *http.Client
}

func newCluster(t testing.TB, nodes ...kube.Node) *cluster {
	t.Helper()
	c := &cluster{t: t, clock: &clock{now: start}, pool: &nodePool{version: "1.34.1-aliyun.1", nodes: nodes}}
	c.api = kube.NewAPI(c.pool, c.clock.Now)
	c.pool.changed = c.api.NodesChanged
	var err error
	c.authority, err = pki.New()
	require.NoError(t, err)
	c.server = kube.NewServer(c.api, c.authority, "")
	t.Cleanup(func() { require.NoError(t, c.server.Close()) })
	c.url, err = c.server.URL()
	require.NoError(t, err)
	issued, err := c.authority.Issue(pki.User{Name: "admin", Groups: []string{"system:masters"}}, start, start.Add(time.Hour))
	require.NoError(t, err)
	c.client = c.clientOf(issued)
	return c
}

// in returns the cluster for a test below that of the cluster.
func (c *cluster) in(t *testing.T) *cluster {
	within := *c
	within.t = t
	return &within
}

// clientOf returns a client with a certificate.
func (c *cluster) clientOf(issued pki.Client) *http.Client {
	c.t.Helper()
	pair, err := tls.X509KeyPair(issued.Certificate, issued.Key)
	require.NoError(c.t, err)
	return c.clientWith(pair)
}

func (c *cluster) clientWith(pairs ...tls.Certificate) *http.Client {
	roots := x509.NewCertPool()
	require.True(c.t, roots.AppendCertsFromPEM(c.authority.CA()))
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: pairs, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
	}}
	c.t.Cleanup(client.CloseIdleConnections)
	return client
}

// send sends a request. The headers are pairs of names and values.
func (c *cluster) send(ctx context.Context, method, path, body string, headers ...string) *http.Response {
	c.t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	for pair := range slices.Chunk(headers, 2) {
		req.Header.Set(pair[0], pair[1])
	}
	resp, err := c.client.Do(req)
	require.NoError(c.t, err)
	return resp
}

// do sends a request and returns the object of the response.
func (c *cluster) do(code int, method, path, body string, headers ...string) object.Object {
	c.t.Helper()
	resp := c.send(c.t.Context(), method, path, body, headers...)
	defer resp.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	require.Equal(c.t, code, resp.StatusCode, "%s", text)
	o, err := object.Decode(text)
	require.NoError(c.t, err)
	return o
}

func (c *cluster) get(path string, headers ...string) object.Object {
	c.t.Helper()
	return c.do(http.StatusOK, http.MethodGet, path, "", headers...)
}

func (c *cluster) post(path, body string) object.Object {
	c.t.Helper()
	return c.do(http.StatusCreated, http.MethodPost, path, body, "Content-Type", "application/json")
}

// names returns the names of the objects in a list.
func names(list object.Object) []string {
	all := []string{}
	for _, item := range object.Maps(list, "items") {
		all = append(all, object.String(item, "metadata", "name"))
	}
	return all
}

// watch is a watch that a test reads.
type watch struct {
	t       testing.TB
	decoder *json.Decoder
	body    io.Closer
}

func (c *cluster) watch(path string, headers ...string) *watch {
	c.t.Helper()
	resp := c.send(c.t.Context(), http.MethodGet, path, "", headers...)
	c.t.Cleanup(func() { require.NoError(c.t, resp.Body.Close()) })
	require.Equal(c.t, http.StatusOK, resp.StatusCode)
	decoder := json.NewDecoder(resp.Body)
	decoder.UseNumber()
	return &watch{t: c.t, decoder: decoder, body: resp.Body}
}

// next returns the type and the object of the next event.
func (w *watch) next() (string, object.Object) {
	w.t.Helper()
	var event object.Object
	require.NoError(w.t, w.decoder.Decode(&event))
	return object.String(event, "type"), object.Map(event, "object")
}

// expect demands events of these types and names, such as "ADDED web".
func (w *watch) expect(events ...string) {
	w.t.Helper()
	for _, want := range events {
		kind, o := w.next()
		require.Equal(w.t, want, strings.TrimSpace(kind+" "+object.String(o, "metadata", "name")))
	}
}

const (
	allPods = "/api/v1/pods"
	podPath = "/api/v1/namespaces/default/pods"
	appPath = "/apis/apps/v1/namespaces/default/deployments"
	webPod  = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"containers":[{"name":"nginx","image":"nginx:alpine"}]}}`
	app     = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"app"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"app"}},
		"template":{"metadata":{"labels":{"app":"app"}},"spec":{"containers":[{"name":"nginx","image":"nginx:alpine","resources":{"requests":{"cpu":"1500m"}}}]}}}}`
)

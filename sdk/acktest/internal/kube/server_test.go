package kube_test

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestServerLetsInThoseWithACertificateOfTheCluster(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	other, err := pki.New()
	require.NoError(t, err)
	issue := func(authority *pki.Authority, notAfter time.Time) tls.Certificate {
		issued, err := authority.Issue(pki.User{Name: "dev"}, start, notAfter)
		require.NoError(t, err)
		pair, err := tls.X509KeyPair(issued.Certificate, issued.Key)
		require.NoError(t, err)
		return pair
	}
	server, err := c.authority.Server(nil, nil)
	require.NoError(t, err)
	tests := []struct {
		name  string
		pairs []tls.Certificate
		want  int
	}{
		{"none", nil, http.StatusUnauthorized},
		{"valid", []tls.Certificate{issue(c.authority, start.Add(time.Hour))}, http.StatusOK},
		{"expired", []tls.Certificate{issue(c.authority, start.Add(-time.Second))}, http.StatusUnauthorized},
		{"other cluster", []tls.Certificate{issue(other, start.Add(time.Hour))}, http.StatusUnauthorized},
		{"server", []tls.Certificate{server}, http.StatusUnauthorized},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := c.clientWith(tt.pairs...)
			defer client.CloseIdleConnections()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+"/version", http.NoBody)
			require.NoError(t, err)
			resp, err := client.Do(req)
			require.NoError(t, err)
			defer resp.Body.Close() //nolint:errcheck // it was read
			text, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.Equal(t, tt.want, resp.StatusCode)
			o, err := object.Decode(text)
			require.NoError(t, err)
			if tt.want == http.StatusUnauthorized {
				assert.Equal(t, "Status Unauthorized", object.String(o, "kind")+" "+object.String(o, "reason"))
			} else {
				assert.Equal(t, "v1.34.1-aliyun.1", object.String(o, "gitVersion"))
			}
		})
	}
}

func TestServerFollowsRevocationAndTheClockOfTheFake(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	issued, err := c.authority.Issue(pki.User{Name: "dev"}, start, start.Add(time.Minute))
	require.NoError(t, err)
	admin := c.client
	c.client = c.clientOf(issued)
	c.get("/api/v1/nodes")
	c.authority.Revoke(issued.Serial)
	c.do(http.StatusUnauthorized, http.MethodGet, "/api/v1/nodes", "") // on the same connection
	again, err := c.authority.Issue(pki.User{Name: "dev"}, start, start.Add(time.Minute))
	require.NoError(t, err)
	c.client = c.clientOf(again)
	c.get("/api/v1/nodes")
	c.clock.Advance(time.Hour - time.Second)
	c.do(http.StatusUnauthorized, http.MethodGet, "/api/v1/nodes", "")
	c.client = admin
	c.get("/api/v1/nodes")
	c.authority.RevokeUser("admin")
	c.do(http.StatusUnauthorized, http.MethodGet, "/api/v1/nodes", "")
}

func TestKubeconfigWorks(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	end := start.Add(time.Hour)
	issued, err := c.authority.Issue(pki.User{Name: "dev"}, start, end)
	require.NoError(t, err)
	config, err := kubeconfig.Parse(roa.Secret(kube.Kubeconfig(c.url, "2000", "2000-c1", c.authority, issued)))
	require.NoError(t, err)
	assert.Equal(t, c.url, config.BaseURL())
	assert.Equal(t, end, config.Expires())
	c.client = config.HTTPClient()
	defer c.client.CloseIdleConnections()
	assert.Equal(t, []string{"cn-hangzhou.10.0.0.1"}, names(c.get("/api/v1/nodes")))
}

func TestServerListensWhenItIsAskedTo(t *testing.T) {
	t.Parallel()
	authority, err := pki.New()
	require.NoError(t, err)
	api := kube.NewAPI(&nodePool{}, time.Now)
	idle := kube.NewServer(api, authority, "")
	require.Empty(t, idle.Address())
	require.NoError(t, idle.Close())
	_, err = idle.URL()
	require.ErrorContains(t, err, "the cluster is gone")

	c := newCluster(t)
	url, err := c.server.URL()
	require.NoError(t, err)
	assert.Equal(t, c.url, url)
	taken := kube.NewServer(kube.NewAPI(c.pool, time.Now), authority, c.server.Address())
	elsewhere, err := taken.URL()
	require.NoError(t, err)
	assert.NotEqual(t, c.url, elsewhere)
	address := taken.Address()
	require.NoError(t, taken.Close())
	again := kube.NewServer(kube.NewAPI(c.pool, time.Now), authority, address)
	url, err = again.URL()
	require.NoError(t, err)
	require.NoError(t, again.Close())
	assert.Equal(t, "https://"+address, url, "a port that is free again is taken again")
}

func TestCloseEndsWatchesAndConnections(t *testing.T) {
	t.Parallel()
	c := newCluster(t, worker(1))
	w := c.watch("/api/v1/nodes?watch=1")
	w.expect("ADDED cn-hangzhou.10.0.0.1")
	require.NoError(t, c.server.Close())
	require.NoError(t, c.server.Close(), "twice does no harm")
	require.Error(t, w.decoder.Decode(&object.Object{}))
	_, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", c.server.Address())
	require.Error(t, err)
}

func TestClosedAPIRefuses(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	c.api.Close()
	assert.Equal(t, "ServiceUnavailable", object.String(c.do(http.StatusServiceUnavailable, http.MethodGet, "/api/v1/nodes", ""), "reason"))
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	var asked []string
	c.api.Allowed = func(user, verb, resource, namespace string) bool {
		asked = append(asked, user+" "+verb+" "+resource+" "+namespace)
		return verb != "create"
	}
	c.get("/api/v1/nodes")
	c.get(podPath)
	c.get(allPods)
	c.get("/api/v1/namespaces/default")
	status := c.do(http.StatusForbidden, http.MethodPost, podPath, webPod)
	assert.Equal(t, `pods is forbidden: User "admin" cannot create resource "pods" in API group "" in the namespace "default"`, object.String(status, "message"))
	c.do(http.StatusForbidden, http.MethodPost, podPath+"/web/eviction", "{}")
	assert.Equal(t, []string{
		"admin list nodes ", "admin list pods default", "admin list pods ", "admin get namespaces default", "admin create pods default", "admin create pods/eviction default",
	}, asked)
}

// TestServerContinues with another API, on the connections that there are, for the cluster that it was made for.
func TestServerContinues(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	other, err := pki.New()
	require.NoError(t, err)
	idle := kube.NewServer(c.api, c.authority, c.server.Address())
	assert.False(t, idle.Continue(c.api, c.authority, c.server.Address()), "it does not listen yet")
	c.post(podPath, webPod)
	next := kube.NewAPI(c.pool, (&clock{now: start}).Now)
	assert.False(t, c.server.Continue(next, other, c.server.Address()))
	assert.False(t, c.server.Continue(next, c.authority, "127.0.0.1:1"))
	c.do(http.StatusOK, http.MethodGet, podPath+"/web", "")
	reused := false
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { reused = i.Reused }})
	require.True(t, c.server.Continue(next, c.authority, c.server.Address()))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+podPath+"/web", http.NoBody)
	require.NoError(t, err)
	resp, err := c.client.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusNotFound, resp.StatusCode)
	assert.True(t, reused, "the connection goes on")
	w := httptest.NewRecorder()
	c.api.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, podPath, http.NoBody))
	assert.Equal(t, http.StatusServiceUnavailable, w.Code, "the API from before has ended")
	require.NoError(t, c.server.Close())
	assert.False(t, c.server.Continue(next, c.authority, c.server.Address()))
}
